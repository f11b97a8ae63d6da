# size: one command line, and what its parts are
"""The arguments of bubblewrap, which define the isolation of a program. The same for every run."""

import logging
import os
import platform
import resource
import shutil
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from runner.languages import LANGUAGES, PYTHON, TOOLCHAINS, on_host
from runner.limits import KIB, MIB, Limits
from runner.sandbox import absent_modules, interpreter, seccomp, system_files
from runner.sandbox.absent_modules import Cover
from runner.sandbox.limit_backends import OWN_PROCESSES
from runner.sandbox.packages import (
    SiteFolder,
    forget_mounts,
    readable,
    site_folder,
    without_start_files,
)
from runner.sandbox.spawner import SandboxFailed
from runner.sandbox.system_files import (
    COMMANDS,
    HOME,
    HOST,
    OWN_FOLDERS,
    SHELL,
    SIDE_CHANNELS,
    USER,
    USER_ID,
    Entry,
)

logger = logging.getLogger(__name__)
ENVIRONMENT = {
    "PATH": f"/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games:{COMMANDS}",
    "HOME": HOME,
    "USER": USER,
    "LOGNAME": USER,
    "SHELL": SHELL,
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "PWD": HOME,
}
# What languages need of the host's /etc, beside the folder of its Python's version; nothing that
# says whose machine this is.
ETC_SHARED = (
    "ld.so.cache", "alternatives", "fonts", "python3", "mime.types", "protocols", "services",
    "debian_version",
)  # fmt: skip
# The disk that `outside.py` has made and mounted. One mount holds all that a program may write but
# /dev/shm, so that files can be moved (`os.replace`) from /tmp to the home.
ROOT, SHARED_MEMORY = "/tmp/root", "/tmp/shm"
TERMINALS = "/tmp/pts"  # likewise
CHANNELS = "/tmp/channels"  # likewise: the side channels' sockets, which no program may change
SOCKETS = ["show", "debug"]  # names of these
# Of the machine, not of the program: how it was started, its keys, its drivers, what it is doing.
# What programs use stays, to be read alone: `stat`, `loadavg` and `meminfo` tell that it is busy.
HIDDEN = (
    "buddyinfo", "cmdline", "diskstats", "interrupts", "key-users", "keys", "latency_stats",
    "locks", "modules", "sched_debug", "schedstat", "softirqs", "timer_stats", "vmstat", "zoneinfo",
)  # fmt: skip
HIDDEN_FOLDERS = ("acpi", "asound", "pressure", "scsi")
# Memory of any size can be mapped from /dev/zero, and shared. This device too has zeros to read,
# but cannot be mapped.
ZEROS = ["--dev-bind", "/dev/full", "/dev/zero"]
NOTHING = "/tmp/nothing"  # an empty folder, likewise
STACK_BYTES = 8 * MIB  # address space of a thread's
SECCOMP_FD = 3  # after the terminal, three times
# The control socket, where bubblewrap first says which process is the namespace's init, and then,
# when the walls stand, waits for a byte before it starts what is to run in them.
INFO_FD, GATE_FD = 1997, 1998  # see interpreter.CONTROL
CONTROL = [INFO_FD, GATE_FD, interpreter.CONTROL]


