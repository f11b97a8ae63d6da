"""What the executor hears from inside.py while a program runs and when it has ended: its report,
and answers to questions, of which one is open at a time."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Awaitable, Callable

from runner.limits import KIB, Limits
from runner.sandbox import interpreter
from runner.sandbox.home.reports import BadReport, Collected, Reports
from runner.sandbox.program import ANSWERS, TerminalUse, has_new_files
from runner.sandbox.spawner import Process

ANSWER_SECONDS = 1.0  # from inside.py, which the program's own work delays
AGAIN_SECONDS = 0.1
FILES_SECONDS = 1.0  # more than home_files.py takes at most
LINE_BYTES = 64  # of what inside.py says
REPORT_BYTES = 256 * KIB  # of files that it sends, at a time
ASK = signal.SIGUSR1  # also in inside.py
OnNewFiles = Callable[[], Awaitable[None]]


class Conversation:
    """`python`: the interpreter that inside.py runs on."""

    def __init__(
        self, control: socket.socket, inside: Process | None, python: str, limits: Limits
    ) -> None:
        self._control, self._inside, self._python = control, inside, python
        self._seconds = limits.returned_seconds + FILES_SECONDS
        self._reports = Reports(limits.returned_files, limits.returned_bytes)
        self._reported = b""  # how the program ended
        self._asking = asyncio.Lock()
        self._answer: asyncio.Future[TerminalUse] | None = None  # to the last question
        self._collected: asyncio.Future[Collected | None] | None = None  # likewise

    async def until_report(self, on_new_files: OnNewFiles | None) -> bytes:
        """How the program ended, as inside.py says it; something else if it has not said it.

        Where it says that there are new files, `on_new_files()` is called, which may ask for
        `files()`; inside.py waits for that."""
        with contextlib.suppress(OSError, BadReport):
            while not self._reported and await self._hear():
                pass
            if on_new_files is not None and has_new_files(self._reported):
                await on_new_files()
        return self._reported or self._reports.rest

    def end(self) -> None:
        if self._collected is not None and not self._collected.done():
            self._collected.set_result(None)

    async def _hear(self) -> bool:
        """Takes something of what inside.py says; false when it has ended. Raises BadReport."""
        most = REPORT_BYTES if self._collected is not None else LINE_BYTES
        if not (data := await asyncio.get_running_loop().sock_recv(self._control, most)):
            return False
        for one in self._reports.feed(data):
            if isinstance(one, Collected):
                if self._collected is not None and not self._collected.done():
                    self._collected.set_result(one)
            elif one in ANSWERS and self._answer is not None and not self._answer.done():
                self._answer.set_result(TerminalUse(one))
            elif not self._reported:
                self._reported = one
        return True

    async def terminal_use(self) -> TerminalUse | None:
        """See `Sandbox.terminal_use`."""
        if self._inside is None or self._asking.locked():
            return None
        try:
            async with self._asking, asyncio.timeout(ANSWER_SECONDS):
                if self._answer is None or self._answer.done():
                    reader = interpreter.reader(self._python)
                    question = interpreter.NO_CODE if self._answer else reader
                    self._answer = asyncio.get_running_loop().create_future()
                    await self._send(question)
                self._inside.send(ASK)  # again, if the last question came before the program did
                return await asyncio.shield(self._answer)
        except (OSError, TimeoutError):  # it ends, or it was stopped by the program
            return None

    async def files(self) -> Collected | None:
        """See `Sandbox.files`. A question that was not answered in time is still open: it is not
        asked twice."""
        if self._inside is None:
            return None
        async with self._asking:
            asked = self._collected is not None and not self._collected.done()
            if not asked:
                self._collected = asyncio.get_running_loop().create_future()
                self._reports.expect()
            assert self._collected is not None
            with contextlib.suppress(OSError, TimeoutError, BadReport):
                async with asyncio.timeout(self._seconds):
                    if not asked:
                        await self._send(interpreter.home_files(self._python))
                    await self._answered(self._collected, self._inside)
            return self._collected.result() if self._collected.done() else None

    async def _answered(self, collected: asyncio.Future[Collected | None], inside: Process) -> None:
        """Signals again and again: the first one may come before the program has begun, or for
        another question."""
        while not collected.done():
            if self._reported:
                if not await self._hear():
                    return
            else:
                inside.send(ASK)
                await asyncio.wait({collected}, timeout=AGAIN_SECONDS)

    async def _send(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self._control, data)
