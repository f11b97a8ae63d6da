"""Run: the main job."""

import pytest
from playwright.sync_api import WebSocket, expect

from runner.protocol.messages import Outcome
from tests.e2e.conftest import OpenWorkspace
from tests.e2e.workspace import Workspace

GREETING = 'name = input("Name? ")\nprint("Hello", name)\n'


@pytest.mark.smoke
def test_a_student_answers_a_program_and_is_greeted(workspace: Workspace) -> None:
    workspace.start(GREETING)
    workspace.wait_for("Name?")
    workspace.type("Ada\n")
    workspace.wait_for("Hello Ada")
    workspace.wait_for_end(Outcome.COMPLETED)


@pytest.mark.smoke
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


def test_two_presses_of_run_start_one_program(workspace: Workspace) -> None:
    sent: list[str | bytes] = []
    workspace.page.on(
        "websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame))
    )
    workspace.reload()
    workspace.write('input("only once")')
    for presses in ("run => { run.click(); run.click(); }", "run => run.click()"):
        workspace.run.evaluate(presses)
        workspace.wait_for("only once")
        workspace.wait_for_state("running")
        workspace.type("\n")
        workspace.wait_for_end(Outcome.COMPLETED)
    starts = [message for message in sent if "start_interactive" in str(message)]
    assert len(starts) == 2


HELD_MS = 50  # less than the page's HOLD_MS
SCREENS = """([words, most]) => new Promise((seen) => {
    const screens = [];
    const run = document.querySelector("[data-testid=run]");
    const state = document.querySelector("[data-testid=run-state]");
    const text = () => document.querySelector(".xterm-rows").textContent;
    let pressed = 0;
    const look = () => {
        const screen = text();
        const time = performance.now() - pressed;
        if (screen.includes(words) || time > most) return seen(screens);
        screens.push([screen, state.textContent, run.disabled]);
        afterFrame();
    };
    const drawn = new MessageChannel();  // the page draws the terminal in the frame, too
    drawn.port1.onmessage = look;
    const afterFrame = () => requestAnimationFrame(() => drawn.port2.postMessage(0));
    const press = () => { pressed = performance.now(); run.click(); };
    screens.push([text(), state.textContent, run.disabled]);
    requestAnimationFrame(() => { press(); afterFrame(); });
})"""


def test_the_screen_changes_once_when_the_first_output_comes(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    workspace.start('print("the first")')
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.write('print("the", "second")')
    before, *later = workspace.page.evaluate(SCREENS, ["the second", HELD_MS])
    assert all(screen == before for screen in later)
    workspace.wait_for("the second")
    assert "the first" not in workspace.shown()


def test_software_does_not_draw_the_terminal_by_webgl(workspace: Workspace) -> None:
    """Chromium computes WebGL on the processor here, which is slower than its own drawing."""
    workspace.wait_until(
        "() => Object.keys(localStorage).some((key) => key.endsWith('webgl-slow-until'))"
    )
    expect(workspace.terminal.locator("canvas")).to_have_count(0)
    expect(workspace.terminal.locator(".xterm-rows")).to_have_count(1)


ASKS_THE_TERMINAL = r"""
import sys, tty
tty.setcbreak(0)
print("\x1b[6n", end="", flush=True)
answer = ""
while not answer.endswith("R"):
    answer += sys.stdin.read(1)
print("cursor", ascii(answer))
"""
# The start of a run is then shown with its first output, or not for a minute.
STRETCHED_HOLD = """
const set = window.setTimeout;
window.setTimeout = (call, time, ...rest) => set(call, time === 60 ? 60_000 : time, ...rest);
"""


@pytest.fixture
def held_workspace(open_workspace: OpenWorkspace) -> Workspace:
    workspace = open_workspace()
    workspace.page.add_init_script(STRETCHED_HOLD)
    workspace.reload()
    return workspace


def test_the_terminal_answers_the_first_output(held_workspace: Workspace) -> None:
    held_workspace.start(ASKS_THE_TERMINAL)
    held_workspace.wait_for("cursor '\\x1b[1;1R'")
    held_workspace.wait_for_end(Outcome.COMPLETED)


def test_keys_count_from_the_moment_the_program_runs(held_workspace: Workspace) -> None:
    page = held_workspace.page
    sockets: list[WebSocket] = []
    page.on("websocket", lambda socket: sockets.append(socket))
    held_workspace.reload()
    started = '"type":"started"'
    with sockets[-1].expect_event("framereceived", lambda frame: started in str(frame)):
        held_workspace.start("import time\ntime.sleep(2)\nprint('Hello', input())")
    expect(held_workspace.state).not_to_have_text("Running")  # the start is still held back
    page.keyboard.type("Ada\n")
    held_workspace.wait_for("Hello Ada")
    held_workspace.wait_for_end(Outcome.COMPLETED)
