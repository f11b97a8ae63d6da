"""When code help is loaded, what it asks of the server, and what happens when it fails."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.e2e import surfaces
from tests.e2e.code_help import CodeEditor
from tests.e2e.editor_widgets import at_the_end
from tests.e2e.workspace import Workspace

STATE = "state => document.querySelector('[data-testid=editor]').dataset.codeHelp === state"
LOADED_SECONDS = 60
# The silence of a worker is counted in seconds, 30 for each of the two until all has been read for
# the first time: a minute of them passes in one.
QUICKER = """
    const setReal = window.setTimeout;
    window.setTimeout = (run, ms, ...more) => setReal(run, ms === 1000 ? 15 : ms, ...more);
"""
WORDS = "import random\nfor number in range(10):\n    value = random.randint(1, num"
# A worker of the page's own, in whose place another one stands: it fails, or says one thing only.
REPLACE_WORKER = """
    const Real = window.Worker;
    window.made = 0;
    window.Worker = class extends Real {
        constructor(address, options) {
            if (!String(address).includes("python_worker")) return new Real(address, options);
            window.made += 1;
            return {
                postMessage() { queueMicrotask(() => { BEHAVES; }); },
                terminate() {},
            };
        }
    };
"""
FAULTS = {
    "fails": "this.onerror?.({ preventDefault() {} })",
    "is silent": "if (!this.said) { this.said = true; this.onmessage?.({ data: {} }); }",
}
# Milliseconds for which the page did nothing but handle a key; only what took longer is told.
WATCH_KEYS = """() => {
    window.slowKeys = [];
    const watch = new PerformanceObserver((list) => {
        for (const { processingStart, processingEnd } of list.getEntries()) {
            const took = processingEnd - processingStart;
            if (took > 16) window.slowKeys.push(took);
        }
    });
    watch.observe({ type: "event", durationThreshold: 16 });
}"""

IDLE_MS = 10_000  # more than the three seconds after which it is loaded


def python_workers(page: Page) -> int:
    return sum("python_worker" in worker.url for worker in page.workers)


def asked_for_while_idle(page: Page) -> list[str]:
    """What of code help the page asks the server for while nobody does anything for long.

    Its clock is put forward, which calls all that waits for it; another request comes after that.
    """
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.fast_forward(IDLE_MS)
    page.evaluate("() => fetch('/healthz')")
    assert any(url.endswith("/healthz") for url in asked)
    return [url for url in asked if "python_service" in url or "python_worker" in url]


@pytest.fixture
def editor(workspace: Workspace) -> Workspace:
    workspace.wait_for_everything()
    return workspace


def test_it_is_loaded_when_the_editor_was_used_and_then_left_alone(editor: Workspace) -> None:
    editor.page.clock.install()
    assert asked_for_while_idle(editor.page) == []  # nobody has used it
    at_the_end(editor, "x = 1")
    assert asked_for_while_idle(editor.page) != []
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
    expect(code.suggested).to_contain_text("number")
    assert asked == []


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_restarted_once_and_then_off_with_a_message(
    context: BrowserContext, open_workspace: Callable[[], Workspace], fault: str
) -> None:
    context.add_init_script(QUICKER + REPLACE_WORKER.replace("BEHAVES", FAULTS[fault]))
    workspace = open_workspace()
    workspace.wait_for_everything()
    at_the_end(workspace, "alphabet = 1\nalp")
    workspace.press("Control+Space")
    failed = workspace.page.get_by_text("Code help has stopped working.")
    expect(failed).to_be_visible(timeout=30_000)
    # What is known without it is there.
    suggestion = workspace.page.locator(".suggest-widget.visible").get_by_role("option")
    expect(suggestion.filter(has_text="alphabet").first).to_be_visible()
    assert workspace.page.evaluate("() => window.made") == 2
    workspace.page.keyboard.type("x")
    workspace.wait_until("() => window.coderunner.getText().endsWith('alpx')")


@pytest.mark.alone
def test_who_types_is_not_kept_waiting_by_a_silent_worker(
    context: BrowserContext, open_workspace: Callable[[], Workspace]
) -> None:
    context.add_init_script(REPLACE_WORKER.replace("BEHAVES", FAULTS["is silent"]))
    workspace = open_workspace()
    workspace.wait_for_everything()
    surfaces.by_command(workspace, "settings")
    workspace.page.get_by_label("Code help").select_option("typing")
    workspace.press("Escape")
    at_the_end(workspace, "alphabet = 1\n")
    workspace.press("Control+Space")
    workspace.wait_until("() => window.made === 1")
    workspace.press("Escape")
    workspace.page.evaluate(WATCH_KEYS)
    words = "for letter in range(alphabet): print(letter)"
    workspace.page.keyboard.type(words, delay=30)
    workspace.wait_until("words => window.coderunner.getText().endsWith(words)", words)
    slow = workspace.page.evaluate("() => window.slowKeys")
    assert len(slow) <= len(words) / 20, slow  # a busy machine


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
    pixel.page.clock.install()
    pixel.editor.locator(".cm-content").tap()
    pixel.page.keyboard.type("prin")
    pixel.wait_until("() => window.coderunner.getText().includes('prin')")
    assert asked_for_while_idle(pixel.page) == []
    assert python_workers(pixel.page) == 0
