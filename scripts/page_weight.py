"""What the workspace weighs on the wire, and when it can be used on a slow line.

.venv/bin/python scripts/page_weight.py http://127.0.0.1:8000 student <password>

Prints the bytes that were received, compressed and with their headers, until the terminal could be
used and until the editor was there; and times on a line as slow as `LINE`, with an empty cache.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import CDPSession, Page, sync_playwright

KIB = 1024
LINE = {  # a good mobile connection: 1.6 Mbit/s down, 0.75 up, 150 ms there and back
    "offline": False,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
    "latency": 150,
}
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
SECONDS = 120

# Milestones, by a selector that matches from then on.
EDITORS = {"desktop": ".view-line", "phone": ".cm-line"}
TERMINAL = '[data-testid="connection"][data-state="connected"]'


@dataclass
class Wire:
    """What a page has received so far."""

    client: CDPSession
    received: int = 0
    by_address: dict[str, int] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)

    def watch(self) -> None:
        self.client.on("Network.requestWillBeSent", self._asked)
        self.client.on("Network.loadingFinished", self._finished)
        self.client.send("Network.enable")

    def _asked(self, event: dict[str, object]) -> None:
        request = event["request"]
        assert isinstance(request, dict)
        self._addresses[str(event["requestId"])] = str(request["url"])

    def _finished(self, event: dict[str, object]) -> None:
        size = event["encodedDataLength"]
        assert isinstance(size, int | float)
        address = self._addresses.get(str(event["requestId"]), "?")
        self.received += int(size)
        self.by_address[address.rsplit("/", 1)[-1] or "/"] = int(size)


def sign_in(page: Page, url: str, username: str, password: str, editor: str) -> None:
    """Until nothing is on its way any more that would be counted later."""
    page.goto(url)
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_selector(editor, timeout=SECONDS * 1000)
    page.wait_for_load_state("networkidle")


def measure(page: Page, url: str, editor: str, say: Callable[[str], None]) -> None:
    client = page.context.new_cdp_session(page)
    wire = Wire(client)
    wire.watch()
    client.send("Network.clearBrowserCache")
    client.send("Network.emulateNetworkConditions", LINE)
    begun = time.monotonic()
    page.goto(url, wait_until="commit")
    for name, selector in (("terminal usable", TERMINAL), ("editor ready", editor)):
        page.wait_for_selector(selector, timeout=SECONDS * 1000)
        seconds = time.monotonic() - begun
        say(f"  {name:<16} {wire.received / KIB:7.0f} KiB  {seconds:6.1f} s")
    say(f"  first contentful paint {page.evaluate(PAINT) / 1000:12.1f} s")
    largest = sorted(wire.by_address.items(), key=lambda entry: -entry[1])[:8]
    for address, size in largest:
        say(f"    {size / KIB:7.0f} KiB  {address[:60]}")


def main(url: str, username: str, password: str) -> int:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS)
        for device, editor in EDITORS.items():
            phone = device == "phone"
            size = (390, 844) if phone else (1440, 900)
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]}, has_touch=phone, is_mobile=phone
            )
            page = context.new_page()
            sign_in(page, url, username, password, editor)
            print(device)
            measure(page, url, editor, print)
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
