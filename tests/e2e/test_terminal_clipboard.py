"""Copying and pasting in the terminal, by the keys that people know from elsewhere."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from runner.protocol.messages import Outcome
from tests.e2e.conftest import LAN
from tests.e2e.keyboards.layouts import RUSSIAN, US
from tests.e2e.keyboards.strokes import CONTROL, META, ON_PLATFORM, Keyboard, Platform, Stroke
from tests.e2e.workspace import Workspace
from tests.product import WebServer

ECHO = 'while True: print("got", repr(input("> ")))'
CLIPBOARD = "async wanted => (await navigator.clipboard.readText()) === wanted"
# A browser, or a policy of a school, that lets no page copy.
REFUSE = """() => {
    document.execCommand = () => false;
    Object.defineProperty(navigator, "clipboard", { value: undefined });
}"""

Open = Callable[[Platform], Workspace]


@pytest.fixture
def echo(browser: Browser, site: WebServer, new_student: Callable[[], str]) -> Iterator[Open]:
    """A program that repeats what is typed; the clipboard holds "abc"."""
    contexts = []

    def open_it(platform: Platform) -> Workspace:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.add_init_script(ON_PLATFORM.format(platform=platform))
        workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
        workspace.page.evaluate("() => navigator.clipboard.writeText('abc')")
        workspace.start(ECHO)
        workspace.wait_for("> ")
        return workspace

    yield open_it
    for context in contexts:
        context.close()


def select_word(workspace: Workspace) -> None:
    """The first "got"."""
    workspace.terminal.click()
    workspace.press("Enter")
    workspace.wait_for("got ''\n> ")
    workspace.terminal.locator(".xterm-screen").dblclick(position={"x": 12, "y": 26})


def is_running(workspace: Workspace, typed: str = "still there") -> None:
    workspace.page.keyboard.type(typed)
    workspace.press("Enter")
    workspace.wait_for(f"got '{typed}'")


def test_control_v_pastes(echo: Open) -> None:
    workspace = echo("Linux x86_64")
    workspace.terminal.click()
    workspace.press("Control+v")
    workspace.press("Enter")
    workspace.wait_for("got 'abc'")
    assert "^V" not in workspace.shown()


@pytest.mark.parametrize("keys", ["Control+v", "Control+Shift+v", "Shift+Insert"])
@pytest.mark.parametrize("platform", ["Win32", "Linux x86_64"])
def test_each_key_that_pastes_elsewhere_pastes_here(
    echo: Open, platform: Platform, keys: str
) -> None:
    workspace = echo(platform)
    workspace.page.evaluate("() => navigator.clipboard.writeText('one\\r\\ntwo\\n')")
    workspace.terminal.click()
    workspace.press(keys)
    workspace.wait_for("got 'one'\n> got 'two'")


def test_what_is_pasted_into_a_program_that_marks_it_is_marked(echo: Open) -> None:
    workspace = echo("Linux x86_64")
    workspace.press("Control+c")
    workspace.wait_for_end(Outcome.FAILED)
    workspace.start(
        "import tty, os\ntty.setcbreak(0)\nprint('\\033[?2004hready')\nprint(repr(os.read(0, 99)))"
    )
    workspace.wait_for("ready")
    workspace.press("Control+v")
    workspace.wait_for(r"b'\x1b[200~abc\x1b[201~'")


@pytest.mark.parametrize("platform", ["Win32", "Linux x86_64"])
def test_control_c_copies_what_is_selected_and_else_interrupts(
    echo: Open, platform: Platform
) -> None:
    workspace = echo(platform)
    select_word(workspace)
    workspace.press("Control+c")
    workspace.wait_until(CLIPBOARD, "got")
    toast = workspace.page.locator(".toast")
    expect(toast).to_have_text("Copied. Press Ctrl+C again to interrupt the program.")
    is_running(workspace)
    assert "^C" not in workspace.shown()
    workspace.press("Control+c")
    workspace.wait_for("KeyboardInterrupt")
    workspace.wait_for_end(Outcome.FAILED)


@pytest.mark.parametrize("keys", ["Control+Shift+c", "Control+Insert"])
@pytest.mark.parametrize("platform", ["Win32", "Linux x86_64"])
def test_each_key_that_copies_elsewhere_copies_here(
    echo: Open, platform: Platform, keys: str
) -> None:
    workspace = echo(platform)
    select_word(workspace)
    workspace.press(keys)
    workspace.wait_until(CLIPBOARD, "got")
    is_running(workspace)


def test_nothing_selected_leaves_the_clipboard_alone(echo: Open) -> None:
    workspace = echo("Linux x86_64")
    select_word(workspace)
    workspace.terminal.click()  # ends the selection
    workspace.press("Control+Shift+c")
    workspace.press("Control+c")
    workspace.wait_for_end(Outcome.FAILED)
    workspace.wait_until(CLIPBOARD, "abc")


def test_control_c_that_is_held_down_copies_and_does_not_interrupt(echo: Open) -> None:
    workspace = echo("Linux x86_64")
    select_word(workspace)
    keyboard = Keyboard(workspace.page, US, "Linux x86_64")
    keyboard.hold("Control", CONTROL)
    for repeat in (False, True, True, True):
        down, up = Stroke("KeyC", "c", CONTROL, 67, repeat=repeat).events()
        keyboard.send(down)
    keyboard.send(up)
    keyboard.release("Control")
    workspace.wait_until(CLIPBOARD, "got")
    is_running(workspace)


@pytest.mark.parametrize(
    "stroke",
    [
        RUSSIAN.keys()["KeyC"][0],
        "C",  # with CapsLock
    ],
)
def test_control_c_copies_on_other_layouts_and_with_caps_lock(echo: Open, stroke: str) -> None:
    workspace = echo("Win32")
    select_word(workspace)
    keyboard = Keyboard(workspace.page, RUSSIAN, "Win32")
    keyboard.press(Stroke("KeyC", stroke, CONTROL, 67))
    workspace.wait_until(CLIPBOARD, "got")
    is_running(workspace)
    keyboard.press(Stroke("KeyC", stroke, CONTROL, 67))
    workspace.wait_for_end(Outcome.FAILED)


def test_on_a_mac_command_copies_and_pastes_and_control_interrupts(echo: Open) -> None:
    workspace = echo("MacIntel")
    keyboard = Keyboard(workspace.page, US, "MacIntel")
    select_word(workspace)
    keyboard.press(Stroke("KeyC", "c", META, 67))
    workspace.wait_until(CLIPBOARD, "got")
    keyboard.hold("Meta", META)
    down, up = Stroke("KeyV", "v", META, 86).events()
    keyboard.send(down | {"commands": ["paste"]})
    keyboard.send(up)
    keyboard.release("Meta")
    workspace.press("Enter")
    workspace.wait_for("got 'got'")
    workspace.terminal.locator(".xterm-screen").dblclick(position={"x": 12, "y": 26})
    keyboard.press(Stroke("KeyC", "c", CONTROL, 67))
    workspace.wait_for_end(Outcome.FAILED)


def test_who_may_not_copy_is_told_and_keeps_the_selection(echo: Open) -> None:
    workspace = echo("Linux x86_64")
    select_word(workspace)
    workspace.page.evaluate(REFUSE)
    workspace.press("Control+c")
    alert = workspace.page.locator(".toast[role=alert]")
    expect(alert).to_contain_text("Press Ctrl+Insert instead.")
    workspace.press("Control+Insert")
    is_running(workspace)


def test_all_that_works_over_plain_http(
    browser: Browser, site: WebServer, new_student: Callable[[], str]
) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(15_000)
    url = site.url.replace("127.0.0.1", LAN)
    workspace = Workspace.open(context, url, site.sign_in(new_student()))
    assert workspace.page.evaluate("() => navigator.clipboard === undefined")
    workspace.start(ECHO)
    workspace.wait_for("> ")
    select_word(workspace)
    workspace.press("Control+c")
    expect(workspace.page.locator(".toast")).to_contain_text("Copied.")
    workspace.press("Control+v")
    workspace.press("Enter")
    workspace.wait_for("got 'got'")
    context.close()


def test_after_the_program_the_same_keys_copy_and_do_nothing_else(echo: Open) -> None:
    workspace = echo("Linux x86_64")
    workspace.press("Control+c")
    workspace.wait_for_end(Outcome.FAILED)
    workspace.terminal.locator(".xterm-screen").dblclick(position={"x": 40, "y": 46})
    workspace.press("Control+c")
    expect(workspace.page.locator(".toast")).to_have_text("Copied")
    keyboard = Keyboard(workspace.page, RUSSIAN, "Linux x86_64")
    workspace.page.evaluate(
        "() => addEventListener('keydown', (event) => setTimeout("
        "() => { window.prevented = event.defaultPrevented }))"
    )
    keyboard.press(Stroke("KeyS", "ы", CONTROL, 83))  # the browser would save the page
    workspace.wait_until("() => window.prevented === true")