def command(
    *, accounted: bool, owned: bool, waits: bool = True, python: str = "", screen: bool = False
) -> list[str]:
    """`waits`: with an interpreter that waits for its program, where this host's Python can.

    `accounted`: see seccomp. `owned`: the system's files are another user's than the program's.
    `python`: see interpreter.py. `screen`: of a GUI run. Raises SandboxFailed without
    bubblewrap."""
    bubblewrap = shutil.which("bwrap")
    if bubblewrap is None:
        raise SandboxFailed("bwrap is not installed")
    environment = {**ENVIRONMENT, **PYTHON.environment}
    etc = _of_etc(waits=waits, python=python)
    return [
        bubblewrap, "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent",
        "--share-net",  # the empty network that outside.py has made
        "--uid", str(USER_ID), "--gid", str(USER_ID), "--hostname", HOST,
        "--bind", ROOT, "/", "--ro-bind", "/usr", "/usr", *_mounts_of_root(), *_toolchains(),
        "--ro-bind", CHANNELS, SIDE_CHANNELS,
        *_version(python), *without_start_files(python),
        *_covered(SECCOMP_FD + 1 + len(etc), _covers(waits, python, screen)), *_etc(etc),
        "--proc", "/proc", *_hidden(), "--remount-ro", "/proc",
        "--dev", "/dev", "--dev-bind", TERMINALS, "/dev/pts", *([] if accounted else ZEROS),
        "--bind", SHARED_MEMORY, "/dev/shm", *([] if owned else _kept()),
        "--remount-ro", "/dev", "--chdir", HOME, "--clearenv",
        "--seccomp", str(SECCOMP_FD), "--info-fd", str(INFO_FD), "--block-fd", str(GATE_FD),
        *(part for name, value in environment.items() for part in ("--setenv", name, value)),
        "--", *interpreter.first_command(waiting(waits=waits, python=python)),
    ]  # fmt: skip


def waiting(*, waits: bool = True, python: str = "") -> str:
    """The interpreter that waits for its program; empty if none does."""
    if not waits:
        return ""
    site = site_folder(python)
    can = bool(_of_etc(waits=True, python=python)) or (site is not None and site.waits)
    return (python or PYTHON.run[0]) if can else ""


def system(limits: Limits, python: str = "") -> list[Entry]:
    """What `outside.py` makes on the disk."""
    allowed = len(os.sched_getaffinity(0))
    entries = system_files.entries(min(system_files.cores(limits), allowed))
    version = _version(python)[-1:]
    parts = [path for name in version for path in (Path(name), *Path(name).parents)][::-1]
    there = {path for _, path, _, _ in entries}
    folders = (str(path)[1:] for path in parts)
    more: list[Entry] = [("folder", p, 0o755, b"") for p in folders if p and p not in there]
    return [*entries, *more, *_mount_points()]


def files(
    *, accounted: bool, waits: bool = True, python: str = "", screen: bool = False
) -> list[bytes]:
    """What that command line finds in descriptors, from SECCOMP_FD. `accounted`: see seccomp.

    Raises SandboxFailed on a machine without a filter of system calls.
    """
    machine = platform.machine()
    if not seccomp.supported(machine):
        raise SandboxFailed(f"there is no filter of system calls for {machine}")
    calls = seccomp.compiled(machine, accounted=accounted)
    etc = _of_etc(waits=waits, python=python).values()
    covers = _covers(waits, python, screen)
    return [calls, *etc, *(source for cover in covers for source in cover.sources)]


def _of_etc(*, waits: bool, python: str) -> Mapping[str, bytes]:
    return interpreter.files() if waits and python in ("", PYTHON.run[0]) else {}


def _covers(waits: bool, python: str, screen: bool) -> list[Cover | SiteFolder]:
    site = site_folder(python, waits=waits)
    return [*absent_modules.covers(python, screen=screen), *([site] if site else [])]


def _covered(descriptor: int, covers: Iterable[Cover | SiteFolder]) -> list[str]:
    arguments = []
    for cover in covers:
        arguments += cover.arguments(descriptor)
        descriptor += len(cover.sources)
    return arguments


def _version(python: str) -> list[str]:
    """The folder of a Python that is not Debian's, and where it is mounted."""
    if not python or Path(python).is_relative_to("/usr"):
        return []
    folder = str(Path(python).parent.parent)
    return ["--ro-bind", folder, folder]


def resource_limits(limits: Limits) -> list[tuple[int, int]]:
    """The last line of defence, for each process: the run's resource group comes first.

    (RLIMIT_CORE is in outside.py.)"""
    return [
        (resource.RLIMIT_CPU, limits.cpu_seconds + 2),
        (resource.RLIMIT_DATA, 4 * limits.memory_bytes + limits.processes * STACK_BYTES),
        (resource.RLIMIT_FSIZE, limits.disk_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, limits.processes + OWN_PROCESSES),
        # Memory of the kernel:
        (resource.RLIMIT_SIGPENDING, 1024),  # signals and timers, 0.3 MiB
        (resource.RLIMIT_MSGQUEUE, 819_200),  # bytes of messages
        (resource.RLIMIT_MEMLOCK, 64 * KIB),  # of each process: files of /usr that stay in memory
        # A higher priority than that of processes that serve programs: see priority.py.
        (resource.RLIMIT_NICE, 0),
        (resource.RLIMIT_RTPRIO, 0),
    ]


