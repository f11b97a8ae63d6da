"""The card that explains the error of a run: what it says, where it leads, and how it is left."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, expect

from runner.protocol.messages import Outcome
from tests.e2e import surfaces
from tests.e2e.workspace import Workspace
from tests.product import WebServer

FAILING = "numbers = []\n\nprint(sum(numbers) / len(numbers))\n"
LIBRARY = 'import json\nprint("first")\njson.loads("{name: 1}")\n'
SCREENS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 412, "height": 915}, "has_touch": True, "is_mobile": True},
    "tablet": {"viewport": {"width": 820, "height": 1180}},
    "desktop": {"viewport": {"width": 1440, "height": 900}},
}
# The colour of the first letter of a text in the terminal, and that of other text.
COLOUR_OF = """(terminal, text) => {
    const rows = [...terminal.querySelectorAll(".xterm-rows > div")];
    const row = rows.find((one) => one.textContent.includes(text));
    if (!row) return null;
    const words = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    let before = 0;
    const at = row.textContent.indexOf(text);
    while (words.nextNode()) {
        before += words.currentNode.data.length;
        if (before > at) return getComputedStyle(words.currentNode.parentElement).color;
    }
}"""


# The top and the bottom of the row that has a text, which may be drawn letter by letter.
ROW_OF = """(terminal, text) => {
    const rows = [...terminal.querySelectorAll(".xterm-rows > div")];
    const row = rows.find((one) => one.textContent.includes(text));
    const { top, bottom } = row.getBoundingClientRect();
    return [top, bottom];
}"""


def card(workspace: Workspace) -> Locator:
    return workspace.page.get_by_test_id("error-card")


def fails(workspace: Workspace, source: str = FAILING) -> Locator:
    workspace.start(source)
    workspace.wait_for_end(Outcome.FAILED)
    expect(card(workspace)).to_be_visible()
    return card(workspace)


@pytest.fixture
def ready(workspace: Workspace) -> Workspace:
    workspace.wait_for_everything()
    return workspace


def test_it_names_the_error_its_place_and_what_to_look_at(ready: Workspace) -> None:
    shown = fails(ready)
    expect(shown.get_by_role("heading")).to_have_text("ZeroDivisionError in main.py, line 3")
    expect(shown).to_contain_text("divides by 0")
    expect(shown).to_contain_text("where does it become 0?")
    said = ready.page.locator("#error-announcer")
    expect(said).to_contain_text("ZeroDivisionError: division by zero. The program divides by 0")
    assert ready.terminal.locator(":focus").count() == 1  # nothing takes the focus away


def test_its_button_leads_to_the_line_that_has_to_be_changed(ready: Workspace) -> None:
    shown = fails(ready, "\nnumbers = [2, 1].sort()\nprint(numbers[0])\n")
    expect(shown.get_by_role("heading")).to_contain_text("line 3")
    shown.get_by_role("button", name="Go to line 2").click()
    ready.page.keyboard.type("#")
    assert ready.text().split("\n")[1].startswith("#")


def test_it_opens_the_other_file(ready: Workspace) -> None:
    helper: FilePayload = {
        "name": "helper.py", "mimeType": "text/x-python", "buffer": b"def greet()\n    pass\n",
    }  # fmt: skip
    ready.page.locator("#upload").set_input_files(helper)
    ready.page.get_by_role("tab", name="main.py").click()
    shown = fails(ready, "import helper\n")
    expect(shown.get_by_role("heading")).to_have_text("SyntaxError in helper.py, line 1")
    shown.get_by_role("button", name="Go to line 1").click()
    expect(ready.page.locator('#tabs [aria-selected="true"]')).to_contain_text("helper.py")


def test_it_is_left_by_keys_and_comes_back_by_keys(ready: Workspace) -> None:
    shown = fails(ready)
    ready.press("Shift+F8")
    expect(shown).to_be_focused()
    ready.press("Tab")
    expect(shown.get_by_label("Close the explanation")).to_be_focused()
    ready.press("Escape")
    expect(shown).to_be_hidden()
    assert ready.terminal.locator(":focus").count() == 1
    ready.press("Shift+F8")
    expect(shown).to_be_focused()


def test_the_next_run_and_a_cleared_terminal_take_it_away(ready: Workspace) -> None:
    shown = fails(ready)
    ready.start("input('on ')")
    ready.wait_for("on ")
    expect(shown).to_be_hidden()
    ready.stop.click()
    ready.wait_for_end(Outcome.STOPPED)
    fails(ready)
    ready.clear.click()
    expect(shown).to_be_hidden()


def test_another_snippet_takes_it_away(ready: Workspace) -> None:
    shown = fails(ready)
    ready.wait_for_save()
    surfaces.by_command(ready, "new")
    expect(shown).to_be_hidden()


def test_it_is_turned_off_and_on_again(ready: Workspace) -> None:
    shown = fails(ready)
    shown.get_by_role("button", name="Do not explain errors").click()
    expect(shown).to_be_hidden()
    expect(ready.page.locator(".toast")).to_contain_text("settings")
    ready.start(FAILING + "#")
    ready.wait_for_end(Outcome.FAILED)
    said = ready.page.locator("#error-announcer")
    expect(said).to_have_text("Error in main.py, line 3: ZeroDivisionError: division by zero")
    expect(shown).to_be_hidden()
    surfaces.by_command(ready, "settings")
    ready.page.get_by_label("Explain errors").check()
    ready.press("Escape")
    fails(ready, FAILING + "# once more")


def test_a_program_that_succeeds_has_none(ready: Workspace) -> None:
    ready.start("import traceback\ntry:\n    1 / 0\nexcept Exception:\n    traceback.print_exc()\n")
    ready.wait_for_end(Outcome.COMPLETED)
    ready.wait_for("finished")
    expect(card(ready)).to_have_count(0)


FOREIGN = """import sys
print('  File "/etc/passwd", line 1, in f')
print('KeyError: 1')
sys.exit(1)
"""
FORGED = """import sys
print('Traceback (most recent call last):')
print('  File "/home/student/<img src=x onerror=alert(1)>.py", line 1, in <module>')
print('  File "/home/student/main.py", line 5, in <script>alert(2)</script>')
print('ValueError: <script>alert(3)</script> `<b>` {line} **bold**')
sys.exit(1)
"""


def test_a_forged_traceback_is_text(ready: Workspace) -> None:
    ready.page.evaluate("() => { window.alert = (word) => console.error(word); }")
    shown = fails(ready, FORGED)
    expect(shown.get_by_role("heading")).to_have_text("ValueError in main.py, line 5")
    assert shown.locator("script, img, b").count() == 0
    shown.get_by_role("button", name="Go to line").click()
    assert ready.editor.locator("script, img, b").count() == 0
    assert ready.complaints == []
    assert len(ready.page.context.pages) == 1


def test_a_traceback_of_no_own_file_has_no_card(ready: Workspace) -> None:
    ready.start(FOREIGN)
    ready.wait_for_end(Outcome.FAILED)
    said = ready.page.locator("#go-to-error")
    expect(said).to_be_hidden()
    expect(card(ready)).to_have_count(0)


def test_frames_of_libraries_are_dim_the_last_line_red_and_the_bytes_plain(
    ready: Workspace,
) -> None:
    fails(ready, LIBRARY)
    colour = {
        text: ready.terminal.evaluate(COLOUR_OF, text)
        for text in ("first", "main.py", "decoder.py", "json.decoder.JSONDecodeError")
    }
    assert colour["main.py"] == colour["first"]
    assert len({colour["first"], colour["decoder.py"], colour["json.decoder.JSONDecodeError"]}) == 3
    ready.page.set_viewport_size({"width": 1200, "height": 900})
    expect(card(ready)).to_be_visible()
    ready.wait_until(
        f"([text, before]) => ({COLOUR_OF})(document.querySelector('[data-testid=terminal]'), text)"
        " === before",
        ["decoder.py", colour["decoder.py"]],
    )


@pytest.fixture(params=SCREENS)
def screen(
    browser: Browser,
    site: WebServer,
    new_student: Callable[[], str],
    request: pytest.FixtureRequest,
) -> Iterator[Workspace]:
    context = browser.new_context(**SCREENS[request.param])
    context.set_default_timeout(15_000)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    expect(workspace.editor.locator(".view-line, .cm-line").first).to_be_visible(timeout=20_000)
    yield workspace
    assert workspace.complaints == []
    context.close()


def test_on_every_screen_the_end_of_the_output_stays_in_sight(screen: Workspace) -> None:
    shown = fails(screen, "print('x\\n' * 200)\n" + LIBRARY)
    box, terminal = shown.bounding_box(), screen.terminal.bounding_box()
    assert box
    assert terminal
    assert terminal["height"] > 150
    assert box["y"] >= terminal["y"] + terminal["height"] - 1
    top, bottom = screen.terminal.evaluate(ROW_OF, "JSONDecodeError")
    assert terminal["y"] < top < bottom <= box["y"]
    shown.get_by_role("button", name="Go to line 4").click()
    expect(screen.editor).to_be_visible()
    expect(screen.editor.locator(".error-message").first).to_contain_text("JSONDecodeError")


def test_in_german(site: WebServer, browser: Browser, new_student: Callable[[], str]) -> None:
    context = browser.new_context(locale="de-DE")
    context.set_default_timeout(15_000)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    shown = fails(workspace)
    expect(shown.get_by_role("heading")).to_have_text("ZeroDivisionError in main.py, Zeile 3")
    expect(shown).to_contain_text("teilt durch 0")
    expect(shown.get_by_role("button", name="Zu Zeile 3")).to_be_visible()
    context.close()
