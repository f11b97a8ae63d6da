"""Real touch events, and the devices that have them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page

STEP_MS = 16  # a touch screen reports about 60 times in a second

ANDROID = "Mozilla/5.0 (Linux; Android 14; {}) AppleWebKit/537.36 Chrome/140.0.0.0 {}Safari/537.36"
APPLE = "Mozilla/5.0 ({}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 {}Safari/605.1.15"


def _device(width: int, height: int, ratio: float, agent: str, **says: object) -> dict[str, Any]:
    """`says`: what scripts are told in place of what the browser says itself."""
    screen = {"viewport": {"width": width, "height": height}, "device_scale_factor": ratio}
    return {**screen, "user_agent": agent, "has_touch": True, "is_mobile": True, "says": says}


DEVICES = {
    "Pixel 7": _device(412, 839, 2.625, ANDROID.format("Pixel 7", "Mobile ")),
    "iPhone 14": _device(
        390, 664, 3, APPLE.format("iPhone; CPU iPhone OS 18_0 like Mac OS X", "Mobile/15E148 "),
        platform="iPhone",
    ),
    "iPad Pro 11": _device(
        834, 1194, 2, APPLE.format("Macintosh; Intel Mac OS X 10_15_7", ""), platform="MacIntel",
        touchPoints=5,
    ),
    "Galaxy S9+": _device(
        320, 658, 4.5, ANDROID.format("SM-G965F", "Mobile "), **{"hover:hover": True,
        "hover:none": False},
    ),
}  # fmt: skip
SAY = """says => {
    const { platform, touchPoints } = says;
    const answer = (name, value) => {
        if (value === undefined) return;
        Object.defineProperty(Navigator.prototype, name, { get: () => value });
    };
    answer("platform", platform);
    answer("maxTouchPoints", touchPoints);
    const real = window.matchMedia.bind(window);
    window.matchMedia = (query) => {
        const list = real(query);
        const name = query.replace(/[()\\s]/g, "");
        if (name in says) Object.defineProperty(list, "matches", { get: () => says[name] });
        return list;
    };
}"""

FIND = """(terminal, text) => {
    const rows = document.createTreeWalker(
        terminal.querySelector(".xterm-rows"), NodeFilter.SHOW_TEXT
    );
    while (rows.nextNode()) {
        const at = rows.currentNode.data.indexOf(text);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(rows.currentNode, at);
        range.setEnd(rows.currentNode, at + text.length);
        const { left, top, width, height } = range.getBoundingClientRect();
        return [left + width / 2, top + height / 2];
    }
    return null;
}"""


@contextmanager
def device(browser: Browser, name: str, **more: Any) -> Iterator[BrowserContext]:
    """A context of one of DEVICES; `more` takes the place of its options."""
    options = {**DEVICES[name], **more}
    says = options.pop("says")
    context = browser.new_context(**options)
    context.set_default_timeout(15_000)
    if says:
        context.add_init_script(f"({SAY})({json.dumps(says)})")
    yield context
    context.close()


class Finger:
    def __init__(self, page: Page) -> None:
        self._page = page
        self._client = page.context.new_cdp_session(page)
        self._at = (0.0, 0.0)

    def down(self, x: float, y: float) -> None:
        self._at = (x, y)
        self._send("touchStart", [self._at])

    def move(self, dx: float, dy: float, steps: int = 10) -> None:
        x, y = self._at
        for step in range(1, steps + 1):
            self._at = (x + dx * step / steps, y + dy * step / steps)
            self._page.wait_for_timeout(STEP_MS)
            self._send("touchMove", [self._at])

    def rest(self, milliseconds: float) -> None:
        """Keeps still on the screen."""
        self._page.wait_for_timeout(milliseconds)

    def up(self) -> None:
        self._send("touchEnd", [])

    def swipe(self, x: float, y: float, dx: float, dy: float, steps: int = 10) -> None:
        self.down(x, y)
        self.move(dx, dy, steps)
        self.up()

    def tap(self, x: float, y: float) -> None:
        self.down(x, y)
        self.up()

    def two(self, x: float, y: float, dy: float) -> None:
        """Two fingers side by side."""
        other = x + 60
        self._send("touchStart", [(x, y), (other, y)])
        for step in range(1, 11):
            self._page.wait_for_timeout(STEP_MS)
            self._send("touchMove", [(x, y + dy * step / 10), (other, y + dy * step / 10)])
        self.up()

    def _send(self, kind: str, points: list[tuple[float, float]]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self._client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def box(widget: Locator) -> tuple[float, float, float, float]:
    """Left, top, width and height."""
    found = widget.bounding_box()
    assert found
    return found["x"], found["y"], found["width"], found["height"]


def place_of(terminal: Locator, text: str) -> tuple[float, float]:
    """The middle of a text that the terminal shows in one row and one colour."""
    found = terminal.evaluate(FIND, text)
    assert found, f"{text} is not there"
    return found[0], found[1]


def first_line(terminal: Locator) -> str:
    return str(terminal.locator(".xterm-rows > div").first.text_content()).strip()
