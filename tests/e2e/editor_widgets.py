"""The editor at keys and mouse, and every widget of it and its panes, opened as a student does."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.e2e.workspace import Workspace

PROGRAM = '''def greet(name):
    """Says hello to somebody."""
    return "Hello " + name


class Dog:
    def bark(self):
        print("Woof")


greet("Ada")
'''


@dataclass(frozen=True)
class Widget:
    """`open` returns what it has opened; Escape closes it if it `closes`."""

    name: str
    open: Callable[[Workspace], Locator]
    floating: bool = True
    # False: keys act on it while the focus stays in the text.
    keyboard: bool = True
    closes: bool = True


def click_text(workspace: Workspace) -> None:
    workspace.editor.locator(".view-line").first.click()


def at_the_end(workspace: Workspace, text: str) -> None:
    workspace.write(text)
    click_text(workspace)
    workspace.press("Control+End")


def put_cursor(workspace: Workspace, line: int) -> None:
    """At the beginning of a line of the program."""
    click_text(workspace)
    workspace.press("Control+Home")
    for _ in range(line - 1):
        workspace.press("ArrowDown")


def find(workspace: Workspace) -> Locator:
    put_cursor(workspace, 1)
    workspace.press("Control+f")
    workspace.page.keyboard.insert_text("greet")
    expect(workspace.page.locator(".find-widget .matchesCount")).to_contain_text("2")
    return workspace.page.locator(".find-widget.visible")


def find_nothing(workspace: Workspace) -> Locator:
    put_cursor(workspace, 1)
    workspace.press("Control+f")
    workspace.page.keyboard.insert_text("nowhere")
    widget = workspace.page.locator(".find-widget.visible.no-results")
    expect(widget).to_be_visible()
    return widget


def replace(workspace: Workspace) -> Locator:
    put_cursor(workspace, 1)
    workspace.press("Control+h")
    widget = workspace.page.locator(".find-widget.visible.replaceToggled")
    expect(widget).to_be_visible()
    return widget


def find_tooltip(workspace: Workspace) -> Locator:
    widget = find(workspace)
    widget.locator(".codicon-find-selection").hover()
    return workspace.page.locator(".workbench-hover")


def suggestions(workspace: Workspace) -> Locator:
    put_cursor(workspace, 12)
    workspace.press("Control+Space")
    widget = workspace.page.locator(".suggest-widget.visible")
    expect(widget.get_by_role("option", name="greet")).to_be_visible()
    return widget


def hover_by_keys(workspace: Workspace) -> Locator:
    put_cursor(workspace, 11)
    workspace.press("Control+k")
    workspace.press("Control+i")
    return workspace.page.locator(".monaco-hover", has_text="Says hello")


def hover_by_mouse(workspace: Workspace) -> Locator:
    put_cursor(workspace, 1)
    word = workspace.editor.locator(".view-line").nth(10).locator("span > span").first
    word.hover(position={"x": 12, "y": 8})
    return workspace.page.locator(".monaco-hover", has_text="def greet(name)")


def context_menu(workspace: Workspace) -> Locator:
    workspace.editor.locator(".view-line").nth(10).click(button="right")
    return workspace.page.get_by_role("menu")


def context_menu_by_keys(workspace: Workspace) -> Locator:
    put_cursor(workspace, 11)
    workspace.press("Shift+F10")
    return workspace.page.get_by_role("menu")


def terminal_menu(workspace: Workspace) -> Locator:
    workspace.terminal.click(button="right")
    return workspace.page.get_by_role("menu")


def terminal_menu_by_keys(workspace: Workspace) -> Locator:
    workspace.terminal.click()
    workspace.press("Shift+F10")
    return workspace.page.get_by_role("menu")


def go_to_line(workspace: Workspace) -> Locator:
    put_cursor(workspace, 1)
    workspace.press("Control+g")
    return workspace.page.get_by_role("dialog")


def command_list(workspace: Workspace) -> Locator:
    workspace.press("F1")
    return workspace.page.get_by_role("dialog")


def file_menu(workspace: Workspace) -> Locator:
    workspace.page.locator("#file-menu").click()
    return workspace.page.get_by_role("menu")


def menu_of_a_tab(workspace: Workspace) -> Locator:
    workspace.page.get_by_role("tab").first.click(button="right")
    return workspace.page.get_by_role("menu")


def new_file(workspace: Workspace) -> Locator:
    workspace.page.locator("#add-file").click()
    return workspace.page.locator(".inline-edit")


def refused_file_name(workspace: Workspace) -> Locator:
    workspace.page.locator("#add-file").click()
    workspace.page.keyboard.type("main.py")
    return workspace.page.locator(".inline-problem")


def find_in_terminal(workspace: Workspace) -> Locator:
    workspace.terminal.click()
    workspace.press("Control+Shift+f")
    return workspace.page.locator("#terminal-search")


def folded(workspace: Workspace) -> Locator:
    put_cursor(workspace, 1)
    workspace.press("Control+Shift+BracketLeft")
    expect(workspace.editor.locator(".inline-folded")).to_have_count(1)
    workspace.editor.locator(".margin").first.hover(position={"x": 20, "y": 60})
    return workspace.editor.locator(".margin-view-overlays")


WIDGETS = (
    Widget("find", find),
    Widget("find nothing", find_nothing),
    Widget("replace", replace),
    Widget("find tooltip", find_tooltip, keyboard=False),
    Widget("suggestions", suggestions, keyboard=False),
    Widget("hover by keys", hover_by_keys, keyboard=False),
    Widget("hover by mouse", hover_by_mouse, keyboard=False),
    Widget("context menu", context_menu),
    Widget("context menu by keys", context_menu_by_keys),
    Widget("terminal menu", terminal_menu),
    Widget("terminal menu by keys", terminal_menu_by_keys),
    Widget("go to line", go_to_line),
    Widget("command list", command_list),
    Widget("file menu", file_menu),
    Widget("menu of a tab", menu_of_a_tab),
    Widget("new file", new_file, floating=False),
    Widget("refused file name", refused_file_name, keyboard=False),
    Widget("find in terminal", find_in_terminal),
    Widget("fold", folded, floating=False, keyboard=False, closes=False),
)


def find_by_touch(workspace: Workspace) -> Locator:
    workspace.page.locator("[data-command=find]").tap()
    return workspace.page.locator(".cm-panel.cm-search")


def suggestions_by_touch(workspace: Workspace) -> Locator:
    workspace.editor.tap()
    workspace.press("Control+End")
    workspace.press("Control+Space")
    widget = workspace.page.locator(".cm-tooltip-autocomplete")
    expect(widget.get_by_role("option", name="greet")).to_be_visible()
    return widget


def command_list_by_touch(workspace: Workspace) -> Locator:
    workspace.press("F1")
    return workspace.page.get_by_role("dialog")


def go_to_line_by_touch(workspace: Workspace) -> Locator:
    workspace.press("F1")
    workspace.page.keyboard.type("go to line")
    workspace.press("Enter")
    return workspace.page.get_by_role("dialog", name="Go to line")


def new_file_by_touch(workspace: Workspace) -> Locator:
    workspace.page.locator("#add-file").tap()
    return workspace.page.locator(".inline-edit")


TOUCH_WIDGETS = (
    Widget("find", find_by_touch, floating=False),
    Widget("suggestions", suggestions_by_touch, keyboard=False),
    Widget("command list", command_list_by_touch),
    Widget("go to line", go_to_line_by_touch),
    Widget("new file", new_file_by_touch, floating=False),
)
