"""A compiler runs in the program's sandbox, before it, with a budget of its own."""

import asyncio
from dataclasses import replace

import pytest

from runner.executor.delivery import Delivery
from runner.infrastructure import messaging
from runner.languages import PYTHON
from runner.limits import MIB
from runner.protocol.channel import AttachViewer, ChannelMessage, RunPhase
from runner.protocol.messages import Phase
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.conversation import until
from tests.sandbox.compiling import BUILD, LIMITS, MADE_UP, Start, ended, starter

ASKS = f"""{BUILD} <<'END'
printf 'name? '
read name
echo "got <$name>"
END
"""


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, backend: LimitBackend) -> Start:
    return starter(monkeypatch, backend)


@pytest.mark.parametrize("warm", [True, False])
async def test_what_the_compiler_makes_runs_after_it(start: Start, warm: bool) -> None:
    compiler = f"echo making; echo 'echo made; exit 3' | {BUILD}"
    run, ending = await ended(start, compiler, warm=warm)
    assert run.text == "making\nmade\n"
    assert (ending.outcome, ending.exit_code) == (Outcome.FAILED, 3)
    assert ending.reason_code is ReasonCode.EXIT_CODE


async def test_a_compiler_that_fails_ends_the_run(start: Start) -> None:
    run, ending = await ended(start, f"echo 'main.sh:1: wrong'; echo 'echo ran' | {BUILD}; exit 4")
    assert run.text == "main.sh:1: wrong\n"
    assert (ending.outcome, ending.exit_code, ending.signal) == (Outcome.COMPILE_ERROR, 4, None)
    assert ending.reason_code is ReasonCode.COMPILE_ERROR


async def test_a_compiler_that_crashes_ends_the_run(start: Start) -> None:
    _, ending = await ended(start, "kill -SEGV $$")
    assert (ending.outcome, ending.signal) == (Outcome.COMPILE_ERROR, "SIGSEGV")
    assert ending.reason_code is ReasonCode.COMPILE_ERROR


async def test_a_compiler_that_makes_nothing_gains_nothing(start: Start) -> None:
    run, ending = await ended(start, "exit 0")
    assert "/tmp/build/program" in run.text
    assert ending.outcome is Outcome.FAILED


@pytest.mark.attacks
async def test_the_figures_of_the_program_are_its_own(start: Start) -> None:
    compiler = f"""/usr/bin/python3 -c '
import time
x = bytearray(50 << 20)
while time.process_time() < 1: pass'
sleep 0.2
echo 'sleep 0.4' | {BUILD}"""
    _, ending = await ended(start, compiler)
    assert ending.outcome is Outcome.COMPLETED
    assert ending.cpu_ms < 500
    assert ending.memory_peak_bytes < 40 * MIB
    assert 300 < ending.wall_ms < 1200


async def test_the_limits_of_both_are_their_own(start: Start) -> None:
    """The compiler needs more memory than a program may have, and then a program as much."""
    greedy = "/usr/bin/python3 -c 'x = bytearray(80 << 20); {}; print(len(x))'"
    program = greedy.format("import time; time.sleep(600)")
    run, ending = await ended(start, f'{greedy.format("1")}; echo "exec {program}" | {BUILD}')
    assert run.text == "83886080\n"
    assert ending.outcome is Outcome.MEMORY_LIMIT
    assert ending.figures == {"memory_bytes": LIMITS.memory_bytes}


async def test_a_language_may_need_more_memory(start: Start) -> None:
    """Also one that does not compile: the sandbox that waits has less."""
    changes = replace(PYTHON.limits, why="a test", memory_bytes=160 * MIB, processes=64)
    language = replace(PYTHON, limits=changes)
    source = "import resource; x = bytearray(120 << 20); print(resource.getrlimit(6)[0], len(x))"
    for warm in (True, False):
        run, ending = await ended(start, source, language=language, warm=warm)
        assert run.text == f"{64 + 3} {120 << 20}\n"
        assert ending.outcome is Outcome.COMPLETED


