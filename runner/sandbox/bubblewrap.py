"""One sandbox: a bubblewrap container around one program on one terminal, used once.

Everything outside the container acts on processes and descriptors only: no path in a directory
that user code can write is ever opened from here.
"""

import asyncio
import contextlib
import fcntl
import logging
import os
import platform
import re
import resource
import shutil
import signal
import socket
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from runner.languages.python import PYTHON
from runner.limits import Limits
from runner.sandbox import interpreter, seccomp
from runner.sandbox.uids import sandbox_uids
from runner.sandbox.usage import Usage, measure

logger = logging.getLogger(__name__)
HOME = "/home/student"
USER_ID = 1000
START_SECONDS = 10.0  # a start takes 15 ms; a machine that needs this long is broken
KILL_SECONDS = 5.0
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": HOME,
    "USER": "student",
    "LOGNAME": "student",
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "PWD": HOME,
}
ETC_FILES = {
    "passwd": f"student:x:{USER_ID}:{USER_ID}::{HOME}:/bin/sh\n",
    "group": f"student:x:{USER_ID}:\n",
    "hosts": "127.0.0.1 localhost\n::1 localhost\n",
}
# What languages need of the host's /etc; nothing that says whose machine this is.
ETC_SHARED = ("ld.so.cache", "alternatives", "python3", "python3.11", "mime.types")
FIRST_FILE_FD = 3  # after the terminal, three times
SECCOMP_FD = FIRST_FILE_FD + len(ETC_FILES)
REPORT = re.compile(rb"(exit|signal) (\d{1,3}) (\d{1,12}) (\d{1,9})\n")


class SandboxFailed(Exception):
    """The sandbox itself could not be started or did not answer: our fault, not the program's."""


@dataclass(frozen=True, slots=True)
class Program:
    argv: list[str]
    files: Iterable[tuple[str, str]]  # path below the home, text
    environment: Mapping[str, str]  # of its language, beside every program's


@dataclass(frozen=True, slots=True)
class ExitStatus:
    exit_code: int | None
    signal: str | None  # "SIGSEGV"; exactly one of the two is set
    memory_peak_bytes: int  # of the main process
    cpu_seconds: float  # of the main process and the children it waited for


def command(limits: Limits) -> list[str]:
    """bubblewrap's command line: the same for every run."""
    size = str(limits.disk_bytes)
    environment = {**ENVIRONMENT, **PYTHON.environment}
    return [
        "bwrap", "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent",
        "--uid", str(USER_ID), "--gid", str(USER_ID), "--hostname", "sandbox",
        "--ro-bind", "/usr", "/usr", *_root_links(),
        *_etc(),
        "--proc", "/proc", "--dev", "/dev", "--size", size, "--tmpfs", "/dev/shm",
        "--size", size, "--tmpfs", "/tmp", "--size", size, "--tmpfs", HOME,
        "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME, "--clearenv",
        "--seccomp", str(SECCOMP_FD),
        *(part for name, value in environment.items() for part in ("--setenv", name, value)),
        "--", *interpreter.first_command(),
    ]  # fmt: skip


def _root_links() -> list[str]:
    """/bin, /lib … are links into /usr on the hosts we know; else they are mounted as they are."""
    arguments = []
    for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
        path = Path("/") / name
        if path.is_symlink():
            arguments += ["--symlink", f"usr/{name}", f"/{name}"]
        elif path.is_dir():
            arguments += ["--ro-bind", f"/{name}", f"/{name}"]
    return arguments


def _etc() -> list[str]:
    arguments = []
    for number, name in enumerate(ETC_FILES, FIRST_FILE_FD):
        arguments += ["--perms", "0444", "--file", str(number), f"/etc/{name}"]
    for name in ETC_SHARED:
        arguments += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    for number, path in enumerate(interpreter.FILES, SECCOMP_FD + 1):
        arguments += ["--ro-bind-data", str(number), path]
    return arguments


def resource_limits(limits: Limits) -> list[tuple[int, int]]:
    """The last line of defence, per process; the executor's watch comes first."""
    return [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, limits.cpu_seconds + 2),
        (resource.RLIMIT_DATA, 4 * limits.memory_bytes),
        (resource.RLIMIT_FSIZE, limits.disk_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, limits.processes + 3),  # bubblewrap's two, and inside.py
    ]