def _kept() -> list[str]:
    """A program could change what is its own user's, so all but its own folders is read-only; then
    errors say so, and files cannot be moved between those."""
    own = (f"/{name}" for name in OWN_FOLDERS)
    binds = (part for path in own for part in ("--bind", f"{ROOT}{path}", path))
    return ["--remount-ro", "/", *binds]


def look_again() -> bool:
    """Whether the host has other folders of languages by now than sandboxes were made with; the
    next one is made with these."""
    before = _of_host()
    for found in (_mount_points, _toolchains, _of_languages):
        found.cache_clear()
    return _of_host() != before


def forget_host() -> None:
    """The next sandbox is made by what the machine has then. Of a machine whose packages were
    being upgraded a part may have been read that is not true any more."""
    found = (_mount_points, _mounts_of_root, _toolchains, _of_languages, _hidden)
    for remembered in found:
        remembered.cache_clear()
    interpreter.forget_host()
    absent_modules.forget_host()
    forget_mounts()


def _of_host() -> tuple[object, ...]:
    return _mount_points(), _toolchains(), _of_languages()


@cache  # like the others: a host is the same at most starts, see look_again()
def _mount_points() -> list[Entry]:
    links = [("link", name, 0, f"usr/{name}".encode()) for name in _of_root(link=True)]
    folders = [("folder", name, 0o755, b"") for name in _of_root(link=False)]
    folders += [("folder", TOOLCHAINS[1:], 0o755, b"")] if _toolchains() else []
    shared = [*(f"etc/{name}" for name in _shared()), *(path[1:] for path in _of_languages())]
    kinds = ((name, "folder" if Path("/", name).is_dir() else "file") for name in shared)
    return [*links, *folders, *((kind, name, 0o755, b"") for name, kind in kinds)]  # covered


def _of_root(*, link: bool) -> list[str]:
    """/bin, /lib … are links into /usr on the hosts we know; else they are mounted as they are."""
    paths = [Path("/", name) for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32")]
    return [path.name for path in paths if path.is_dir() and path.is_symlink() == link]


@cache
def _mounts_of_root() -> list[str]:
    return [part for name in _of_root(link=False) for part in ("--ro-bind", f"/{name}", f"/{name}")]


@cache
def _toolchains() -> list[str]:
    folder = on_host(TOOLCHAINS)
    if not folder.is_dir():
        return []
    if not readable(folder):
        _complain(folder)
        return []
    return ["--ro-bind", str(folder), TOOLCHAINS]


@cache  # once, however often it is looked at
def _complain(folder: Path) -> None:
    logger.error("Sandboxes cannot read %s, as others than its owner may not.", folder)


def _shared() -> list[str]:
    names = (*ETC_SHARED, interpreter.version())
    return [name for name in names if Path("/etc", name).exists()]


@cache
def _hidden() -> list[str]:
    covers = dict.fromkeys(HIDDEN, "/dev/null") | dict.fromkeys(HIDDEN_FOLDERS, NOTHING)
    return [
        part
        for name, cover in covers.items()
        if Path("/proc", name).exists()
        for part in ("--ro-bind", cover, f"/proc/{name}")
    ]


@cache
def _of_languages() -> list[str]:
    """What they need beside /usr and their toolchains: the configuration of Debian's packages."""
    paths = sorted({path for language in LANGUAGES.values() for path in language.system})
    return [path for path in paths if Path(path).exists()]


def _etc(more: Mapping[str, bytes]) -> list[str]:
    paths = (*(f"/etc/{name}" for name in _shared()), *_of_languages())
    arguments = [part for path in paths for part in ("--ro-bind", path, path)]
    for number, path in enumerate(more, SECCOMP_FD + 1):
        arguments += ["--ro-bind-data", str(number), path]
    return arguments
