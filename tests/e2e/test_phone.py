"""A phone: touch, an on-screen keyboard, one pane at a time."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, expect

from runner.protocol.messages import Outcome
from tests.e2e.pages import serious_violations
from tests.e2e.workspace import Workspace
from tests.product import WebServer

ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)
# It hides on phones, where the settings have it.
CHOOSE = """(select, theme) => {
    select.value = theme;
    select.dispatchEvent(new Event("change"));
}"""
UNKNOWN_KEY = 229  # what Android's keyboards say of every letter


@pytest.fixture
def phone(browser: Browser, site: WebServer, new_student: Callable[[], str]) -> Iterator[Workspace]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        user_agent=ANDROID,
    )
    context.set_default_timeout(15_000)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    expect(workspace.editor.locator(".cm-content")).to_be_visible(timeout=20_000)
    yield workspace
    assert workspace.complaints == []
    context.close()


def compose(keyboard: CDPSession, word: str) -> None:
    """A word as Android's keyboards type it: composed letter by letter, then committed."""
    key = {"windowsVirtualKeyCode": UNKNOWN_KEY, "key": "Unidentified"}
    for end in range(1, len(word) + 1):
        keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
        keyboard.send(
            "Input.imeSetComposition",
            {"text": word[:end], "selectionStart": end, "selectionEnd": end},
        )
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    keyboard.send("Input.insertText", {"text": word})


@pytest.mark.smoke
def test_a_conversation_by_thumb(phone: Workspace) -> None:
    page = phone.page
    phone.write('print("Hello", input("Name? "), input("More? "))\ninput("Stop me: ")\n')
    expect(phone.terminal).to_be_hidden()
    phone.run.tap()
    expect(phone.terminal).to_be_visible()
    expect(phone.editor).to_be_hidden()
    phone.wait_for("Name?")
    keyboard = page.context.new_cdp_session(page)
    compose(keyboard, "hello")
    phone.wait_for("Name? hello")
    phone.press("Enter")
    compose(keyboard, "you")
    phone.press("Backspace")
    phone.press("Enter")
    phone.wait_for("Hello hello yo")
    phone.wait_for("Stop me:")
    page.get_by_role("button", name="Ctrl, for the next key").tap()
    phone.page.keyboard.insert_text("c")
    phone.wait_for("KeyboardInterrupt")
    phone.wait_for_end(Outcome.FAILED)


def test_capitals_are_typed_once(phone: Workspace) -> None:
    phone.write('print("Hello", input("Name? "), input("And? "))\n')
    phone.run.tap()
    phone.wait_for("Name?")
    phone.page.keyboard.type("Ada LOVELACE", delay=30)
    phone.press("Enter")
    phone.wait_for("And?")
    compose(phone.page.context.new_cdp_session(phone.page), "BYRON")
    phone.press("Enter")
    phone.wait_for("Hello Ada LOVELACE BYRON")
    phone.wait_for_end(Outcome.COMPLETED)


def test_every_character_of_code_is_seen(phone: Workspace) -> None:
    """JetBrains Mono draws `==` and `!=` as one sign, unless it is told not to."""
    phone.write("if a == b != c: pass\n")
    for part in (".cm-content", ".cm-line"):
        code = phone.editor.locator(part).first
        expect(code).to_have_css("font-variant-ligatures", "none")


def test_a_phone_on_its_side_shows_one_pane(phone: Workspace) -> None:
    """Two of them would have three lines each."""
    page = phone.page
    phone.start("for n in range(50): print(n)\ninput('wait')")
    phone.wait_for("wait")
    page.set_viewport_size({"width": 844, "height": 390})
    expect(phone.editor).to_be_hidden()
    expect(phone.terminal).to_be_visible()
    phone.wait_until("() => document.querySelectorAll('.xterm-rows > div').length > 5")
    page.get_by_role("button", name="Code", exact=True).tap()
    expect(phone.terminal).to_be_hidden()
    expect(phone.editor).to_be_visible()
    expect(page.locator("#key-row")).to_be_visible()
    expect(phone.stop).to_be_in_viewport()


def test_a_page_that_is_loaded_again_shows_the_program_that_runs(phone: Workspace) -> None:
    phone.start("input('wait')")
    phone.wait_for("wait")
    phone.reload()
    expect(phone.terminal).to_be_visible()
    phone.wait_for("wait")
    phone.type("\n")
    phone.wait_for_end(Outcome.COMPLETED)
    phone.reload()
    expect(phone.editor).to_be_visible()


