# size: one table, and the compiler that reads it
"""The system calls that programs may not make, as a filter for the kernel. Pure.

Everything is allowed except what is listed: calls that namespaces do not confine, calls that have
been used to escape from containers, and calls that no program of a student needs. A filter is a
classic BPF program (seccomp(2), linux/filter.h) that sees the number of the call, the architecture
and the arguments, but no memory. It compares the lower 32 bits of arguments, as the kernel does for
all arguments that are checked here.
"""

import errno
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from runner.sandbox.syscalls import AARCH64, X86_64

ALLOW, KILL, ERRNO = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
LOAD, JUMP_EQUAL, JUMP_ANY_BIT, JUMP_AT_LEAST, AND, RETURN = 0x20, 0x15, 0x45, 0x35, 0x54, 0x06
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
X32 = 0x4000_0000  # a second table of calls on x86_64, by this bit

# AUDIT_ARCH_…: what the kernel calls the only architecture a program may use here.
ARCHITECTURES = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
NUMBERS: dict[str, Mapping[str, int]] = {"x86_64": X86_64, "aarch64": AARCH64}

AF_UNIX, AF_INET, AF_INET6 = 1, 2, 10
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_TYPE = 1, 2, 3, 0xF
IPPROTO_IP, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMPV6 = 0, 1, 6, 17, 58
IPPROTO_IPV6, SO_SNDBUF, SO_RCVBUF, SO_ZEROCOPY = 41, 7, 8, 60
F_OFD_SETLK, F_OFD_SETLKW, F_NOTIFY, F_SETPIPE_SZ = 37, 38, 1026, 1031
PR_SET_SECCOMP = 22
CLONE_FILES, CLONE_THREAD, CLOSE_RANGE_UNSHARE = 0x400, 0x1_0000, 0x2
TIOCSTI, TIOCLINUX, TIOCSETD, TIOCCONS = 0x5412, 0x541C, 0x5423, 0x541D
MAP_HUGETLB, MFD_HUGETLB, SHM_HUGETLB = 0x4_0000, 0x4, 0x800
# CLONE_NEWNS, …CGROUP, …UTS, …IPC, …USER, …PID, …NET. (…TIME is a signal's bit here.)
NEW_NAMESPACE = 0x0002_0000 | 0x0200_0000 | 0x0400_0000 | 0x0800_0000 | 0x7000_0000


@dataclass(frozen=True, slots=True)
class Instruction:
    code: int
    operand: int
    if_true: int = 0  # instructions to skip
    if_false: int = 0


@dataclass(frozen=True, slots=True)
class Accept:
    """Allowed, whatever else is checked, when the argument has this value."""

    argument: int
    value: int

    def instructions(self) -> list[Instruction]:
        return [
            _load(self.argument),
            Instruction(JUMP_EQUAL, self.value, if_false=1),
            Instruction(RETURN, ALLOW),
        ]


