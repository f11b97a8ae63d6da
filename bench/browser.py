"""The workspace in Chromium, as a student uses it; measured by `page_probe.js`, in milliseconds."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.cast import SignedIn

PROBE = Path(__file__).with_name("page_probe.js")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZE = ViewportSize(width=1440, height=900)
SECONDS = 60

# Each press shows another text, so that it cannot be taken for that of the press before.
HELLO = "import time\nprint(f'MARK{time.time_ns()}')\n"
ASK = "input('MARK0')\n"
LINES = 50_000
FLOOD = f"for _ in range({LINES}):\n    print('x' * 99)\n"
FLOOD_BYTES = LINES * 101  # the terminal makes \r\n of \n
LONG_TASK_MS = 50

PRESS_SECONDS = 0.08  # that a button or key is down
UNHURRIED_SECONDS = 0.6  # between presses of Run
KEY_SECONDS = 0.12
REST_SECONDS = 1.0  # after loading
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Press:
    """Milliseconds after the event of one press of Run or of a key."""

    sent: float
    message: float  # the first message of the server
    output: float  # the first output is received
    drawn: float
    done: float  # the frame is complete

    @classmethod
    def of(cls, times: dict[str, float]) -> Self:
        names = ("sent", "message", "output", "drawn", "done")
        # Echoes come without another message.
        return cls(*(times.get(name, times["output"]) - times["event"] for name in names))


@dataclass(frozen=True)
class Flood:
    took: float
    worst_frame: float
    long_tasks: list[float]


@dataclass(frozen=True)
class Load:
    """Milliseconds after the start of the navigation."""

    first_paint: float
    run_enabled: float
    connected: float
    editor: float
    longest_task: float


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS)
        yield browser
        browser.close()


def new_context(browser: Browser, url: str, user: SignedIn) -> BrowserContext:
    """With empty caches, and signed in."""
    context = browser.new_context(viewport=SIZE)
    context.set_default_timeout(SECONDS * 1000)
    context.add_cookies(user.in_browser(url))
    context.add_init_script(path=PROBE)
    return context


def load(page: Page, url: str) -> Load:
    """Opens the workspace, until everything is there."""
    page.goto(url)
    expect(page.locator(".view-line").first).to_be_visible(timeout=SECONDS * 1000)
    page.wait_for_load_state("networkidle")
    found = page.evaluate("() => window.pageProbe.loaded()")
    return Load(
        first_paint=found["paint"],
        run_enabled=found["run"],
        connected=found["connected"],
        editor=found["editor"],
        longest_task=max(found["tasks"], default=0.0),
    )


class Student:
    """One who has the workspace open."""

    def __init__(self, browser: Browser, url: str, user: SignedIn) -> None:
        self._url, self._user, self._browser = url, user, browser
        self._context = new_context(browser, url, user)
        self._page = self._context.new_page()
        self._chance = random.Random(1)
        load(self._page, url)
        time.sleep(REST_SECONDS)
        self._written = ""

    def press_run(self) -> Press:
        """Click to first output drawn."""
        self._write(HELLO)
        self._pause(UNHURRIED_SECONDS)
        self._page.evaluate(r"() => window.pageProbe.watch('MARK(\\d+)')")
        self._click_run()
        times = self._shown()
        self._wait_for_end()
        return Press.of(times)

    def type(self, keys: int) -> list[Press]:
        """Key to echo painted, for each of so many keys."""
        self._write(ASK)
        self._page.get_by_test_id("run").click()
        self._wait_for_text("MARK0")
        presses = [self._press_key(ALPHABET[number % len(ALPHABET)]) for number in range(keys)]
        self._page.keyboard.press("Enter")
        self._wait_for_end()
        return presses

    def flood(self) -> Flood:
        """5 MB: from the click until the end is drawn."""
        self._write(FLOOD)
        self._pause(UNHURRIED_SECONDS)
        self._page.evaluate("bytes => window.pageProbe.watchFlood(bytes)", FLOOD_BYTES)
        self._click_run()
        found = self._shown()
        self._wait_for_end()
        return Flood(found["took"], found["worst"], found["tasks"])

    def loads(self) -> tuple[Load, Load]:
        """In a browser with empty caches; and later in the same one, when also code is cached."""
        context = new_context(self._browser, self._url, self._user)
        page = context.new_page()
        cold = load(page, self._url)
        load(page, self._url)
        warm = load(page, self._url)
        context.close()
        return cold, warm

    def renderer(self) -> str:
        rows = self._page.locator(".xterm-rows").count()
        return "DOM" if rows else "WebGL"

    def close(self) -> None:
        self._context.close()

    def _write(self, source: str) -> None:
        """Until it is saved: what is measured is not the saving."""
        if source == self._written:
            return
        self._page.evaluate("text => window.coderunner.setText(text)", source)
        saved = self._page.get_by_test_id("save")
        expect(saved).not_to_have_attribute("data-state", "saved")
        expect(saved).to_have_attribute("data-state", "saved", timeout=SECONDS * 1000)
        self._written = source

    def _click_run(self) -> None:
        box = self._page.get_by_test_id("run").bounding_box()
        assert box
        self._page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        time.sleep(PRESS_SECONDS * 2)  # the colour of what is below the mouse changes
        self._page.mouse.down()
        time.sleep(PRESS_SECONDS)
        self._page.mouse.up()

    def _press_key(self, key: str) -> Press:
        self._pause(KEY_SECONDS)
        self._page.evaluate(r"() => window.pageProbe.watch('MARK0([^]*)')")
        self._page.keyboard.down(key)
        times = self._shown()
        self._page.keyboard.up(key)
        return Press.of(times)

    def _shown(self) -> Any:
        # A question to the page would be answered by the thread that is measured.
        self._pause(KEY_SECONDS)
        return self._page.evaluate("() => window.pageProbe.shown()")

    def _wait_for_end(self) -> None:
        state = self._page.get_by_test_id("run-state")
        expect(state).to_have_attribute("data-state", "finished", timeout=SECONDS * 1000)

    def _wait_for_text(self, text: str) -> None:
        expect_shown = f"() => window.coderunner.terminalText().includes({text!r})"
        last = time.monotonic() + SECONDS
        while not self._page.evaluate(expect_shown):
            assert time.monotonic() < last, f"no {text} in {SECONDS} s"
            time.sleep(KEY_SECONDS)

    def _pause(self, seconds: float) -> None:
        """Of a length that does not keep step with frames or a blinking cursor."""
        time.sleep(seconds * self._chance.uniform(1.0, 1.2))