def test_code_is_written_with_the_key_row(phone: Workspace) -> None:
    page = phone.page
    phone.write("")
    phone.editor.tap()
    page.keyboard.insert_text("if True")
    for key in (":", "Left", "Right"):
        page.get_by_role("button", name=key, exact=True).tap()
    phone.press("Enter")  # which CodeMirror looks at for a moment, on Android
    phone.wait_until("() => window.coderunner.getText() === 'if True:\\n    '")
    page.keyboard.insert_text("pass")
    assert phone.text() == "if True:\n    pass"
    page.get_by_role("button", name="Snippets", exact=True).tap()
    expect(phone.list).to_be_visible()
    phone.wait_for_save()
    phone.list.get_by_role("button").first.tap()
    expect(phone.editor).to_be_visible()


def test_snippets_are_kept_copied_deleted_and_shared_by_thumb(phone: Workspace) -> None:
    page = phone.page
    phone.write("print('by thumb')\n")
    phone.wait_for_save()
    page.get_by_role("button", name="Snippets", exact=True).tap()
    rows, menu = phone.list.locator("li"), phone.list.get_by_role("button", name="Actions")
    menu.first.tap()
    page.get_by_role("menuitem", name="Duplicate").tap()
    expect(rows).to_have_count(2)
    expect(phone.editor).to_be_visible()  # the copy is opened
    page.get_by_role("button", name="Snippets", exact=True).tap()
    menu.first.tap()
    page.get_by_role("menuitem", name="Delete").tap()
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Undo").tap()
    expect(rows).to_have_count(2)
    phone.wait_until("() => window.coderunner.getText() === \"print('by thumb')\\n\"")
    page.get_by_test_id("share").tap()
    page.get_by_role("checkbox").first.tap()
    expect(page.get_by_label("Link to the snippet")).to_have_value(re.compile("/s/"))


def test_a_run_is_found_again_and_replayed_by_thumb(phone: Workspace) -> None:
    page = phone.page
    phone.write("print('for', 'later')\n")
    phone.run.tap()
    phone.wait_for_end(Outcome.COMPLETED)
    page.locator("details.menu summary").tap()
    page.get_by_role("link", name="History").tap()
    page.locator("table a").first.tap()
    page.get_by_test_id("replay").tap()
    screen = page.get_by_test_id("replay-screen")
    expect(screen.locator(".xterm-rows")).to_contain_text("for later", timeout=20_000)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Open this code as a new snippet").tap()
    page.wait_for_url("**/snippets/*/")
    expect(phone.run).to_be_visible()


def test_the_keyboard_covers_nothing(phone: Workspace) -> None:
    phone.write("input('The prompt: ')")
    phone.run.tap()
    phone.wait_for("The prompt:")
    phone.page.set_viewport_size({"width": 390, "height": 400})  # Android gives the page less room
    phone.wait_until("() => document.documentElement.dataset.keyboard === 'open'")
    expect(phone.terminal).to_be_in_viewport(ratio=0.95)
    expect(phone.page.get_by_role("button", name="Tab")).to_be_in_viewport(ratio=0.95)
    assert serious_violations(phone.page) == []


def test_every_pane_is_legible_in_every_theme(phone: Workspace) -> None:
    phone.write("print('\\033[31mred\\033[0m and \\033[90mgrey\\033[0m')\nx = 1/0  # Hi\n")
    phone.run.tap()
    phone.wait_for_end(Outcome.FAILED)
    phone.page.emulate_media(reduced_motion="reduce")  # no colour is between two others
    found = []
    for theme in ("light", "contrast", "dark"):
        phone.page.get_by_test_id("theme").evaluate(CHOOSE, theme)
        for pane in ("Snippets", "Code", "Terminal"):
            phone.page.get_by_role("button", name=pane, exact=True).tap()
            found += [f"{theme}, {pane}: {one}" for one in serious_violations(phone.page)]
    assert found == []


def test_it_can_be_installed(phone: Workspace) -> None:
    client = phone.page.context.new_cdp_session(phone.page)
    manifest = client.send("Page.getAppManifest")
    assert manifest["url"].endswith("/static/manifest.webmanifest")
    assert manifest["errors"] == []
    problems = client.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in problems if one["errorId"] != "in-incognito"] == []


@pytest.mark.parametrize("width", [320, 360, 412])
@pytest.mark.parametrize("pane", ["code", "terminal"])
def test_the_bar_keeps_all_that_is_pressed_in_view(phone: Workspace, width: int, pane: str) -> None:
    phone.page.set_viewport_size({"width": width, "height": 740})
    phone.write("input('Name? ')\n")
    if pane == "terminal":
        phone.run.tap()
        phone.wait_for("Name?")
    for one in phone.page.locator(".phone-bar button:visible").all():
        expect(one).to_be_in_viewport(ratio=0.99)
