"""Errors are marked while one types, advice stands beside its line, and code is formatted."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Request, expect

from tests.e2e import surfaces
from tests.e2e.fingers import device
from tests.e2e.problem_scenarios import LOADS, announced, strict
from tests.e2e.workspace import Workspace
from tests.product import WebServer

SAYS = "text => window.coderunner.getText() === text"
MARKS = {
    "error": ".squiggly-error, .cm-lintRange-error",
    "warning": ".squiggly-warning, .cm-lintRange-warning",
    "info": ".squiggly-info, .cm-lintRange-info",
}
PHONE = "Pixel 7"


@pytest.fixture(params=["Monaco", "CodeMirror"])
def editor(
    request: pytest.FixtureRequest, browser: Browser, site: WebServer, new_student_name: str
) -> Iterator[Workspace]:
    student = site.sign_in(new_student_name)
    if request.param == "CodeMirror":
        with device(browser, PHONE) as context:
            workspace = Workspace.open(context, site.url, student)
            expect(workspace.editor.locator(".cm-content")).to_be_visible(timeout=20_000)
            yield workspace
    else:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(15_000)
        workspace = Workspace.open(context, site.url, student)
        workspace.wait_for_everything()
        yield workspace
        context.close()
    assert workspace.complaints == []


def marks(workspace: Workspace, severity: str) -> Locator:
    return workspace.editor.locator(MARKS[severity])


def check(workspace: Workspace) -> Locator:
    """The options of the list of problems, once all files are checked."""
    surfaces.by_command(workspace, "problems")
    dialog = surfaces.dialog(workspace)
    expect(dialog.locator(".palette-hint")).not_to_have_text("Checking…", timeout=LOADS)
    return dialog.get_by_role("option")


def test_errors_are_marked_and_listed(editor: Workspace) -> None:
    editor.write("total = 1\nprint(totl)\n")
    found = check(editor)
    expect(found).to_have_count(1)
    expect(found).to_contain_text("The name “totl” is not defined.")
    found.click()
    expect(marks(editor, "error").first).to_be_visible()
    expect(editor.editor.locator(".problem-sign").first).to_be_attached()
    expect(editor.editor.page.locator("#announcer")).to_contain_text("totl")
    editor.page.keyboard.type("total")
    editor.wait_until(SAYS, "total = 1\nprint(total)\n")
    expect(marks(editor, "error")).to_have_count(0)


def test_all_files_are_checked(editor: Workspace) -> None:
    editor.write("import helper\n\nhelper.f()\n")
    editor.page.locator("#upload").set_input_files(
        {"name": "helper.py", "mimeType": "text/plain", "buffer": b"def f():\n    return (\n"}
    )
    expect(editor.page.locator("#tabs")).to_contain_text("helper.py")
    surfaces.by_command(editor, "next-file")
    found = check(editor)
    expect(found).to_have_count(1)
    expect(found).to_contain_text("helper.py, line 2")
    found.click()
    expect(marks(editor, "error").first).to_be_visible()


def test_half_typed_code_is_explained(editor: Workspace) -> None:
    editor.write("for i in range(3)\n    print(i)\n")
    surfaces.by_command(editor, "format")
    toast = editor.page.locator(".toast")
    expect(toast).to_contain_text("This cannot be formatted yet", timeout=LOADS)
    expect(toast).to_contain_text("colon")
    editor.wait_until(SAYS, "for i in range(3)\n    print(i)\n")


def test_format_is_one_step_and_keeps_the_cursor(editor: Workspace) -> None:
    before, after = "x=[1,2 ]\nprint( x )\n", "x = [1, 2]\nprint(x)\n"
    editor.write(before)
    editor.editor.locator(".view-lines, .cm-content").first.click()
    editor.press("Control+End")
    editor.press("ArrowUp")
    editor.press("End")
    surfaces.by_command(editor, "format")
    announced(editor, "Formatted.")
    editor.wait_until(SAYS, after)
    editor.page.keyboard.type("#")
    editor.wait_until(SAYS, after.replace("print(x)", "print(x)#"))
    editor.press("Control+z")
    editor.wait_until(SAYS, after)
    editor.press("Control+z")
    editor.wait_until(SAYS, before)


def test_a_fix_is_one_command(editor: Workspace) -> None:
    strict(editor)
    editor.write("import os\nprint(1)\n")
    found = check(editor)
    expect(found).to_contain_text("“os” is imported, but not used.")
    found.click()
    expect(marks(editor, "warning").first).to_be_visible()
    surfaces.by_command(editor, "fix")
    editor.wait_until(SAYS, "print(1)\n")
    expect(marks(editor, "warning")).to_have_count(0)


def test_advice_stands_beside_its_line_and_can_be_dismissed(editor: Workspace) -> None:
    editor.write("x = eval(input('? '))\nprint(x)\n")
    found = check(editor)
    expect(found).to_contain_text("eval() runs whatever is typed, as a program.")
    found.click()
    expect(marks(editor, "info").first).to_be_visible()
    surfaces.by_command(editor, "fix")
    expect(editor.page.locator(".toast")).to_contain_text("This kind of advice is not shown")
    expect(marks(editor, "info")).to_have_count(0)
    surfaces.by_command(editor, "settings")
    editor.page.get_by_role("button", name="Show all advice again").click()
    editor.press("Escape")
    expect(marks(editor, "info").first).to_be_visible()


@pytest.fixture
def desktop(workspace: Workspace) -> Workspace:
    workspace.wait_for_everything()
    return workspace


def test_nothing_is_loaded_before_an_edit_and_then_errors_appear_by_themselves(
    desktop: Workspace,
) -> None:
    page = desktop.page
    loaded: list[str] = []

    def note(request: Request) -> None:
        loaded.append(request.url)

    page.on("request", note)
    count = page.get_by_test_id("problems")
    desktop.start("print('before')\nprint(missing)\n")
    expect(count).to_have_text("1 error", timeout=LOADS)
    expect(count).to_have_attribute("data-count", "1")
    assert any("ruff_wasm" in url for url in loaded)
    expect(marks(desktop, "error").first).to_be_visible()
    desktop.write("print('right')\n")
    expect(count).to_be_hidden()
    expect(count).to_have_attribute("data-count", "0")
    del loaded[:]
    surfaces.by_command(desktop, "next-problem")
    expect(page.locator(".toast")).to_have_text("No problems were found.")
    assert loaded == []


def test_a_phone_loads_nothing_that_nobody_asked_for(
    browser: Browser, site: WebServer, new_student_name: str
) -> None:
    with device(browser, PHONE) as context:
        workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
        expect(workspace.editor.locator(".cm-content")).to_be_visible(timeout=20_000)
        loaded: list[str] = []
        workspace.page.on("request", lambda request: loaded.append(request.url))
        workspace.editor.locator(".cm-content").tap()
        workspace.page.keyboard.type("missing\n")
        workspace.wait_for_save("saved", "unsaved", "saving")
        workspace.page.wait_for_timeout(4500)  # longer than the idle time of a computer
        assert [url for url in loaded if "ruff" in url or "advice" in url] == []
        expect(marks(workspace, "error")).to_have_count(0)


def test_saving_formats_if_the_user_wants_it(desktop: Workspace) -> None:
    desktop.write("x=1\n")
    desktop.press("Control+s")
    desktop.wait_for_save()
    assert desktop.text() == "x=1\n"
    surfaces.by_command(desktop, "settings")
    desktop.page.get_by_label("Format when I save").check()
    desktop.press("Escape")
    desktop.press("Control+s")
    desktop.wait_until(SAYS, "x = 1\n")
    desktop.wait_for_save()


def test_a_language_without_a_formatter_says_so(desktop: Workspace) -> None:
    desktop.page.locator("#upload").set_input_files(
        {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"a  b"}
    )
    expect(desktop.page.locator("#tabs")).to_contain_text("notes.txt")
    surfaces.by_command(desktop, "format")
    toast = desktop.page.locator(".toast", has_text="There is no formatter for notes.txt.")
    expect(toast).to_be_visible()


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.js", "const f=(a)=>a\n", "const f = (a) => a;\n"),
        ("a.ts", "let x:number=1\n", "let x: number = 1;\n"),
        ("a.c", "int main(){return 0;}\n", "int main() { return 0; }\n"),
        ("a.go", "package main\nfunc main(){\n}\n", "package main\n\nfunc main() {\n}\n"),
    ],
)
def test_other_languages_have_their_own_formatters(
    desktop: Workspace, name: str, before: str, after: str
) -> None:
    desktop.page.locator("#upload").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": before.encode()}
    )
    expect(desktop.page.locator("#tabs")).to_contain_text(name)
    surfaces.by_command(desktop, "format")
    announced(desktop, "Formatted.")
    desktop.wait_until(SAYS, after)