class Sandbox:
    """`async with Sandbox(slave, limits) as sandbox:` the walls stand and wait for a program."""

    def __init__(self, terminal_slave: int, limits: Limits) -> None:
        self._slave = terminal_slave
        self._limits = limits

    async def __aenter__(self) -> "Sandbox":
        with contextlib.ExitStack() as stack:
            self._spawn(stack)
            self._cleanup = stack.pop_all()
        try:
            async with asyncio.timeout(START_SECONDS):
                await self._wait_until_up()
        except (OSError, TimeoutError) as error:
            await self._close()
            raise SandboxFailed(f"the sandbox did not start: {error!r}") from error
        except BaseException:
            await self._close()
            raise
        return self

    def _spawn(self, stack: contextlib.ExitStack) -> None:
        """Starts the process; `stack` gives back what it takes."""
        ours, theirs = socket.socketpair()
        self._control = stack.enter_context(ours)
        ours.setblocking(False)
        with theirs:
            uid = stack.enter_context(sandbox_uids.taken())
            self._pid = _spawn(self._limits, uid, self._slave, theirs.fileno())
        self._pidfd = os.pidfd_open(self._pid)
        stack.callback(os.close, self._pidfd)
        loop = asyncio.get_running_loop()
        self._reaped = loop.create_future()
        loop.add_reader(self._pidfd, self._reap)

    async def _wait_until_up(self) -> None:
        loop = asyncio.get_running_loop()
        limits = interpreter.message({"limits": resource_limits(self._limits)})
        await loop.sock_sendall(self._control, interpreter.INSIDE + limits)
        if await loop.sock_recv(self._control, 3) != b"up\n":
            raise SandboxFailed("the sandbox ended before it was up")

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._close()

    async def launch(self, program: Program) -> None:
        """Hands the program in; it starts at once."""
        message = interpreter.message(
            {
                "argv": program.argv,
                "env": {**ENVIRONMENT, **program.environment},
                "files": [(path, text.encode()) for path, text in program.files],
            }
        )
        try:
            async with asyncio.timeout(START_SECONDS):
                await asyncio.get_running_loop().sock_sendall(self._control, message)
        except (OSError, TimeoutError) as error:
            raise SandboxFailed(f"the sandbox took no program: {error!r}") from error

    async def ended(self) -> ExitStatus | None:
        """How the program ended, all its processes dead; None when its sandbox was ended first."""
        report = b""
        with contextlib.suppress(OSError):
            loop = asyncio.get_running_loop()
            while len(report) < 64 and (data := await loop.sock_recv(self._control, 64)):
                report += data
        await asyncio.shield(self._reaped)
        return _parse(report)

    def kill(self) -> None:
        """Ends every process of the sandbox: with bubblewrap goes its namespace's init."""
        if not self._reaped.done():
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    @property
    def alive(self) -> bool:
        return not self._reaped.done()

    def usage(self) -> Usage:
        """What all processes of the sandbox use now."""
        return measure(self._pid, exact_from=self._limits.memory_bytes)

    def _reap(self) -> None:
        asyncio.get_running_loop().remove_reader(self._pidfd)
        os.waitpid(self._pid, 0)
        if not self._reaped.done():
            self._reaped.set_result(None)

    async def _close(self) -> None:
        """Bounded: a process that cannot be killed is left to the kernel and named in the log."""
        with self._cleanup:
            self.kill()
            try:
                async with asyncio.timeout(KILL_SECONDS):
                    await asyncio.shield(self._reaped)
            except TimeoutError:
                asyncio.get_running_loop().remove_reader(self._pidfd)
                logger.error("The sandbox's process %d cannot be killed.", self._pid)


def _spawn(limits: Limits, uid: int | None, slave: int, control: int) -> int:
    """bubblewrap's pid. It inherits the terminal, the control socket and the files of /etc."""
    if not seccomp.supported(platform.machine()):
        raise SandboxFailed(f"there is no filter of system calls for {platform.machine()}")
    argv = command(limits)
    if uid is not None:
        argv = ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--", *argv]
    executable = shutil.which(argv[0])
    if executable is None:
        raise SandboxFailed(f"{argv[0]} is not installed")
    with contextlib.ExitStack() as stack:
        etc = [text.encode() for text in ETC_FILES.values()]
        calls = seccomp.compiled(platform.machine(), accounted=False)
        contents = [*etc, calls, *interpreter.FILES.values()]
        files = [stack.enter_context(_memory_file(content)) for content in contents]
        targets = dict(enumerate([slave, slave, slave, *files])) | {interpreter.CONTROL: control}
        actions = []
        for target, source in targets.items():
            # Moved above the low targets first: a source may have the number of another's target.
            parked = fcntl.fcntl(source, fcntl.F_DUPFD_CLOEXEC, 100)
            stack.callback(os.close, parked)
            actions.append((os.POSIX_SPAWN_DUP2, parked, target))
        signals = signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}  # we may ignore some
        return os.posix_spawn(
            executable, argv, {"PATH": ENVIRONMENT["PATH"]},
            file_actions=actions, setsid=True, setsigmask=(), setsigdef=signals,
        )  # fmt: skip


@contextlib.contextmanager
def _memory_file(content: bytes) -> Iterator[int]:
    descriptor = os.memfd_create("sandbox")
    try:
        os.write(descriptor, content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


def _parse(report: bytes) -> ExitStatus | None:
    """Read as data: the user's program could have written it."""
    match = REPORT.match(report)
    if match is None:
        return None
    kind, (value, peak, cpu) = match[1], (int(number) for number in match.groups()[1:])
    if kind == b"exit":
        return ExitStatus(value, None, peak * 1024, cpu / 1000) if value < 256 else None
    if not 0 < value <= signal.SIGRTMAX:
        return None
    return ExitStatus(None, _signal_name(value), peak * 1024, cpu / 1000)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"SIGRTMIN+{number - signal.SIGRTMIN}"


def seal_descriptors() -> None:
    """Descriptors this process was started with, beyond the first three, go to no child."""
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            if int(name) > 2:
                os.set_inheritable(int(name), False)
