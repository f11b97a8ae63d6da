"""Runs an attacker's program as a student's would be: real sandbox, terminal and watch, on one limit backend."""

import asyncio
import contextlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from runner.executor.output_stream import Frame
from runner.executor.pty import PseudoTerminal
from runner.executor.terminal_pump import TerminalPump
from runner.executor.watch import Watch
from runner.languages import PYTHON
from runner.limits import KIB, MIB, Limits
from runner.protocol.reasons import Figures, ReasonCode
from runner.run_state import Outcome
from runner.sandbox import Size, seccomp
from runner.sandbox.bubblewrap import ExitStatus, Program, Sandbox
from runner.sandbox.limit_backends import LimitBackend
from tests.runner.sandbox.inside import ROOT, on_a_terminal
from tests.sandbox.machine import measured

LIMITS = Limits(
    cpu_seconds=20,  # a machine under load is not an attack
    wall_seconds=60,
    memory_bytes=64 * MIB,
    processes=16,
    disk_bytes=4 * MIB,
    disk_files=200,
    open_files=64,
    output_bytes=512 * KIB,
)
WAIT_SECONDS = 60
# `ATTACKS_FROM=windows`: each is started from a GUI run, with an X server beside the program.
SCREEN = Size(640, 480) if os.environ.get("ATTACKS_FROM") == "windows" else None
SERVER_BYTES = 12 * MIB if SCREEN else 0  # which the X server takes beside the program


@dataclass
class Ended:
    """What the attacker saw, and how its run ended."""

    output: bytes
    outcome: Outcome
    reason: tuple[ReasonCode, Figures]
    status: ExitStatus | None
    memory_peak_bytes: int
    limits: Limits

    @property
    def text(self) -> str:
        return self.output.decode(errors="replace").replace("\r\n", "\n")


@dataclass
class Attack:
    """A running program of an attacker."""

    sandbox: Sandbox
    terminal: PseudoTerminal
    watch: Watch
    pump: TerminalPump
    limits: Limits
    output: bytearray = field(default_factory=bytearray)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait_for(self, text: bytes) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while text not in self.output:
                self.heard.clear()
                await self.heard.wait()

    def take(self) -> None:
        """What a terminal in control does: reads and acknowledges."""
        while piece := self.pump.stream.next_piece("browser", time.monotonic()):
            assert isinstance(piece, Frame)
            self.output += piece.data
            end = piece.offset + len(piece.data)
            self.pump.stream.confirm("browser", end, end, resend=False, now=time.monotonic())
        self.heard.set()

    async def end(self) -> Ended:
        watching = asyncio.create_task(self.watch.run())
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                status = await self.sandbox.ended()
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
        self.watch.note_end(status)
        await self.pump.drain()
        exit_code, signal = (status.exit_code, status.signal) if status else (None, "SIGKILL")
        outcome = self.watch.outcome or (Outcome.FAILED if exit_code else Outcome.COMPLETED)
        if exit_code is None and self.watch.outcome is None:
            outcome = Outcome.FAILED
        reason = self.watch.explain(outcome, exit_code, signal)
        peak = self.watch.memory_peak_bytes
        return Ended(bytes(self.output), outcome, reason, status, peak, self.limits)


@contextlib.asynccontextmanager
async def attacking(
    backend: LimitBackend,
    source: str,
    limits: Limits = LIMITS,
    *,
    warm: bool = True,
    measure: bool = True,
) -> AsyncGenerator[Attack, None]:
    """A program that has started. Fails when the machine holds more than the run may have.

    `measure`: else nothing looks at the machine, where times matter.
    """
    attack: Attack
    limits = replace(limits, memory_bytes=limits.memory_bytes + SERVER_BYTES)
    watch = Watch(limits)
    pump = TerminalPump(
        limits,
        (24, 80),
        on_output=lambda: attack.take(),
        on_acked=lambda: None,
        on_overflow=lambda: watch.decide(Outcome.OUTPUT_LIMIT),
        on_held=lambda _: None,
    )
    pump.stream.attach("browser", 0, control=True, now=time.monotonic())
    with measured(limits, measure=measure):
        async with on_a_terminal(limits, backend, screen=SCREEN) as (sandbox, terminal):
            if warm and SCREEN is None:  # those of GUI runs do not wait in a pool
                await sandbox.warm()
            attack = Attack(sandbox, terminal, watch, pump, limits)
            watch.begin(sandbox, pump)
            pump.begin(terminal)
            argv = PYTHON.argv(PYTHON.main, [])
            await sandbox.launch(Program(argv, [(PYTHON.main, source)], PYTHON.environment))
            try:
                yield attack
            finally:
                pump.end()


async def attacked(backend: LimitBackend, source: str, limits: Limits = LIMITS) -> Ended:
    """From its start to its end."""
    async with attacking(backend, source, limits) as attack:
        return await attack.end()


def killed(
    executor: Callable[[str], object], backend: LimitBackend, seconds: float = 10
) -> tuple[list[psutil.Process], list[psutil.Process]]:
    """What ran below one of `executors` when it had said "up" and was killed, and what of it was
    left."""
    command = [sys.executable, "-m", executor.__module__, executor.__name__, backend.name]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == b"up\n"
            below = psutil.Process(process.pid).children(recursive=True)
        finally:
            process.kill()
    return below, psutil.wait_procs(below, timeout=seconds)[1]


REFUSED = ("EACCES", "EPERM", "EROFS", "ENOENT")  # which of them depends on the kernel


def matches(seen: object, expected: object) -> bool:
    """Several expected values are in a tuple."""
    return seen in expected if isinstance(expected, tuple) else seen == expected


# --- Many attempts in one program ----------------------------------------------------------------
ATTEMPTS_PROGRAM = Path(__file__).with_name("attempts.py")


def attempted(
    backend: LimitBackend,
    attempts: dict[str, tuple[str, object]],
    limits: Limits = LIMITS,
) -> tuple[Outcome, dict[str, object]]:
    """How the program with all attempts ended, and what each saw."""
    sources = [(sentence, source) for sentence, (source, _) in attempts.items()]
    numbers = seccomp.NUMBERS[platform.machine()]
    source = f"{ATTEMPTS_PROGRAM.read_text()}\ntry_all({sources!r}, {numbers!r})\n"
    ended = asyncio.run(attacked(backend, source, limits))
    seen = {}
    for line in ended.text.splitlines():
        with contextlib.suppress(json.JSONDecodeError):
            sentence, what = json.loads(line)
            seen[sentence] = what
    return ended.outcome, seen