@dataclass(frozen=True, slots=True)
class OneOf:
    """Refused unless the argument's bits of `mask` are one of `values`."""

    argument: int
    values: tuple[int, ...]
    error: int
    mask: int = 0xFFFF_FFFF

    def instructions(self) -> list[Instruction]:
        count = len(self.values)
        return [
            _load(self.argument),
            Instruction(AND, self.mask),
            *(
                Instruction(JUMP_EQUAL, value, if_true=count - number)
                for number, value in enumerate(self.values)
            ),
            _refuse(self.error),
        ]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Refused when the argument is one of `values`."""

    argument: int
    values: tuple[int, ...]
    error: int

    def instructions(self) -> Iterator[Instruction]:
        yield _load(self.argument)
        for value in self.values:
            yield Instruction(JUMP_EQUAL, value, if_false=1)
            yield _refuse(self.error)


@dataclass(frozen=True, slots=True)
class NoBit:
    """Refused when the argument has any of `bits`."""

    argument: int
    bits: int
    error: int

    def instructions(self) -> list[Instruction]:
        return [
            _load(self.argument),
            Instruction(JUMP_ANY_BIT, self.bits, if_false=1),
            _refuse(self.error),
        ]


Check = Accept | OneOf | NoneOf | NoBit

# Calls that are allowed with some arguments.
CHECKED: dict[str, tuple[Check, ...]] = {
    # TCP and UDP, of which nothing leads out, and no protocol whose module the kernel would load.
    "socket": (
        Accept(0, AF_UNIX),
        OneOf(0, (AF_INET, AF_INET6), errno.EAFNOSUPPORT),
        OneOf(1, (SOCK_STREAM, SOCK_DGRAM, SOCK_RAW), errno.EPROTONOSUPPORT, SOCK_TYPE),
        OneOf(
            2,
            (IPPROTO_IP, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMPV6),
            errno.EPROTONOSUPPORT,
        ),
    ),
    "socketpair": (OneOf(0, (AF_UNIX,), errno.EAFNOSUPPORT),),
    # Typing into a terminal, reading a console, and line disciplines that are drivers.
    "ioctl": (NoneOf(1, (TIOCSTI, TIOCLINUX, TIOCSETD, TIOCCONS), errno.EPERM),),
    "clone": (NoBit(0, NEW_NAMESPACE, errno.EPERM),),
    # Watching what is done in a folder: /usr is everybody's.
    "fcntl": (NoneOf(1, (F_NOTIFY,), errno.EINVAL),),
    # Large pages are reserved by the machine, and no control group counts them.
    "mmap": (NoBit(3, MAP_HUGETLB, errno.ENOMEM),),
    "memfd_create": (NoBit(1, MFD_HUGETLB, errno.ENOMEM),),
    "shmget": (NoBit(2, SHM_HUGETLB, errno.ENOMEM),),
}
# Where no control group bounds the kernel's memory, each object keeps its size, so that
# they can be counted (`kernel_memory.py`). Locks have an owner; pages in sockets are copies; all
# threads of a process have the same descriptors. (`unshare` is refused everywhere.)
CHECKED_UNACCOUNTED: dict[str, tuple[Check, ...]] = {
    "clone": (
        *CHECKED["clone"],
        OneOf(
            0,
            (0, CLONE_FILES, CLONE_THREAD | CLONE_FILES),
            errno.EPERM,
            CLONE_THREAD | CLONE_FILES,
        ),
    ),
    "close_range": (NoBit(2, CLOSE_RANGE_UNSHARE, errno.EPERM),),
    "setsockopt": (  # at other levels these numbers are of other options
        *(Accept(1, level) for level in (IPPROTO_IP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IPV6)),
        NoneOf(2, (SO_SNDBUF, SO_RCVBUF, SO_ZEROCOPY), errno.EPERM),
    ),
    "fcntl": (
        *CHECKED["fcntl"],
        NoneOf(1, (F_OFD_SETLK, F_OFD_SETLKW), errno.EINVAL),
        NoneOf(1, (F_SETPIPE_SZ,), errno.EPERM),
    ),
    "prctl": (NoneOf(0, (PR_SET_SECCOMP,), errno.EINVAL),),
}
# Libraries that find these missing do without.
MISSING = (
    "clone3",  # its flags are behind a pointer, where no filter sees them; libc then uses clone
    "io_uring_setup", "io_uring_enter", "io_uring_register",
    "io_setup",  # the machine has one store of these for everybody
    # Who uses a file of /usr, and when, is nobody else's business.
    "inotify_init", "inotify_init1", "inotify_add_watch", "cachestat",
)  # fmt: skip
REFUSED = (
    # Keys are kept by user, not by namespace.
    "add_key", "keyctl", "request_key",
    # Large, and where holes are found.
    "bpf", "perf_event_open", "userfaultfd",
    # Files by number, around every mount.
    "name_to_handle_at", "open_by_handle_at",
    # Namespaces and mounts of one's own.
    "unshare", "setns", "chroot", "pivot_root", "mount", "umount2", "fsopen", "fsconfig",
    "fsmount", "fspick", "move_mount", "open_tree", "open_tree_attr", "mount_setattr",
    # Another process's descriptors.
    "pidfd_getfd", "kcmp",
    # A higher priority than that of processes that serve programs: see priority.py.
    "sched_setattr", "sched_setscheduler",
    # The machine's own; all of it needs privileges nobody in a sandbox has. A second wall.
    "acct", "adjtimex", "clock_adjtime", "clock_settime", "create_module", "delete_module",
    "fanotify_init", "finit_module", "get_kernel_syms", "init_module", "ioperm", "iopl",
    "kexec_file_load", "kexec_load", "lookup_dcookie", "migrate_pages", "move_pages",
    "nfsservctl", "query_module", "quotactl", "quotactl_fd", "reboot", "setdomainname",
    "sethostname", "settimeofday", "swapoff", "swapon", "sysfs", "syslog", "_sysctl", "uselib",
    "ustat", "vhangup",
)  # fmt: skip
# Memory that belongs to no process: only a control group can account for it.
UNACCOUNTED = (
    "memfd_create", "memfd_secret", "msgget", "semget", "shmget",
    "seccomp",  # filters
    "vmsplice",  # a pipe full of pages that nobody has any more
)  # fmt: skip


def supported(machine: str) -> bool:
    """Whether there is a filter for this machine (as `platform.machine()` calls it)."""
    return machine in ARCHITECTURES


def compiled(machine: str, *, accounted: bool) -> bytes:
    """The filter as bubblewrap takes it: an array of struct sock_filter.

    `accounted` says that the kernel accounts all memory of a run to it, also what no process has.
    """
    return b"".join(
        struct.pack("=HBBI", step.code, step.if_true, step.if_false, step.operand)
        for step in program(machine, accounted=accounted)
    )


def program(machine: str, *, accounted: bool) -> list[Instruction]:
    numbers = NUMBERS[machine]
    steps = [
        Instruction(LOAD, ARCHITECTURE),
        Instruction(JUMP_EQUAL, ARCHITECTURES[machine], if_true=1),
        Instruction(RETURN, KILL),
        Instruction(LOAD, NUMBER),
    ]
    if machine == "x86_64":
        steps += [Instruction(JUMP_AT_LEAST, X32, if_false=1), Instruction(RETURN, KILL)]
    checked = CHECKED if accounted else CHECKED | CHECKED_UNACCOUNTED
    if not accounted:  # before anything that would allow some of them
        steps += _refusals(numbers, UNACCOUNTED, errno.ENOSYS)
    for name, checks in checked.items():
        body = [step for check in checks for step in check.instructions()]
        body.append(Instruction(RETURN, ALLOW))
        steps += [Instruction(JUMP_EQUAL, numbers[name], if_false=len(body)), *body]
    steps += _refusals(numbers, MISSING, errno.ENOSYS)
    steps += _refusals(numbers, REFUSED, errno.EPERM)
    return [*steps, Instruction(RETURN, ALLOW)]


def _refusals(
    numbers: Mapping[str, int], names: Iterable[str], error: int
) -> Iterator[Instruction]:
    for name in names:
        if name in numbers:  # some there never were on younger architectures
            yield Instruction(JUMP_EQUAL, numbers[name], if_false=1)
            yield _refuse(error)


def _load(argument: int) -> Instruction:
    """Its lower half: both architectures are little-endian."""
    return Instruction(LOAD, ARGUMENTS + 8 * argument)


def _refuse(error: int) -> Instruction:
    return Instruction(RETURN, ERRNO | error)
