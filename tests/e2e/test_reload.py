"""A page that is loaded again, by a student or by a browser that crashed."""

import pytest

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace

CONVERSATION = (
    'first = input("First? ")\nsecond = input("Second? ")\nprint("Together", first, second)\n'
)


@pytest.mark.smoke
def test_a_run_goes_on_where_it_was(workspace: Workspace) -> None:
    workspace.start(CONVERSATION)
    workspace.wait_for("First?")
    workspace.type("one\n")
    workspace.wait_for("Second?")
    workspace.reload()
    workspace.wait_for("First? one\nSecond? ")
    workspace.wait_for_state("running")
    workspace.type("two\n")
    workspace.wait_for("Together one two")
    workspace.wait_for_end(Outcome.COMPLETED)


def test_a_run_that_was_stopped_by_nobody_can_still_be_stopped(workspace: Workspace) -> None:
    workspace.start("print('here', flush=True)\nwhile True:\n    pass\n")
    workspace.wait_for("here")
    workspace.reload()
    workspace.wait_for("here")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)


def test_what_a_finished_run_printed_is_shown_again(workspace: Workspace) -> None:
    workspace.start('print("kept for later")')
    workspace.wait_for("kept for later")
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.reload()
    workspace.wait_for("kept for later")
    workspace.wait_for_end(Outcome.COMPLETED)


def test_after_a_finished_run_another_can_start(workspace: Workspace) -> None:
    workspace.start('print("one of two")')
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.reload()
    workspace.wait_for("one of two")
    workspace.start('print("two of two")')
    workspace.wait_for("two of two")
    workspace.wait_for_end(Outcome.COMPLETED)


@pytest.mark.smoke
def test_the_text_in_the_editor_is_kept(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    workspace.editor.click()
    workspace.press("Control+a")
    workspace.page.keyboard.insert_text("# not run yet\n")
    workspace.wait_until("() => window.coderunner.getText() === '# not run yet\\n'")
    workspace.reload()
    assert workspace.text() == "# not run yet\n"
