# size: one sandbox, from its start to its last process
"""One sandbox: a bubblewrap container for one program on one terminal, used once.

Code outside the container uses process ids and descriptors only. It never opens a path in a
directory that user code can write.
"""

import asyncio
import contextlib
import logging
import os
import select
import signal
import socket
import time
from collections.abc import Container, Coroutine
from dataclasses import replace
from types import TracebackType
from typing import Any

from runner.infrastructure.optimisations import ALL, Optimisation
from runner.limits import MIB, Limits, Shortage
from runner.sandbox import interpreter, limit_backends, system_files, walls
from runner.sandbox.home import Collected, Conversation, OnNewFiles
from runner.sandbox.interpreter import NO_PROGRAM
from runner.sandbox.limit_backends import LimitBackend, Usage
from runner.sandbox.limit_backends.used_cores import OF_THIS_PROCESS, cores_of_child
from runner.sandbox.priority import StartBoost, of_processes
from runner.sandbox.program import ExitStatus, Program, TerminalUse, parse
from runner.sandbox.screens import LISTENER, Size, connect, message_to_start
from runner.sandbox.spawner import Process, Request, SandboxFailed, all_gone, answer, spawner
from runner.sandbox.uids import sandbox_uids

__all__ = ["ExitStatus", "Program", "Sandbox", "SandboxFailed", "TerminalUse"]

logger = logging.getLogger(__name__)
START_SECONDS = {False: 10.0, True: 60.0}  # of a start, which takes 15 ms; by whether it gives way
OWN_CPU_SECONDS = 0.1  # of a start at most: what is more a program has used that was quicker
PROCESSES = 2  # bubblewrap, and the namespace's init: when they have ended, all have
INFO_BYTES = 1000
SAID_SECONDS = 0.5  # for what bubblewrap says when it fails
LINE_BYTES = 64  # of what inside.py says
PIECE_BYTES = 1 * MIB  # of a data file: as much of it is held twice
PLACED = 137  # the nanoseconds of a time that no clock of the kernel gives to a file
GO, UP = b"!", b"up\n"  # to bubblewrap, from inside.py


