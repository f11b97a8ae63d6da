"""Run options: the program's arguments, and Python that stays open."""

import re

from playwright.sync_api import Page, expect

from runner.protocol.messages import Outcome
from tests.e2e import surfaces
from tests.e2e.pages import serious_violations
from tests.e2e.workspace import Workspace

STORED = """() => Object.entries(localStorage)
    .find(([name]) => name.endsWith(":run-options"))[1]"""
SHOW = "import sys\nprint('got', sys.argv[1:])\n"


def mark(page: Page) -> str | None:
    return page.locator("#run-options").get_attribute("data-set")


def open_by_keyboard(workspace: Workspace) -> None:
    workspace.page.locator("#run-options").focus()
    workspace.press("Enter")
    expect(workspace.page.locator("#arguments")).to_be_focused()


def test_a_program_gets_its_arguments(workspace: Workspace) -> None:
    page = workspace.page
    assert mark(page) == "false"
    open_by_keyboard(workspace)
    page.keyboard.type("--name 'Ada Lovelace' \"\" a\\ b")
    expect(page.locator(".arguments li")).to_have_text(["--name", "Ada Lovelace", "", "a b"])
    assert serious_violations(page) == []
    workspace.press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    assert mark(page) == "true"
    expect(page.locator("#run-options")).to_have_accessible_name(re.compile("Ada Lovelace"))
    workspace.start(SHOW)
    workspace.wait_for("got ['--name', 'Ada Lovelace', '', 'a b']")
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.press("Control+Shift+Enter")  # Restart uses them, too
    workspace.wait_for("got ['--name'")


def test_they_belong_to_one_snippet_and_are_remembered(workspace: Workspace) -> None:
    """Given before the first save, which gives the snippet another key in this browser."""
    page = workspace.page
    open_by_keyboard(workspace)
    page.keyboard.type("one two")
    workspace.press("Enter")
    workspace.write(SHOW)
    workspace.press("Control+s")
    workspace.wait_for_save()
    first = page.url
    workspace.press("Alt+n")
    expect(page).not_to_have_url(first)
    assert mark(page) == "false"
    workspace.start(SHOW)
    workspace.wait_for("got []")
    workspace.wait_for_end(Outcome.COMPLETED)
    page.goto(first)
    workspace.wait_for_connection()
    expect(page.locator("#run-options")).to_have_attribute("data-set", "true")
    workspace.press("Control+Enter")
    workspace.wait_for("got ['one', 'two']")
    surfaces.by_command(workspace, "examples")
    page.get_by_role("button", name="Times table").click()
    expect(workspace.title).to_have_value("Times table")
    assert mark(page) == "false"


def test_what_cannot_be_split_is_not_used_and_said(workspace: Workspace) -> None:
    page = workspace.page
    open_by_keyboard(workspace)
    page.keyboard.type("good")
    page.locator("#arguments").fill("good 'bad")
    field = page.locator("#arguments")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#arguments-message")).to_have_text("The second ' is missing.")
    workspace.press("Enter")
    expect(page.locator("dialog")).to_be_visible()
    field.fill(" ".join("x" for _ in range(65)))
    expect(page.locator("#arguments-message")).to_contain_text("65 arguments; at most 64")
    field.fill("x" * 4097)
    expect(page.locator("#arguments-message")).to_contain_text("4097 characters; at most 4096")
    workspace.press("Escape")
    expect(page.locator(".toast")).to_contain_text("were not changed")
    workspace.start(SHOW)
    workspace.wait_for("got ['good']")


def test_reset_takes_everything_back(workspace: Workspace) -> None:
    page = workspace.page
    open_by_keyboard(workspace)
    page.keyboard.type("one")
    page.get_by_label("Keep Python open").check()
    assert mark(page) == "true"
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#arguments")).to_have_value("")
    expect(page.get_by_label("Keep Python open")).not_to_be_checked()
    assert mark(page) == "false"
    assert page.evaluate(STORED) == "[]"


def test_python_stays_open_with_the_programs_variables(workspace: Workspace) -> None:
    page = workspace.page
    open_by_keyboard(workspace)
    page.get_by_label("Keep Python open").check()
    workspace.press("Escape")
    workspace.start("animal = 'wombat'\nprint('ready')\n")
    workspace.wait_for(">>>")
    workspace.type("animal.upper()\n")
    workspace.wait_for("'WOMBAT'")
    workspace.type("exit()\n")
    workspace.wait_for_end(Outcome.COMPLETED)
