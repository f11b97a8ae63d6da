"""Run: the main job."""

from playwright.sync_api import expect

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace

GREETING = 'name = input("Name? ")\nprint("Hello", name)\n'


def test_a_student_answers_a_program_and_is_greeted(workspace: Workspace) -> None:
    workspace.start(GREETING)
    workspace.wait_for("Name?")
    workspace.type("Ada\n")
    workspace.wait_for("Hello Ada")
    workspace.wait_for_end(Outcome.COMPLETED)


def test_the_first_program_asks_for_input(workspace: Workspace) -> None:
    assert "input(" in workspace.text()
    workspace.run.click()
    workspace.wait_for_state("running")
    workspace.wait_for("name?")
    workspace.type("Ada\n")
    workspace.wait_for("Ada!")
    workspace.wait_for_end(Outcome.COMPLETED)


def test_run_puts_the_cursor_into_the_terminal(workspace: Workspace) -> None:
    workspace.start(GREETING)
    workspace.wait_for("Name?")
    workspace.page.keyboard.type("Grace\n")
    workspace.wait_for("Hello Grace")


def test_while_a_program_runs_it_can_be_stopped_but_not_run_again(workspace: Workspace) -> None:
    expect(workspace.run).to_be_enabled()
    expect(workspace.stop).to_be_disabled()
    workspace.start(GREETING)
    workspace.wait_for_state("running")
    expect(workspace.run).to_be_disabled()
    expect(workspace.stop).to_be_enabled()
    workspace.type("Ada\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    expect(workspace.run).to_be_enabled()
    expect(workspace.stop).to_be_disabled()


def test_a_second_run_begins_on_a_clean_terminal(workspace: Workspace) -> None:
    workspace.start('print("the first")')
    workspace.wait_for("the first")
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.start('print("the second")')
    workspace.wait_for("the second")
    assert "the first" not in workspace.shown()


def test_an_error_in_the_program_shows_its_traceback(workspace: Workspace) -> None:
    workspace.start("def half(x):\n    return x / 0\n\nhalf(1)\n")
    workspace.wait_for("ZeroDivisionError: division by zero")
    workspace.wait_for('File "')
    workspace.wait_for_end(Outcome.FAILED)


def test_other_alphabets_and_symbols_survive_both_ways(workspace: Workspace) -> None:
    workspace.start('print("→", input("¿Quién? "), "日本語 🐍")')
    workspace.wait_for("¿Quién?")
    workspace.page.keyboard.insert_text("Zoë")
    workspace.press("Enter")
    workspace.wait_for("→ Zoë 日本語 🐍")


def test_the_program_knows_how_large_the_terminal_is(workspace: Workspace) -> None:
    size = "import os; print('before', *os.get_terminal_size()); input()\n"
    workspace.start(size + "print('after', *os.get_terminal_size())")
    workspace.wait_for("before ")
    before = workspace.shown().split("before ")[1].split()[:2]
    workspace.page.set_viewport_size({"width": 1000, "height": 700})
    workspace.type("\n")
    workspace.wait_for("after ")
    assert workspace.shown().split("after ")[1].split()[:2] != before


def test_clear_empties_the_terminal(workspace: Workspace) -> None:
    workspace.start('print("to be cleared")')
    workspace.wait_for("to be cleared")
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.clear.click()
    workspace.wait_until("() => !window.coderunner.terminalText().includes('to be cleared')")
