"""A site on a school's network, without HTTPS: browsers give its pages no clipboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from runner.protocol.messages import Outcome
from tests.e2e.conftest import LAN
from tests.e2e.workspace import Workspace
from tests.product import WebServer


@pytest.fixture
def workspace(open_workspace: Callable[[str], Workspace], site: WebServer) -> Workspace:
    workspace = open_workspace(f"http://{LAN}:{site.port}")
    workspace.wait_for_everything()
    assert workspace.page.evaluate("isSecureContext") is False
    return workspace


@pytest.mark.smoke
def test_programs_run_and_are_saved(workspace: Workspace) -> None:
    workspace.page.get_by_role("button", name="New snippet").click()
    workspace.start("print('over', 'HTTP')")
    workspace.wait_for("over HTTP")
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.wait_for_save()


def test_pasting_by_menu_says_which_keys_paste(workspace: Workspace) -> None:
    page = workspace.page
    workspace.editor.locator(".view-line").first.click(button="right")
    page.get_by_role("menuitem", name="Paste").click()
    expect(page.get_by_role("alert").filter(has_text="Press Ctrl+V instead")).to_be_visible()
    page.keyboard.type("x")  # the text still has the focus
    workspace.wait_until("() => window.coderunner.getText().includes('x')")
    workspace.start("input('Name? ')")
    workspace.wait_for("Name?")
    workspace.terminal.click(button="right")
    page.get_by_role("menuitem", name="Paste").click()
    expect(page.get_by_role("alert").filter(has_text="Press Ctrl+V")).to_be_visible()


def paste_into_editor(workspace: Workspace) -> None:
    workspace.write("")
    workspace.editor.locator(".view-line").first.click()
    workspace.press("Control+v")


def test_the_terminal_is_copied_and_keys_paste_it(workspace: Workspace) -> None:
    workspace.start("print('wombat')")
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.terminal.click(button="right")
    workspace.page.get_by_role("menuitem", name="Select all").click()
    workspace.terminal.click()
    workspace.terminal.dblclick(position={"x": 20, "y": 10})
    workspace.press("Control+Shift+C")
    paste_into_editor(workspace)
    workspace.wait_until("() => window.coderunner.getText() === 'wombat'")


def test_what_is_selected_in_the_terminal_is_copied(workspace: Workspace) -> None:
    page = workspace.page
    workspace.press("Control+,")
    with page.expect_response("**/preferences/"):
        page.get_by_label("Copy on select").check()
    workspace.press("Escape")
    workspace.start("print('wombat')")
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.terminal.dblclick(position={"x": 20, "y": 10})
    paste_into_editor(workspace)
    workspace.wait_until("() => window.coderunner.getText() === 'wombat'")


def share(workspace: Workspace) -> str:
    """Presses Copy beside the link, which is returned."""
    workspace.write("print(1)")
    workspace.wait_for_save()
    workspace.page.get_by_test_id("share").click()
    dialog = workspace.page.get_by_role("dialog")
    dialog.get_by_role("checkbox").first.check()
    dialog.get_by_role("button", name="Copy").first.click()
    return dialog.get_by_label("Link to the snippet").input_value()


def test_a_link_is_copied(workspace: Workspace) -> None:
    link = share(workspace)
    expect(workspace.page.get_by_role("button", name="Copied")).to_be_visible()
    workspace.press("Escape")
    paste_into_editor(workspace)
    workspace.wait_until("link => window.coderunner.getText() === link", link)


def test_a_link_is_copied_by_hand_where_the_browser_refuses(workspace: Workspace) -> None:
    workspace.page.evaluate("() => { document.execCommand = () => false; }")
    link = share(workspace)
    expect(workspace.page.get_by_role("button", name="Press Ctrl+C")).to_be_visible()
    field = workspace.page.get_by_label("Link to the snippet")
    expect(field).to_be_focused()
    workspace.press("Control+c")
    workspace.press("Escape")
    paste_into_editor(workspace)
    workspace.wait_until("link => window.coderunner.getText() === link", link)
