"""The most important things in the engines of Firefox and Safari."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cast import PASSWORD
from tests.e2e.engines.engine import Engine
from tests.e2e.engines.firefox import firefox
from tests.e2e.engines.webkit import webkit
from tests.product import WebServer

BROWSERS = {"firefox": firefox, "webkit": webkit}
SHOWN = "return window.coderunner.terminalText()"
TEXT = "return window.coderunner.getText()"
HAS = "return window.coderunner.terminalText().includes(args[0])"
STATE = "return document.querySelector('[data-testid=run-state]').dataset.state === args[0]"
CONNECTED = (
    "return document.querySelector('[data-testid=connection]')?.dataset.state === 'connected'"
)
WRITE = "window.coderunner.setText(args[0])"
SAVED = "return document.querySelector('[data-testid=save]').dataset.state === 'saved'"


class Page:
    def __init__(self, browser: Engine, url: str) -> None:
        self.browser, self.url = browser, url

    def sign_in(self, student: str) -> None:
        self.browser.go(f"{self.url}/accounts/login/")
        self.browser.fill("[name=login]", student)
        self.browser.fill("[name=password]", PASSWORD)
        self.browser.press("Enter")
        self.ready()

    def ready(self) -> None:
        self.browser.wait(CONNECTED)
        self.browser.shows(".view-line")

    def start(self, source: str) -> None:
        self.browser.run(WRITE, source)
        self.browser.click("[data-testid=run]")

    def says(self, text: str) -> None:
        try:
            self.browser.wait(HAS, text)
        except AssertionError as error:
            error.add_note(str(self.browser.run(SHOWN)))
            raise

    def ends(self) -> None:
        self.browser.wait(STATE, "finished")


@pytest.fixture(scope="module", params=BROWSERS)
def browser(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with BROWSERS[request.param]() as browser:
        yield browser


@pytest.fixture
def page(
    browser: Engine, site: WebServer, new_student: Callable[[], str],
    request: pytest.FixtureRequest, tmp_path: Path,
) -> Iterator[Page]:  # fmt: skip
    page = Page(browser, site.url)
    browser.go(f"{site.url}/accounts/login/")
    browser.run(LEAVE)
    page.sign_in(new_student())
    yield page
    browser.picture(tmp_path / f"{browser.name}-{request.node.name}.png")
    assert getattr(browser, "complaints", []) == []


LEAVE = """
localStorage.clear();
sessionStorage.clear();
const page = await (await fetch("/accounts/logout/")).text();
const form = new DOMParser().parseFromString(page, "text/html").querySelector("form");
const token = form?.querySelector("[name=csrfmiddlewaretoken]")?.value;
if (token) await fetch("/accounts/logout/", {
    method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: token }),
});
"""


def test_a_program_asks_and_answers(page: Page) -> None:
    page.start("name = input('Name? ')\nprint('Hello', name)")
    page.says("Name? ")
    page.browser.type("Ada\n")
    page.says("Hello Ada")
    page.ends()


def test_keys_that_programs_see(page: Page) -> None:
    page.start("while True:\n    try: print('got', input('> '))\n    except EOFError: break")
    page.says("> ")
    page.browser.type("abX")
    page.browser.press("Backspace")
    page.browser.type("c\n")
    page.says("got abc")
    page.browser.press("Control", "d")
    page.ends()


def test_an_interrupt(page: Page) -> None:
    page.start("import time\nprint('ready')\ntime.sleep(600)")
    page.says("ready")
    page.browser.press("Control", "c")
    page.says("KeyboardInterrupt")
    page.ends()


def test_a_flood(page: Page) -> None:
    page.start("for i in range(20_000): print(i)\nprint('all', 'counted')")
    page.says("all counted")
    page.ends()
    shown = page.browser.run(SHOWN).split()
    numbers = [int(word) for word in shown[: shown.index("all")]]
    assert numbers == list(range(numbers[0], 20_000))


def test_a_reload(page: Page) -> None:
    page.start("print('before')\nprint('got', input('> '))")
    page.says("> ")
    page.browser.wait(SAVED)
    page.browser.run("setTimeout(() => location.reload())")
    page.browser.wait("return performance.getEntriesByType('navigation')[0].type === 'reload'")
    page.ready()
    page.says("before\n>")
    page.browser.click("[data-testid=terminal]")
    page.browser.type("after\n")
    page.says("got after")
    page.ends()


def test_suggestions_of_the_editor(page: Page) -> None:
    page.browser.run(WRITE, "")
    page.browser.click("[data-testid=editor]")
    page.browser.type("prin")
    page.browser.press("Control", "Space")
    page.browser.shows(".suggest-widget.visible .monaco-list-row")
    page.browser.press("Enter")
    page.browser.wait("return window.coderunner.getText().startsWith('print')")


def test_the_editor_finds(page: Page) -> None:
    page.browser.run(WRITE, "one\ntwo\nthree\n")
    page.browser.click("[data-testid=editor]")
    page.browser.press("Control", "f")
    page.browser.shows(".find-widget.visible textarea, .find-widget.visible input")
    page.browser.type("two")
    page.browser.wait("return document.querySelector('.find-widget')?.textContent.includes('1')")
    page.browser.press("Escape")


def test_the_palette_and_the_settings(page: Page) -> None:
    page.browser.click("[data-command=palette]")
    page.browser.shows("#palette-list [role=option]")
    page.browser.press("Escape")
    page.browser.click("[data-command=settings]")
    page.browser.shows("dialog[open] select")
    page.browser.press("Escape")


def test_copy_and_paste_in_the_editor(page: Page) -> None:
    page.browser.run(WRITE, "print(1)\n")
    page.browser.click("[data-testid=editor]")
    page.browser.press("Control", "a")
    page.browser.press("Control", "c")
    page.browser.press("Control", "End")
    page.browser.press("Control", "v")
    page.browser.wait("return window.coderunner.getText().split('print(1)').length === 3")


def test_copy_from_the_terminal_and_paste_into_it(page: Page) -> None:
    page.start("print('wombat')\nwhile True: print('got', input('> '))")
    page.says("> ")
    page.browser.run(WRITE, "kiwi")
    page.browser.click("[data-testid=editor]")
    page.browser.press("Control", "a")
    page.browser.press("Control", "c")
    page.browser.click("[data-testid=terminal]")
    page.browser.press("Control", "Shift", "V")
    page.says("> kiwi")
    page.browser.press("Enter")
    page.says("got kiwi")
    page.browser.click("[data-testid=stop]")
    page.ends()


def test_a_shared_page(page: Page) -> None:
    page.browser.run(WRITE, "print('shared')\n")
    page.browser.wait(SAVED)
    page.browser.click("[data-testid=share]")
    page.browser.click("dialog[open] [type=checkbox]")
    link = page.browser.wait("return document.querySelector('dialog[open] input[readonly]')?.value")
    page.browser.go(link)
    page.browser.wait("return document.querySelector('main')?.textContent.includes('shared')")


def test_a_replay(page: Page) -> None:
    page.start("print('recorded')")
    page.ends()
    run = page.browser.run("return document.querySelector('[data-testid=run-state]').dataset.run")
    page.browser.go(f"{page.url}/runs/{run}/?replay")
    page.browser.shows("#replay .xterm")
    page.browser.wait("return document.querySelector('#replay').textContent.includes('recorded')")


def test_fields_to_choose_from_look_like_ours(page: Page) -> None:
    """WebKit draws its own over ours unless it is told not to."""
    page.browser.click("[data-command=settings]")
    page.browser.shows("dialog[open] select")
    looks = page.browser.run(
        """return [...document.querySelectorAll("select.select")]
            .filter((one) => one.getClientRects().length)
            .map((one) => getComputedStyle(one).appearance)"""
    )
    assert looks
    if page.browser.name == "webkit":
        assert set(looks) == {"none"}


def test_requests_take_the_place_of_websockets(page: Page) -> None:
    page.browser.run(
        """sessionStorage.setItem(`coderunner:${args[0]}:way`, "polls");
        setTimeout(() => location.reload());""",
        page.browser.run("return document.querySelector('.menu-name').textContent"),
    )
    page.browser.wait(
        "return document.querySelector('[data-testid=connection]')?.dataset.way === 'polls'"
    )
    page.ready()
    page.start("print('got', input('> '))")
    page.says("> ")
    page.browser.type("it\n")
    page.says("got it")
    page.ends()
