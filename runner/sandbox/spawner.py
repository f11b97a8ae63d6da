"""Starts processes of sandboxes through a small process of its own: see `outside.py`."""

import asyncio
import atexit
import contextlib
import errno
import logging
import marshal
import os
import resource
import select
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import NamedTuple

from runner.sandbox.system_files import Entry
from runner.sandbox.uids import sandbox_uids

logger = logging.getLogger(__name__)
OUTSIDE = Path(__file__).parent / "outside.py"
RETRY_SECONDS = 0.002
KILL_SECONDS = 5.0
CLOSE_SECONDS = 2.0  # for ending all sandboxes
ANSWER_BYTES = 500
OF_A_PROCESS = 3  # descriptors in an answer, beside listening sockets
BUSY = (errno.EAGAIN, errno.ETOOMANYREFS)  # so many simultaneous starts that they must queue


class SandboxFailed(Exception):
    """The sandbox itself could not be started or did not answer: our fault, not the program's."""


@dataclass(frozen=True, slots=True)
class Request:
    """The request to `outside.py`, except descriptors."""

    argv: list[str]
    env: dict[str, str]
    uid: int  # of the host
    niceness: int
    scheduling: bytes  # of priority.py; empty: as of any process
    size: int  # bytes that the program may keep in files
    files: int  # how many of them, with the sockets
    system: list[Entry]  # of system_files.py, beside these
    data: list[bytes]  # each in a descriptor of its own, from the fourth
    control: list[int]  # the descriptors that its control socket is to have
    sockets: list[str] = field(default_factory=list)  # names of those that the program may reach
    screen: list[int] = field(default_factory=list)  # the descriptor of its X server's socket


class Process:
    """A process identified by a descriptor, so a reused process id is never mistaken for it."""

    def __init__(self, descriptor: int, pid: int) -> None:
        """Takes ownership of the descriptor."""
        self.pid = pid
        self._descriptor = descriptor
        self._loop = asyncio.get_running_loop()
        self._gone: asyncio.Future[None] = self._loop.create_future()
        self._loop.add_reader(descriptor, self._note_end)

    @property
    def alive(self) -> bool:
        return not self._gone.done()

    def send(self, number: signal.Signals) -> None:
        if self.alive:
            with contextlib.suppress(ProcessLookupError):  # its end is about to be noted
                signal.pidfd_send_signal(self._descriptor, number)

    async def gone(self) -> None:
        await asyncio.shield(self._gone)

    def first_child(self) -> "Process | None":
        """The oldest child: of an init, the one that it started, not one that it inherited.

        None if either has ended. A process that got one of their ids afterwards is never returned.
        """
        unless_ended = contextlib.suppress(FileNotFoundError, ProcessLookupError)
        with unless_ended, contextlib.ExitStack() as stack:
            if number := _first_child(self.pid):
                child = Process(os.pidfd_open(number), number)
                stack.callback(child.close)
                if number == _first_child(self.pid) and not self._has_ended():
                    stack.pop_all()
                    return child
        return None

    def _has_ended(self) -> bool:
        """Also if the event loop has not been notified yet."""
        end = select.poll()
        end.register(self._descriptor, select.POLLIN)
        return bool(end.poll(0))

    def _note_end(self) -> None:
        self._loop.remove_reader(self._descriptor)
        self._gone.set_result(None)

    def close(self) -> None:
        if self.alive:
            self._loop.remove_reader(self._descriptor)
        os.close(self._descriptor)


def _first_child(pid: int) -> int | None:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else None


def _allow_open_files() -> None:
    """As many as may be: programs of the same user may have a thousand on their way through
    sockets, and who may open fewer than that can then send none."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if now < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _users() -> list[str]:
    """The owner of the system's files and the ranges of sandboxes' users, as outside.py takes
    them. Raises OSError."""
    if sandbox_uids.owner is None:
        return []
    pairs = [(0, sandbox_uids.owner, 1), *((uid, uid, n) for uid, n in sandbox_uids.ranges)]
    return ["\n".join(f"{inside} {outside} {count}" for inside, outside, count in pairs)]


async def all_gone(processes: Iterable[Process]) -> None:
    """Bounded: one that cannot be killed is logged and left to the kernel."""
    for process in processes:
        try:
            async with asyncio.timeout(KILL_SECONDS):
                await process.gone()
        except TimeoutError:
            logger.error("Sandbox process %d did not exit after SIGKILL.", process.pid)


class Spawner:
    """Starts its process at the first request, and again if the process has died."""

    def __init__(self) -> None:
        self._requests: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    async def ask(self, request: Request, descriptors: Sequence[int]) -> None:
        """`answer()` on the control socket's other end tells what came of it.

        `descriptors`: the control socket, the resource group's. Raises OSError.
        Wants a time limit around it.
        """
        parts = {each.name: getattr(request, each.name) for each in fields(request)}
        message = marshal.dumps(parts, 2)
        while True:
            try:
                socket.send_fds(self._connection(), [message], descriptors)
                return
            except OSError as error:
                if error.errno not in BUSY:
                    self.close()
                    raise
                await asyncio.sleep(RETRY_SECONDS)

    def _connection(self) -> socket.socket:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._requests is None:
            _allow_open_files()
            self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            self._requests.setblocking(False)
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-I", "-S", str(OUTSIDE), *_users()],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    env={},
                    start_new_session=True,  # ^C for the executor must not reach the sandboxes
                )
            atexit.register(
                self.close
            )  # before what a limit backend registered: its groups are empty then
        return self._requests

    def close(self) -> None:
        """Ends the process, and with it every sandbox."""
        atexit.unregister(self.close)
        if self._requests is not None:
            self._requests.close()
            self._requests = None
        if self._process is not None:
            try:
                self._process.wait(CLOSE_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None


class Started(NamedTuple):
    """What `outside.py` has made; whoever asked for it owns the descriptors."""

    process: Process
    disk: int  # a descriptor of its file system
    terminal: int  # of the master
    listeners: tuple[int, ...] = ()  # of the sockets, as they were asked for


async def answer(control: socket.socket, sockets: int = 0) -> Started:
    """`sockets`: how many were asked for. Raises SandboxFailed."""
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(control, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(control)
    most = OF_A_PROCESS + sockets
    said, descriptors, _, _ = socket.recv_fds(control, ANSWER_BYTES, most, socket.MSG_CMSG_CLOEXEC)
    if len(descriptors) == most and said[:1] == b"+":
        process, disk, terminal, *listeners = descriptors
        (number,) = struct.unpack(">i", said[1:])
        return Started(Process(process, number), disk, terminal, tuple(listeners))
    for descriptor in descriptors:
        os.close(descriptor)
    raise SandboxFailed(said[1:].decode(errors="replace") or "no process could be started")


spawner = Spawner()
