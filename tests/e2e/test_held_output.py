"""Ctrl+S in the terminal stops a program's output: the page says so, and any key resumes it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from runner.protocol.messages import Outcome
from tests.e2e.pages import serious_violations
from tests.e2e.workspace import Workspace
from tests.product import WebServer

COUNT = "import time\nfor number in range(10_000): print('tick', number); time.sleep(0.05)\n"
SENTENCE = "Ctrl+S has stopped the output. Press any other key in the terminal to go on."
NOTICE = "#terminal-notice"
MORE = "before => window.coderunner.terminalText().length > before"


@pytest.fixture
def held(workspace: Workspace) -> Workspace:
    workspace.start(COUNT)
    workspace.wait_for("tick 2")
    workspace.terminal.click()
    workspace.press("Control+s")
    expect(workspace.page.locator(NOTICE)).to_have_text(SENTENCE)
    expect(workspace.page.locator("#announcer")).to_have_text(SENTENCE)
    expect(workspace.state).to_have_text("Paused")
    return workspace


def goes_on(workspace: Workspace) -> None:
    expect(workspace.page.locator(NOTICE)).to_be_hidden()
    expect(workspace.state).to_have_text("Running")
    workspace.wait_until(MORE, len(workspace.shown()))


def test_it_is_said_and_any_key_resumes_it(held: Workspace) -> None:
    expect(held.state).to_have_attribute("data-state", "running")
    assert serious_violations(held.page) == []
    held.press("x")
    goes_on(held)


@pytest.mark.parametrize("key", ["Enter", "Space", "ArrowUp", "Control+q", "Escape"])
def test_each_key_resumes_it(held: Workspace, key: str) -> None:
    held.press(key)
    goes_on(held)
    held.press("Control+s")
    expect(held.state).to_have_text("Paused")


def test_it_is_said_after_a_reload_too(held: Workspace) -> None:
    held.reload()
    expect(held.page.locator(NOTICE)).to_have_text(SENTENCE)
    held.terminal.click()
    held.press("x")
    goes_on(held)
    held.reload()
    expect(held.state).to_have_text("Running")
    goes_on(held)


def test_the_end_of_the_run_ends_it(held: Workspace) -> None:
    held.stop.click()
    held.wait_for_end(Outcome.STOPPED)
    expect(held.page.locator(NOTICE)).to_be_hidden()
    held.start("print('next')")
    held.wait_for_end(Outcome.COMPLETED)
    expect(held.state).to_have_text("Finished")


def test_ctrl_c_ends_a_program_whose_output_is_stopped(held: Workspace) -> None:
    held.press("Control+c")
    held.wait_for_end(Outcome.FAILED)


def test_in_the_editor_the_same_keys_save(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    workspace.start(COUNT)
    workspace.wait_for("tick 2")
    workspace.editor.locator(".view-line").first.click()
    workspace.press("Control+s")
    workspace.wait_for_save()
    goes_on(workspace)


def test_a_program_that_reads_keys_gets_the_key(workspace: Workspace) -> None:
    workspace.start(
        "import os, tty\ntty.setraw(0)\nprint('ready', end='', flush=True)\n"
        "print(repr(os.read(0, 9)), end='', flush=True)\ninput()"
    )
    workspace.wait_for("ready")
    workspace.terminal.click()
    workspace.press("Control+s")
    workspace.wait_for(r"b'\x13'")
    expect(workspace.state).to_have_text("Waiting")


def test_it_is_said_in_german(
    context: BrowserContext, open_workspace: Callable[[], Workspace]
) -> None:
    context.set_extra_http_headers({"Accept-Language": "de"})
    workspace = open_workspace()
    workspace.start(COUNT)
    workspace.wait_for("tick 2")
    workspace.terminal.click()
    workspace.press("Control+s")
    expect(workspace.state).to_have_text("Angehalten")
    expect(workspace.page.locator(NOTICE)).to_contain_text("Strg+S hat die Ausgabe angehalten.")
    workspace.press("x")
    expect(workspace.state).to_have_text("Läuft")


def test_who_watches_is_told(held: Workspace, context: BrowserContext, site: WebServer) -> None:
    run = held.state.get_attribute("data-run")
    page = context.new_page()
    page.goto(f"{site.url}/runs/{run}/")
    status = page.locator("#live-status")
    expect(status).to_contain_text("Ctrl+S has stopped the output.")
    held.page.bring_to_front()
    held.press("x")
    expect(status).to_contain_text("Your program is running.")
