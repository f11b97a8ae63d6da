"""Everything without a mouse."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from runner.protocol.messages import Outcome
from tests.cast import PASSWORD
from tests.e2e.workspace import Workspace
from tests.product import WebServer

MOST_TABS = 40  # from one end of the page to the other


def tab_to(page: Page, test_id: str, keys: str = "Tab") -> None:
    """Moves the focus until it is on, or inside, the element."""
    for _ in range(MOST_TABS):
        if page.evaluate(
            "id => document.activeElement.closest(`[data-testid=${id}]`) !== null", test_id
        ):
            return
        page.keyboard.press(keys)
    raise AssertionError(f"{keys} never reaches {test_id}")


def assert_focus_in(page: Page, test_id: str) -> None:
    assert page.evaluate(
        "id => document.activeElement.closest(`[data-testid=${id}]`) !== null", test_id
    )


def test_signing_in_needs_no_mouse(context: BrowserContext, site: WebServer) -> None:
    page = context.new_page()
    page.goto(site.url)
    page.locator("[name=login]").focus()
    page.keyboard.type("student0")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("run")).to_be_visible()


def test_control_enter_runs_from_the_editor(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    workspace.write('print("by", "keyboard")\n')
    workspace.editor.click()
    workspace.press("Control+Enter")
    workspace.wait_for("by keyboard")
    workspace.wait_for_end(Outcome.COMPLETED)
    assert workspace.text() == 'print("by", "keyboard")\n'


def test_control_enter_runs_from_anywhere_on_the_page(workspace: Workspace) -> None:
    workspace.write('print("from", "anywhere")\n')
    workspace.language.focus()
    workspace.press("Control+Enter")
    workspace.wait_for("from anywhere")


@pytest.mark.smoke
def test_a_conversation_needs_no_mouse(workspace: Workspace) -> None:
    workspace.write('print("Hello", input("Name? "))\ninput("More? ")\n')
    tab_to(workspace.page, "run")
    workspace.press("Enter")
    workspace.wait_for("Name?")
    workspace.page.keyboard.type("Ada\n")
    workspace.wait_for("More?")
    workspace.press("F6")  # Tab belongs to the program
    tab_to(workspace.page, "stop")
    workspace.press("Enter")
    workspace.wait_for_end(Outcome.STOPPED)


def test_f6_goes_round_the_panes(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    workspace.terminal.click()
    for part in ("run", "editor", "terminal"):
        workspace.press("F6")
        assert_focus_in(workspace.page, part)
    workspace.press("Shift+F6")
    assert_focus_in(workspace.page, "editor")


def test_the_split_moves_by_arrow_keys_and_stays(workspace: Workspace) -> None:
    split = workspace.page.get_by_role("separator")
    before = split.get_attribute("aria-valuenow")
    assert before
    split.focus()
    workspace.press("ArrowLeft")
    workspace.press("ArrowLeft")
    expect(split).not_to_have_attribute("aria-valuenow", before)
    after = split.get_attribute("aria-valuenow")
    assert after
    workspace.reload()
    expect(split).to_have_attribute("aria-valuenow", after)


def test_every_control_says_what_it_is(workspace: Workspace) -> None:
    for name in ("Run", "Stop", "Clear"):
        button = workspace.page.get_by_role("button", name=re.compile(name))
        expect(button.first).to_be_visible()
    expect(
        workspace.page.get_by_role("combobox", name=re.compile("language", re.I))
    ).to_be_visible()
