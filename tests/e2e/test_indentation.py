"""The indentation of a file stays as it is, whatever our keys do: on desktops and on phones."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace
from tests.product import WebServer

TABBED = 'for i in range(2):\n\tprint("a")\n\tprint("b")\n'
PASTE = """(field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const event = { clipboardData, bubbles: true, cancelable: true };
    (field.ownerDocument.activeElement ?? field).dispatchEvent(new ClipboardEvent("paste", event));
}"""


class Code:
    """One of the editors, by keys."""

    def __init__(self, workspace: Workspace, lines: str) -> None:
        self.workspace = workspace
        self._lines = lines

    @property
    def lines(self) -> Locator:
        return self.workspace.editor.locator(self._lines)

    def put(self, text: str) -> None:
        self.workspace.write(text)
        self.lines.first.click()
        self.workspace.press("Control+Home")

    def paste(self, text: str) -> None:
        self.workspace.editor.evaluate(PASTE, text)

    def end_of_line(self, number: int) -> None:
        self.workspace.press("Control+Home")
        for _ in range(number - 1):
            self.workspace.press("ArrowDown")
        self.workspace.press("End")

    def type(self, text: str) -> None:
        self.workspace.page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        for each in keys:
            self.workspace.press(each)

    def runs(self) -> str:
        """What the program prints."""
        self.workspace.run.click()
        self.workspace.wait_for_end(Outcome.COMPLETED)
        return self.workspace.shown()


@pytest.fixture
def monaco(workspace: Workspace) -> Code:
    workspace.wait_for_everything()
    return Code(workspace, ".view-line")


@pytest.fixture
def phone(browser: Browser, site: WebServer, new_student: Callable[[], str]) -> Iterator[Code]:
    context = browser.new_context(
        viewport={"width": 412, "height": 915}, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(15_000)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    expect(workspace.editor.locator(".cm-line").first).to_be_visible(timeout=20_000)
    yield Code(workspace, ".cm-line")
    assert workspace.complaints == []
    context.close()


@pytest.fixture(params=["monaco", "phone"])
def code(request: pytest.FixtureRequest) -> Code:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Code)
    return found


def test_pasted_tabs_stay_and_enter_goes_on_with_them(code: Code) -> None:
    code.put("")
    code.paste(TABBED)
    assert code.workspace.text() == TABBED
    code.end_of_line(2)
    code.press("Enter")
    code.type("print(2)")
    assert code.workspace.text() == TABBED.replace('("a")\n', '("a")\n\tprint(2)\n')
    assert "2" in code.runs()


def test_a_file_that_was_added_keeps_its_tabs(code: Code) -> None:
    page = code.workspace.page
    page.locator("#upload").set_input_files(
        {"name": "tabbed.py", "mimeType": "text/x-python", "buffer": TABBED.encode()}
    )
    expect(page.get_by_role("tab", name="tabbed.py")).to_have_attribute("aria-selected", "true")
    code.lines.first.click()
    code.end_of_line(3)
    code.press("Enter")
    code.type("if i:")
    code.press("Enter")
    code.type("pass")
    assert code.workspace.text() == TABBED + "\tif i:\n\t\tpass\n"


@pytest.mark.parametrize("width", [2, 3, 8])
def test_other_widths_are_kept(code: Code, width: int) -> None:
    space = " " * width
    code.put(f"if True:\n{space}print(1)\n")
    code.end_of_line(2)
    code.press("Enter")
    code.type("if True:")
    code.press("Enter")
    code.type("print(2)")
    code.press("Enter", "Shift+Tab", "Shift+Tab")
    code.type("print(3)")
    wanted = f"if True:\n{space}print(1)\n{space}if True:\n{space * 2}print(2)\nprint(3)\n"
    assert code.workspace.text() == wanted


@pytest.mark.parametrize("space", ["  ", "    ", " " * 8, "\t"])
def test_backspace_takes_a_level(code: Code, space: str) -> None:
    code.put(f"if True:\n{space}print(1)\n")
    code.end_of_line(2)
    code.press("Enter")
    code.type("if True:")
    code.press("Enter", "Backspace", "Backspace")
    code.type("print(2)")
    code.press("Backspace")
    wanted = f"if True:\n{space}print(1)\n{space}if True:\nprint(2\n"
    assert code.workspace.text() == wanted


def test_what_is_pasted_is_indented_as_the_file_is(code: Code) -> None:
    code.put("if True:\n    print(0)\n")
    code.press("Control+End")
    code.paste(TABBED)
    assert code.workspace.text() == "if True:\n    print(0)\n" + TABBED.replace("\t", "    ")
    code.runs()


def test_a_string_of_several_lines_is_pasted_as_it_is(code: Code) -> None:
    code.put("if True:\n    print(0)\n")
    code.press("Control+End")
    text = 'art = """\n\t/\\\n  \\/\n"""\n'
    code.paste(text)
    assert code.workspace.text().endswith(text)


def test_tab_and_shift_tab_go_by_the_levels_of_the_file(code: Code) -> None:
    code.put("if True:\n\tif True:\n\t\tprint(1)\n")
    code.press("Control+End", "Tab", "Tab")
    code.type("print(2)")
    assert code.workspace.text().endswith("\n\t\tprint(2)")
    code.press("Shift+Tab")
    assert code.workspace.text().endswith("\n\tprint(2)")
    code.runs()


def test_selected_lines_move_together(code: Code) -> None:
    code.put("if True:\n\tprint(1)\n\tprint(2)\n")
    code.press("ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Tab")
    assert code.workspace.text() == "if True:\n\t\tprint(1)\n\t\tprint(2)\n"
    code.press("Shift+Tab")
    assert code.workspace.text() == "if True:\n\tprint(1)\n\tprint(2)\n"
    code.press("Control+z")
    assert code.workspace.text() == "if True:\n\t\tprint(1)\n\t\tprint(2)\n"


def test_else_goes_to_its_if(code: Code) -> None:
    code.put("if False:\n\tprint(1)\n")
    code.end_of_line(2)
    code.press("Enter")
    code.type("else:")
    code.press("Enter")
    code.type("print(2)")
    assert code.workspace.text() == "if False:\n\tprint(1)\nelse:\n\tprint(2)\n"


def test_brackets_are_parted(code: Code) -> None:
    code.put("if True:\n\tprint\n")
    code.end_of_line(2)
    code.type("(")
    code.press("Enter")
    code.type("1")
    assert code.workspace.text() == "if True:\n\tprint(\n\t\t1\n\t)\n"
    code.runs()


def test_tabs_are_seen(monaco: Code) -> None:
    monaco.put("if True:\n    print(1)\n")
    expect(monaco.workspace.editor.locator(".view-overlays svg")).to_have_count(0)
    monaco.put(TABBED)
    expect(monaco.workspace.editor.locator(".view-overlays svg").first).to_be_visible()


def test_tabs_are_seen_on_a_phone(phone: Code) -> None:
    phone.put("if True:\n    print(1)\n")
    shown = phone.workspace.editor.locator(".cm-editor")
    expect(shown).to_have_attribute("data-tabs", "false")
    phone.put(TABBED)
    expect(shown).to_have_attribute("data-tabs", "true")
    expect(phone.workspace.editor.locator(".cm-highlightTab").first).to_be_visible()


def test_enter_takes_a_suggestion_and_tab_leaves_the_editor_where_that_is_wanted(
    monaco: Code,
) -> None:
    monaco.put("number = 1\nnum")
    monaco.press("Control+End", "Control+ ")
    suggested = monaco.workspace.editor.locator(".suggest-widget.visible").get_by_role("option")
    expect(suggested.filter(has_text="number").first).to_be_visible()  # not: Loading …
    monaco.press("Enter")
    assert monaco.workspace.text() == "number = 1\nnumber"
    monaco.press("Control+m", "Tab")
    assert monaco.workspace.text() == "number = 1\nnumber"
    expect(
        monaco.workspace.editor.locator("textarea, .native-edit-context").first
    ).not_to_be_focused()


def test_the_key_row_indents_as_the_file_does(phone: Code) -> None:
    phone.put("if True:\n\tprint(1)\n")
    phone.press("Control+End")
    phone.workspace.page.locator("#key-row").get_by_role("button", name="Tab").tap()
    phone.type("print(2)")
    assert phone.workspace.text() == "if True:\n\tprint(1)\n\tprint(2)"
