"""Ending a program that does not end by itself."""

import pytest

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace

FLOOD = "while True:\n    print('never ends')\n"


def test_control_c_interrupts_an_endless_loop(workspace: Workspace) -> None:
    workspace.start('print("looping", flush=True)\nwhile True:\n    pass\n')
    workspace.wait_for("looping")
    workspace.press("Control+c")
    workspace.wait_for("KeyboardInterrupt")
    workspace.wait_for_end(Outcome.FAILED)


@pytest.mark.smoke
def test_control_c_interrupts_a_flood_of_output(workspace: Workspace) -> None:
    workspace.start(FLOOD)
    workspace.wait_for("never ends")
    workspace.press("Control+c")
    workspace.wait_for("KeyboardInterrupt")
    workspace.wait_for_end(Outcome.FAILED)


@pytest.mark.smoke
def test_stop_ends_a_program_that_ignores_control_c(workspace: Workspace) -> None:
    workspace.start(
        "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "print('deaf', flush=True)\nwhile True:\n    time.sleep(1)\n"
    )
    workspace.wait_for("deaf")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)


def test_stop_ends_a_flood_of_output(workspace: Workspace) -> None:
    workspace.start(FLOOD)
    workspace.wait_for("never ends")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)


def test_a_long_output_arrives_to_its_last_line(workspace: Workspace) -> None:
    workspace.start("for i in range(200_000):\n    print(i)\nprint('all', 'printed')\n")
    workspace.wait_for("all printed", seconds=40)
    workspace.wait_for_end(Outcome.COMPLETED)
    shown = workspace.shown().split()
    numbers = [int(word) for word in shown[: shown.index("all")]]
    assert numbers == list(range(numbers[0], 200_000))
