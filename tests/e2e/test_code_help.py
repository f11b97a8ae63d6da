"""When code help is loaded, what it asks of the server, and what happens when it fails."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.e2e import surfaces
from tests.e2e.code_help import CodeEditor
from tests.e2e.editor_widgets import at_the_end
from tests.e2e.workspace import Workspace

STATE = "state => document.querySelector('[data-testid=editor]').dataset.codeHelp === state"
LOADED_SECONDS = 60
WORDS = "import random\nfor number in range(10):\n    value = random.randint(1, number)\n"
# A worker of the page's own, in whose place another one stands that says nothing or fails.
REPLACE_WORKER = """
    const Real = window.Worker;
    window.made = 0;
    window.Worker = class extends Real {
        constructor(address, options) {
            if (!String(address).includes("python_worker")) return new Real(address, options);
            window.made += 1;
            return {
                postMessage() { queueMicrotask(() => this.onerror?.({ preventDefault() {} })); },
                terminate() {},
            };
        }
    };
"""


def python_workers(page: Page) -> int:
    return sum("python_worker" in worker.url for worker in page.workers)


@pytest.fixture
def editor(workspace: Workspace) -> Workspace:
    workspace.wait_for_everything()
    return workspace


def test_it_is_loaded_when_the_editor_was_used_and_then_left_alone(editor: Workspace) -> None:
    time.sleep(4)  # nobody has used it
    assert python_workers(editor.page) == 0
    at_the_end(editor, "x = 1")
    editor.wait_until(STATE, "ready", LOADED_SECONDS)
    assert python_workers(editor.page) == 1


def test_no_key_asks_the_server(editor: Workspace) -> None:
    code = CodeEditor.of(editor, "monaco")
    surfaces.by_command(editor, "settings")
    editor.page.get_by_label("Code help").select_option("typing")
    editor.press("Escape")
    code.write("import random\n")
    code.suggestions()  # what is known of packages and of the language has been asked for
    code.close()
    editor.wait_for_save()
    asked: list[str] = []

    def seen(request: Request) -> None:
        if "/snippets/" not in request.url:  # autosave, which is not the editor's
            asked.append(request.url)

    editor.page.on("request", seen)
    for letter in WORDS:
        editor.page.keyboard.type(letter, delay=5)
    expect(code.suggested).to_have_count(1)
    assert asked == []


def test_it_is_restarted_once_and_then_off_with_a_message(
    context: BrowserContext, open_workspace: Callable[[], Workspace]
) -> None:
    context.add_init_script(REPLACE_WORKER)
    workspace = open_workspace()
    workspace.wait_for_everything()
    at_the_end(workspace, "alphabet = 1\nalp")
    workspace.press("Control+Space")
    expect(workspace.page.get_by_text("Code help has stopped working.")).to_be_visible()
    # What is known without it is there.
    suggestion = workspace.page.locator(".suggest-widget.visible").get_by_role("option")
    expect(suggestion.filter(has_text="alphabet").first).to_be_visible()
    assert workspace.page.evaluate("() => window.made") == 2
    workspace.page.keyboard.type("x")
    workspace.wait_until("() => window.coderunner.getText().endsWith('alpx')")


def test_who_has_turned_it_off_loads_nothing(editor: Workspace) -> None:
    surfaces.by_command(editor, "settings")
    editor.page.get_by_label("Code help").select_option("off")
    editor.press("Escape")
    at_the_end(editor, "alphabet = 1\nalp")
    editor.press("Control+Space")
    expect(editor.page.locator(".suggest-widget.visible")).to_contain_text("alphabet")
    editor.press("Escape")
    editor.press("Shift+F12")
    expect(editor.page.get_by_text("Code help is turned off in the settings.")).to_be_visible()
    assert python_workers(editor.page) == 0


def test_a_phone_loads_nothing_by_itself(pixel: Workspace) -> None:
    pixel.editor.locator(".cm-content").tap()
    pixel.page.keyboard.type("prin")
    time.sleep(4)
    assert python_workers(pixel.page) == 0