async def test_what_is_typed_meanwhile_reaches_the_program_once(start: Start) -> None:
    async with start(f"echo go; cat; read line </dev/tty & sleep 0.5; {ASKS}") as run:
        await run.wait_for("go")
        for text in ("A", "da\r"):
            run.type(text)
        assert run.task._pump.input.acked == 0
        ending = await run.ending(30)
    assert run.text.count("Ada") == 2  # its echo, and what the program says
    assert "got <Ada>" in run.text
    assert run.task._pump.input.acked == 2
    assert ending.outcome is Outcome.COMPLETED


async def test_much_that_is_typed_meanwhile_comes_whole(start: Start) -> None:
    compiler = f"echo go; sleep 0.3; echo 'stty -echo; echo up; wc -c' | {BUILD}"
    async with start(compiler) as run:
        await run.wait_for("go")
        for _ in range(60):
            run.type("x" * 999 + "\r")
        await run.wait_for("up")
        run.type("\x04")
        await run.ending(30)
    assert run.text.endswith("60000\n")


@pytest.mark.parametrize("compiler", ["trap '' INT; ", "trap 'exit 0' INT; ", ""])
async def test_ctrl_c_ends_the_compiler(start: Start, compiler: str) -> None:
    """One that ignores it, one that then claims to have finished, and others."""
    async with start(f"{compiler}echo go; sleep 600; {ASKS}") as run:
        await run.wait_for("go")
        run.type("typed before\x03")
        ending = await run.ending(10)
    assert ending.outcome is Outcome.COMPILE_ERROR
    assert ending.reason_code is ReasonCode.COMPILE_INTERRUPTED
    assert "^C" in run.text
    assert "name?" not in run.text
    assert "typed before" not in run.text


async def test_a_run_is_stopped_while_it_compiles(start: Start) -> None:
    async with start("echo go; sleep 600") as run:
        await run.wait_for("go")
        run.task.decide(Outcome.STOPPED)
        ending = await run.ending(10)
    assert (ending.outcome, ending.reason_code) == (Outcome.STOPPED, ReasonCode.STOPPED)


async def test_a_run_is_stopped_while_others_compile(start: Start) -> None:
    async with start("echo go") as run:
        turns = run.task._turns
        turns._busy.append(99)  # another user
        await until(lambda: bool(turns._waiting))
        run.task.decide(Outcome.STOPPED)
        ending = await run.ending(30)
    assert ending.outcome is Outcome.STOPPED
    assert (run.text, turns._busy, len(turns._waiting)) == ("", [99], 0)


async def test_who_reloads_while_it_compiles_is_told(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, ChannelMessage]] = []

    async def send(to: str, message: ChannelMessage) -> None:
        told.append((to, message))

    monkeypatch.setattr(messaging, "send", send)
    async with start(f"echo go; sleep 600; {ASKS}") as run:
        delivering = asyncio.create_task(run.task._delivery.run())
        await run.wait_for("go")
        attach = AttachViewer(run.task.id, "reloaded", 0, acked=0, control=False, asked_at=1.0)
        run.task.handle(attach)
        compiling, running = (RunPhase(run.task.id, phase) for phase in Phase)
        await until(lambda: ("reloaded", compiling) in told)
        assert ("reloaded", running) not in told
        run.task.decide(Outcome.STOPPED)
        delivering.cancel()
    assert ("reloaded", running) not in told


async def test_the_phase_follows_the_compiler(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    phases: list[Phase] = []
    monkeypatch.setattr(Delivery, "tell_phase", lambda _, phase: phases.append(phase))
    await ended(start, f"echo 'exit 0' | {BUILD}")
    assert phases == [Phase.COMPILING, Phase.RUNNING]
    await ended(start, "exit 1")
    assert phases == [Phase.COMPILING, Phase.RUNNING, Phase.COMPILING]
    await ended(start, "print(1)", language=PYTHON)
    assert len(phases) == 3


async def test_a_missing_toolchain_is_told(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    language = replace(MADE_UP, needs=("/opt/coderunner/not/there",))
    run, ending = await ended(start, "exit 0", language=language)
    assert ending.reason_code is ReasonCode.TOOLCHAIN_MISSING
    assert run.text == ""
    assert "Traceback" not in caplog.text
    assert "/opt/coderunner/not/there" in caplog.text
