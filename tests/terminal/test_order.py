"""A run is queued, started, prints and exits, in that order and with nothing missing."""

import pytest

from runner.limits import Limits
from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal_client import TerminalClient, open_terminal


async def test_a_conversation(terminal: TerminalClient) -> None:
    started = await terminal.start("name = input('Name? ')\nprint('Hello', name)")
    await terminal.wait_for_output("Name? ")
    await terminal.type("Ada\n")
    end = await terminal.wait_for_exit(Outcome.COMPLETED)
    assert bytes(terminal.output) == b"Name? Ada\r\nHello Ada\r\n"
    assert started["run"] == end["run"] == terminal.run
    assert started["language"] == "python"
    assert (end["exit_code"], end["signal"]) == (0, None)
    assert end["output_bytes"] == len(terminal.output)
    assert end["reason"] == "Your program finished."


async def test_messages_come_in_order(terminal: TerminalClient) -> None:
    await terminal.start("print('x' * 500_000)")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.history == ["connected", "queued", "started", "output", "exit"]
    assert terminal.offset == 500_002


async def test_the_first_in_the_queue_is_next(terminal: TerminalClient) -> None:
    await terminal.start("")
    assert (await terminal.wait_for("queued"))["position"] == 1


async def test_a_program_that_prints_nothing_exits_without_output(terminal: TerminalClient) -> None:
    await terminal.start("")
    end = await terminal.wait_for_exit(Outcome.COMPLETED)
    assert end["output_bytes"] == 0
    assert terminal.history == ["connected", "queued", "started", "exit"]


async def test_the_limits_in_force_are_told(terminal: TerminalClient) -> None:
    limits = Limits()
    assert (await terminal.start(""))["limits"] == {
        "cpu_seconds": limits.cpu_seconds,
        "wall_seconds": limits.wall_seconds,
        "idle_seconds": limits.idle_seconds,
        "memory_bytes": limits.memory_bytes,
        "processes": limits.processes,
        "disk_bytes": limits.disk_bytes,
        "output_bytes": limits.output_bytes,
    }


async def test_the_figures_of_a_run_are_told(terminal: TerminalClient) -> None:
    await terminal.start(
        "import time\nx = bytearray(50_000_000)\nwhile time.process_time() < 0.2: pass\ninput()"
    )
    await terminal.type("\n")
    end = await terminal.wait_for_exit(Outcome.COMPLETED)
    assert 190 <= end["cpu_ms"] < 5_000
    assert end["wall_ms"] >= 190
    assert 50_000_000 < end["memory_peak_bytes"] < 100_000_000


async def test_the_last_output_of_a_program_that_ends_at_once_is_not_lost(
    terminal: TerminalClient,
) -> None:
    for _ in range(5):
        await terminal.start("import os; os.write(1, b'x' * 3000 + b'end'); os._exit(0)")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        assert bytes(terminal.output) == b"x" * 3000 + b"end"


async def test_one_terminal_runs_one_program_after_the_other(terminal: TerminalClient) -> None:
    runs = set()
    for number in range(3):
        await terminal.start(f"print({number})")
        end = await terminal.wait_for_exit(Outcome.COMPLETED)
        assert bytes(terminal.output) == b"%d\r\n" % number
        runs.add(end["run"])
    assert len(runs) == 3


@pytest.mark.parametrize(
    ("source", "exit_code", "signal", "reason"),
    [
        ("exit(3)", 3, None, "ended with an error."),
        ("exit(139)", 139, None, "ended with an error."),
        ("1 / 0", 1, None, "ended with an error."),
        ("print(", 1, None, "ended with an error."),
        ("import os; os.kill(os.getpid(), 11)", None, "SIGSEGV", "the signal SIGSEGV"),
        ("import os; os.kill(os.getpid(), 9)", None, "SIGKILL", "the signal SIGKILL"),
        ("import signal; signal.raise_signal(40)", None, "SIGRTMIN+6", "the signal SIGRTMIN+6"),
    ],
)
async def test_a_program_that_fails_is_told_how(
    terminal: TerminalClient, source: str, exit_code: int | None, signal: str | None, reason: str
) -> None:
    await terminal.start(source)
    end = await terminal.wait_for_exit(Outcome.FAILED)
    assert (end["exit_code"], end["signal"]) == (exit_code, signal)
    assert reason in end["reason"]


async def test_while_a_program_runs_no_other_is_started_and_it_goes_on(
    terminal: TerminalClient,
) -> None:
    await terminal.start("print(input())")
    run = terminal.run
    start = {"language": "python", "files": [{"path": "x.py", "content": ""}]}
    await terminal.send("start_interactive", **start, rows=24, cols=80)
    refusal = await terminal.wait_for_error("already_running")
    assert refusal["run"] == run
    await terminal.type("still here\n")
    end = await terminal.wait_for_exit(Outcome.COMPLETED)
    assert end["run"] == run
    assert terminal.output.endswith(b"still here\r\n")


async def test_a_user_may_have_three_programs_running(server: WebServer, owner: SignedIn) -> None:
    async with (
        open_terminal(server, owner) as first,
        open_terminal(server, owner) as second,
        open_terminal(server, owner) as third,
        open_terminal(server, owner) as fourth,
    ):
        for terminal in (first, second, third):
            await terminal.start("input()")
        await fourth.request_start("print('now')")
        refusal = await fourth.wait_for_error("too_many_runs")
        assert refusal["run"] is None
        await first.send("stop")
        await first.wait_for_exit(Outcome.STOPPED)
        await fourth.start("print('now')")
        await fourth.wait_for_exit(Outcome.COMPLETED)
        assert bytes(fourth.output) == b"now\r\n"
        for terminal in (second, third):
            await terminal.type("\n")
            await terminal.wait_for_exit(Outcome.COMPLETED)


async def test_stopping_ends_a_program_whatever_it_does(terminal: TerminalClient) -> None:
    await terminal.start(
        "import signal\nfor number in (2, 15, 1): signal.signal(number, signal.SIG_IGN)\n"
        "print('go', flush=True)\nwhile True: pass"
    )
    await terminal.wait_for_output("go")
    await terminal.send("stop")
    end = await terminal.wait_for_exit(Outcome.STOPPED)
    assert (end["exit_code"], end["signal"]) == (None, None)
    assert end["reason"] == "You stopped your program."


async def test_a_program_may_be_stopped_before_it_has_started(terminal: TerminalClient) -> None:
    for _ in range(5):
        await terminal.request_start("while True: pass")
        await terminal.send("stop")
        await terminal.wait_for_exit(Outcome.STOPPED)


async def test_stopping_a_flood_ends_it_at_once_and_exactly(terminal: TerminalClient) -> None:
    await terminal.start("while True: print('x' * 1000)")
    await terminal.wait_for_bytes(1_000_000)
    await terminal.send("stop")
    end = await terminal.wait_for_exit(Outcome.STOPPED)
    assert end["output_bytes"] == terminal.offset