class Sandbox:
    """`async with Sandbox(limits) as sandbox:` creates the container, with a terminal. `launch()`
    starts a program in it; it is faster after `warm()`, which starts an interpreter that waits.
    After a compiler, which `compiled()` waits for, `follow()` starts what it has made.

    Its processes: bubblewrap, outside; the namespace's init, whose death kills everything inside;
    and inside.py, once it is started, which reports how the program ended.
    """

    def __init__(
        self,
        limits: Limits,
        backend: LimitBackend | None = None,
        optimisations: Container[str] = ALL,
        python: str = "",
        screen: Size | None = None,
    ) -> None:
        """`python`: the interpreter that waits, see interpreter.py. `screen`: of a GUI run."""
        self._terminal: int | None = None
        self._limits = limits
        self._backend = backend or limit_backends.chosen_backend()
        self._cleanup = contextlib.ExitStack()
        self._processes: list[Process] = []
        self._inside: Process | None = None
        self._python = python
        self._first = ""  # the interpreter that inside.py runs on
        self._begun = False  # something runs in it
        self._optimisations = optimisations
        self._boost: StartBoost | None = None
        self._seconds_before = 0.0  # of processor time, that the program has not used
        self._inner: Conversation | None = None  # once something runs
        self._listeners: dict[str, socket.socket] = {}
        self._screen = screen
        self.over = False  # the program has ended, or its sandbox has

    async def __aenter__(self) -> "Sandbox":
        try:
            async with asyncio.timeout(START_SECONDS[self._limits.gives_way]):
                await self._spawn()
                await self._find_init()
        except (OSError, TimeoutError, SandboxFailed) as error:
            said = self._said()
            await self._close()
            raise SandboxFailed(said or f"the sandbox did not start: {error}") from error
        except BaseException:
            await self._close()
            raise
        return self

    async def _spawn(self) -> None:
        ours, theirs = socket.socketpair()
        self._control = self._cleanup.enter_context(ours)
        ours.setblocking(False)
        with theirs:
            uid = sandbox_uids.take()
            self._cleanup.callback(self._give_back, uid)
            self._resource_group = self._backend.open(self._limits)
            self._cleanup.callback(self._resource_group.close)
            waits = Optimisation.WAITING_INTERPRETER in self._optimisations
            self._first = walls.waiting(waits=waits, python=self._python)
            entrances = self._resource_group.entrances
            await spawner.ask(self._request(uid, waits=waits), [theirs.fileno(), *entrances])
        started = await answer(ours, len(walls.SOCKETS))
        process, self._disk, self._terminal, listeners = started
        for name, listener in zip(walls.SOCKETS, listeners, strict=True):
            self._listeners[name] = self._cleanup.enter_context(
                socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=listener)
            )
        self._resource_group.shut()
        self._cleanup.callback(os.close, self._disk)
        self._cleanup.callback(self._close_terminal)
        self._root = self._keep(process)

    def _request(self, uid: int, *, waits: bool) -> Request:
        backend, batch = self._backend, Optimisation.BATCH_SCHEDULING in self._optimisations
        niceness, scheduling = of_processes(backend.niceness, self._limits, batch=batch)
        kind = {"accounted": backend.accounted, "waits": waits, "screen": self._screen is not None}
        return Request(
            argv=walls.command(python=self._python, owned=sandbox_uids.separate, **kind),
            env={"PATH": walls.ENVIRONMENT["PATH"]},
            uid=uid,
            niceness=niceness,
            scheduling=scheduling,
            size=self._limits.disk_bytes,
            files=self._limits.disk_files + len(walls.SOCKETS) + kind["screen"],
            system=walls.system(self._limits, self._python),
            data=walls.files(python=self._python, **kind),
            control=walls.CONTROL,
            sockets=walls.SOCKETS,
            screen=[LISTENER] * kind["screen"],
        )

    def take_terminal(self) -> int:
        """The master of the program's terminal; from now on the caller's to close."""
        terminal, self._terminal = self._terminal, None
        assert terminal is not None
        return terminal

    def listener(self, name: str) -> socket.socket:
        """The side channel of that name, which the program connects to. Open as long as this."""
        return self._listeners[name]

    async def connect_to_screen(self) -> socket.socket:
        return await connect(self._disk)  # raises OSError without a GUI run's X server

    def _close_terminal(self) -> None:
        if self._terminal is not None:
            os.close(self.take_terminal())

    def _said(self) -> str:
        """The last line of what bubblewrap said when it failed: why."""
        if self._terminal is None:
            return ""
        self.kill()
        said = b""
        with contextlib.suppress(OSError):  # EIO: its end
            while select.select([self._terminal], [], [], SAID_SECONDS)[0]:
                said += os.read(self._terminal, 4096)
        return said.decode(errors="replace").strip().rpartition("\n")[2]

    def _keep(self, process: Process) -> Process:
        self._processes.append(process)
        self._cleanup.callback(process.close)
        return process

    async def _find_init(self) -> None:
        info = b""
        while not info.endswith(b"}\n"):
            info += (more := await self._receive(INFO_BYTES))
            if not more or len(info) > INFO_BYTES:
                raise SandboxFailed(f"bubblewrap ended before the container was ready: {info!r}")
        if (init := self._root.first_child()) is None:
            raise SandboxFailed("bubblewrap ended when the container was ready")
        self._init = self._keep(init)

    async def _receive(self, most: int) -> bytes:
        return await asyncio.get_running_loop().sock_recv(self._control, most)

    async def _send(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self._control, data)

    async def _begin(self, program: bytes = b"") -> None:
        """Starts the interpreter, and its program if there is one."""
        begin = {"limits": walls.resource_limits(self._limits), "waits": not program}
        begin |= {} if program == NO_PROGRAM else self._start_of_screen()
        first = interpreter.inside(self._first) + interpreter.message(begin)
        await self._send(GO + first + program)
        await self._until_up()
        self._begun = True
        if child := self._init.first_child():  # else the program is over
            self._inside = self._keep(child)
        self._inner = Conversation(self._control, self._inside, self._first, self._limits)
        self._seconds_before = min(self.usage().cpu_seconds, OWN_CPU_SECONDS)

    async def _until_up(self) -> None:
        if await self._receive(len(UP)) != UP:
            raise SandboxFailed("it ended before it was up")

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._close()

    async def warm(self) -> None:
        """Starts the interpreter, which waits for its program. Raises SandboxFailed."""
        await self._talk(self._begin())

    async def launch(self, program: Program) -> None:
        """The program starts, and before what runs already. Raises SandboxFailed."""
        OF_THIS_PROCESS.begin(id(self), time.monotonic())
        self._cleanup.callback(OF_THIS_PROCESS.forget, id(self))
        fits = program.limits is None or program.limits.fits(self._limits)
        alone = fits and not program.compiles
        if Optimisation.START_BOOST in self._optimisations:
            self._boost = StartBoost(lambda on: self._resource_group.boost(on=on))
            self._boost.begin()
            self._cleanup.callback(self._boost.forget)
        if not alone:
            await self._talk(self._launch_first(program))
        else:
            message = interpreter.message(self._fields(program))
            await self._talk(self._send(message) if self._begun else self._begin(message))
            if program.data:
                await self._talk(self._place(program))

    async def _place(self, program: Program) -> None:
        """Data follows its program in pieces, so that one file at a time is held."""
        for file in program.data:
            data = await file.load()
            for start in range(0, max(1, len(data)), PIECE_BYTES):
                stop = start + PIECE_BYTES
                piece = [file.path, data[start:stop], stop >= len(data)]
                await self._send(interpreter.message(piece))

    def _fields(self, program: Program) -> dict[str, object]:
        cores = system_files.cores(self._limits)
        return {
            "argv": program.argv,
            "env": {**walls.ENVIRONMENT, **program.environment},
            "files": [(path, text.encode()) for path, text in program.files],
            "mark": time.time_ns() // 1000 * 1000 + PLACED,
            "data": len(program.data),
            "cores": cores,
            "among": OF_THIS_PROCESS.least_used(cores, os.sched_getaffinity(0)),
        }

    async def _launch_first(self, program: Program) -> None:
        """In place of the interpreter that waits, whose limits can only be lowered."""
        await self._renew(program.limits)
        await (self._send(NO_PROGRAM) if self._begun else self._begin(NO_PROGRAM))
        await self._send(interpreter.next_programs(self._first) + self._next(program))
        await self._until_up()
        await self._place(program)

    async def follow(self, program: Program) -> None:
        """The next program starts, whose figures count from 0. Raises SandboxFailed."""
        await self._talk(self._follow(program))

    async def _follow(self, program: Program) -> None:
        await self._renew(program.limits)
        await self._send(self._next(program))
        await self._until_up()

    def _next(self, program: Program) -> bytes:
        """As next_programs.py reads it."""
        more = {
            "limits": walls.resource_limits(self._limits),
            "folders": list(program.folders),
            "types": not program.compiles,
            "last": not program.compiles,
        }
        more |= {} if program.compiles else self._start_of_screen()
        return interpreter.message(self._fields(program) | more)

    def _start_of_screen(self) -> dict[str, object]:
        """What inside.py does before the program: nothing, unless it is a GUI run's."""
        given = self._first, walls.resource_limits(self._limits)
        return message_to_start(self._screen, *given) if self._screen else {}

    async def _renew(self, limits: Limits | None) -> None:
        """In a thread: the kernel may have to take memory back first."""
        self._limits = limits or self._limits
        await asyncio.to_thread(self._resource_group.renew, self._limits)
        if self._begun:
            self._seconds_before = (await asyncio.to_thread(self._measure)).cpu_seconds

    async def _talk(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            async with asyncio.timeout(START_SECONDS[self._limits.gives_way]):
                await work
        except (OSError, TimeoutError) as error:
            raise SandboxFailed(f"nothing starts in the sandbox: {error!r}") from error

    def note_started(self) -> None:
        """It takes its turn like every other from now on; by itself soon, whatever it does."""
        if self._boost is not None:
            self._boost.end()

    async def compiled(self) -> ExitStatus | None:
        """How the compiler ended, once all that it started is dead; None if the sandbox ended."""
        said = b""
        with contextlib.suppress(OSError):
            while b"\n" not in said and len(said) < LINE_BYTES:
                if not (data := await self._receive(LINE_BYTES)):
                    return None
                said += data
        return parse(said)

    async def ended(self, on_new_files: OnNewFiles | None = None) -> ExitStatus | None:
        """How the program ended, once all its processes are dead; None if it was killed first.

        Processes that it left behind are killed with it and cannot delay the end. `on_new_files()`
        is called before that where it has written files: it may ask for `files()`.
        """
        said = await self._inner.until_report(on_new_files) if self._inner else b""
        self.over = True
        self.kill()
        if self._inner is not None:
            self._inner.end()
        await all_gone(self._processes)
        return parse(said)

    async def terminal_use(self) -> TerminalUse | None:
        """What the program does at this moment, while `ended()` listens; None if nobody answers.

        Only inside.py may be asked: its work is the run's, and it needs no right that a program has
        not.
        """
        return await self._inner.terminal_use() if self._inner else None

    async def files(self) -> Collected | None:
        """What is new in the home since the program was placed there, and since the last time; None
        if nobody answers. While `ended()` listens, or from its `on_new_files`."""
        return await self._inner.files() if self._inner else None

    def kill(self) -> None:
        """Kills every process of the sandbox: all of a namespace die with its init."""
        self._resource_group.kill()
        for process in self._processes:
            process.send(signal.SIGKILL)

    @property
    def alive(self) -> bool:
        return all(process.alive for process in self._processes)

    @property
    def look_seconds(self) -> float:
        """Interval between samples of its usage."""
        return self._backend.look_seconds

    @property
    def bounded_by_kernel(self) -> bool:
        """Whether the kernel itself limits memory and processor share."""
        return self._backend.accounted

    def usage(self) -> Usage:
        """Current usage of the program and all its processes; also after it has ended."""
        usage = self._measure()
        if self._inside is not None:
            cores, now = cores_of_child(self._inside.pid), time.monotonic()
            OF_THIS_PROCESS.note(id(self), cores, usage.cpu_seconds, now)
        return replace(usage, cpu_seconds=max(0.0, usage.cpu_seconds - self._seconds_before))

    def _measure(self) -> Usage:
        return self._resource_group.usage(self._root.pid, self._disk)

    def short_of(self) -> Shortage | None:
        """The limit that refused the program something, as far as is known."""
        space = os.fstatvfs(self._disk)
        if space.f_bfree == 0:
            return "disk_bytes"
        if space.f_ffree == 0:
            return "disk_files"
        return "processes" if self._resource_group.refused_processes() else None

    def keep_reporting(self) -> None:
        """A program may stop the process that reports its end; this resumes it."""
        if self._inside is not None:
            self._inside.send(signal.SIGCONT)

    def _give_back(self, uid: int) -> None:
        """To be called after the namespace's init has ended, and with it everything inside."""
        gone = len(self._processes) >= PROCESSES and not any(each.alive for each in self._processes)
        sandbox_uids.give_back(uid, surely_unused=gone)

    async def _close(self) -> None:
        with self._cleanup:
            if self._processes:
                self.kill()
                await all_gone(self._processes)
