# size: all tests of one filter
"""The filter of system calls, read as the kernel reads it."""

import errno
import re
import struct
from functools import cache
from pathlib import Path

import pytest

from runner.sandbox.seccomp import ARCHITECTURES, NUMBERS, compiled, rules, supported
from runner.sandbox.seccomp.checks import ALLOW, ERRNO, KILL

ROOT = Path(__file__).parents[3]
ARGUMENTS = [(0,) * 6, (1,) * 6, (0xFFFF_FFFF_FFFF_FFFF,) * 6, (0x5A5A_5A5A_5A5A_5A5A,) * 6]
MACHINES = ("x86_64", "aarch64")
OTHER_ARCHITECTURES = {"i386": 0x4000_0003, "arm": 0x4000_0028, "riscv64": 0xC000_00F3}
CLONE_NEWUSER, CLONE_THREAD, SIGCHLD = 0x1000_0000, 0x1_0000, 17


@cache
def program(machine: str, accounted: bool) -> list[tuple[int, int, int, int]]:
    return list(struct.iter_unpack("<HBBI", compiled(machine, accounted=accounted)))


def answer(
    machine: str,
    call: str | int,
    *arguments: int,
    architecture: int | None = None,
    accounted: bool = False,
) -> int:
    """What the kernel would do with the call: the filter's own bytes, step by step."""
    number = NUMBERS[machine][call] if isinstance(call, str) else call
    padded = [*arguments, *(0xAAAA_AAAA_AAAA_AAAA for _ in range(6 - len(arguments)))]
    architecture = ARCHITECTURES[machine] if architecture is None else architecture
    data = struct.pack("<IIQ6Q", number, architecture, 0, *padded)
    steps = program(machine, accounted)
    accumulator = position = 0
    while True:
        operation, if_true, if_false, operand = steps[position]
        position += 1
        match operation:
            case 0x20:
                accumulator = struct.unpack_from("<I", data, operand)[0]
            case 0x54:
                accumulator &= operand
            case 0x15:
                position += if_true if accumulator == operand else if_false
            case 0x35:
                position += if_true if accumulator >= operand else if_false
            case 0x45:
                position += if_true if accumulator & operand else if_false
            case 0x06:
                return operand
            case _:
                raise AssertionError(f"operation {operation:#x}")


def refused(error: int) -> int:
    return ERRNO | error


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_newer_than_the_table_is_missing(machine: str) -> None:
    known = set(NUMBERS[machine].values())
    for number in (*set(range(1024)) - known, 0x3FFF_FFFF):
        assert answer(machine, number) == refused(errno.ENOSYS), number


@pytest.mark.parametrize("accounted", [True, False])
@pytest.mark.parametrize("machine", MACHINES)
def test_every_call_is_answered_as_the_documentation_says(machine: str, accounted: bool) -> None:
    """Whatever its arguments; those that depend on them have tests below."""
    verdicts = documented()
    assert set(NUMBERS[machine]) <= set(verdicts)
    for name in NUMBERS[machine]:
        given = {answer(machine, name, *each, accounted=accounted) for each in ARGUMENTS}
        match verdicts[name]:
            case "refused":
                assert ALLOW not in given, name
                assert len(given) == 1, name
            case "refused (w)" if not accounted:
                assert given == {refused(errno.ENOSYS)}, name
            case "checked" | "refused (w)":
                assert name in rules.CHECKED or name in rules.CHECKED_UNACCOUNTED or accounted
            case verdict:
                assert verdict in ("counted", "harmless"), name
                assert given == {ALLOW}, name


def documented() -> dict[str, str]:
    """The verdict on each call in docs/system-calls.md, where each is found once."""
    verdicts: dict[str, str] = {}
    for line in (ROOT / "docs/system-calls.md").read_text().splitlines():
        if line.startswith("| `"):
            _, calls, verdict, reason, *_ = line.split("|")
            assert reason.strip()
            for name in re.findall(r"`(\w+)`", calls):
                assert name not in verdicts, f"{name} is judged twice"
                verdicts[name] = verdict.strip()
    return verdicts


def test_the_documentation_knows_no_other_calls() -> None:
    assert set(documented()) == {name for numbers in NUMBERS.values() for name in numbers}


@pytest.mark.parametrize("machine", MACHINES)
def test_the_core_limit_can_be_read_but_not_changed(machine: str) -> None:
    core, files = 4, 7
    for pointer in (1, 0x7FFC_0000_0000, 0xFFFF_FFFF, 1 << 63, 0x5555_0000_1000):
        for pid in (0, 1, 2, 77):
            assert answer(machine, "prlimit64", pid, core, pointer) == refused(errno.EPERM)
        high = core | 0xDEAD_BEEF_0000_0000  # the kernel takes an unsigned int
        assert answer(machine, "prlimit64", 0, high, pointer) == refused(errno.EPERM)
        assert answer(machine, "prlimit64", 0, files, pointer) == ALLOW
        assert answer(machine, "setrlimit", core, pointer) == refused(errno.EPERM)
        assert answer(machine, "setrlimit", high, pointer) == refused(errno.EPERM)
        assert answer(machine, "setrlimit", files, pointer) == ALLOW
    assert answer(machine, "prlimit64", 0, core, 0) == ALLOW


@pytest.mark.parametrize("machine", MACHINES)
def test_only_options_that_keep_nothing_are_set(machine: str) -> None:
    for level in (0, 1, 2, 6, 17, 41, 58, 255, 282, 0x1_0000_0001, 0xFFFF_FFFF):
        for option in range(128):
            given = answer(machine, "setsockopt", 3, level, option)
            lower = level & 0xFFFF_FFFF
            if option in rules.SOCKET_OPTIONS.get(lower, ()):
                assert given == ALLOW
            elif lower == 1 and option in (7, 8):  # SO_SNDBUF, SO_RCVBUF
                assert given == refused(0)
            elif option in rules.JOINS.get(lower, ()):
                assert given == refused(errno.ENODEV)
            else:
                assert given == refused(errno.ENOPROTOOPT)
    filters = {26, 50, 51, 52}  # SO_ATTACH_FILTER, BPF, REUSEPORT_CBPF, REUSEPORT_EBPF
    assert not filters & set(rules.SOCKET_OPTIONS[1])


@pytest.mark.parametrize("machine", MACHINES)
def test_shared_memory_is_small_where_nobody_accounts_for_it(machine: str) -> None:
    for size in (1, 4096, rules.SHARED_BYTES):
        assert answer(machine, "mmap", 0, size, 3, 0x21) == ALLOW
    for size in (rules.SHARED_BYTES + 1, 1 << 32, 1 << 40, (1 << 40) + 4096):
        assert answer(machine, "mmap", 0, size, 3, 0x21) == refused(errno.ENOMEM)
        assert answer(machine, "mmap", 0, size, 3, 0x8021) == refused(errno.ENOMEM)
        assert answer(machine, "mmap", 0, size, 3, 0x21, accounted=True) == ALLOW
        assert answer(machine, "mmap", 0, size, 3, 0x22) == ALLOW  # private
        assert answer(machine, "mmap", 0, size, 3, 0x1) == ALLOW  # of a file


@pytest.mark.parametrize("machine", MACHINES)
def test_what_writes_to_the_disks_of_the_machine_is_done_at_once(machine: str) -> None:
    for name in ("sync", "syncfs", "fsync", "fdatasync", "sync_file_range", "fadvise64"):
        assert answer(machine, name) == refused(0)
    assert answer(machine, "msync", 0, 4096, 4) == refused(0)  # MS_SYNC
    assert answer(machine, "msync", 0, 4096, 1) == ALLOW


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("other", OTHER_ARCHITECTURES.values(), ids=OTHER_ARCHITECTURES)
def test_calls_of_another_architecture_end_the_program(machine: str, other: int) -> None:
    for number in (0, 1, 41, 165):
        assert answer(machine, number, architecture=other) == KILL


def test_calls_of_x32_end_the_program() -> None:
    for number in (0, 41, 165, 512):
        assert answer("x86_64", 0x4000_0000 | number) == KILL
    assert answer("x86_64", 0xFFFF_FFFF) == KILL


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((1, 1, 0), 0),  # unix stream
        ((1, 5, 0), 0),  # unix seqpacket
        ((2, 1, 0), 0),  # tcp
        ((2, 1 | 0o2004000, 6), 0),  # tcp, SOCK_CLOEXEC | SOCK_NONBLOCK
        ((10, 2, 17), 0),  # udp over IPv6
        ((0xFFFF_FFFF_0000_0002, 1, 0), 0),  # the kernel takes an int
        ((16, 3, 0), errno.EAFNOSUPPORT),  # netlink
        ((17, 3, 0x300), errno.EAFNOSUPPORT),  # packet
        ((38, 5, 0), errno.EAFNOSUPPORT),  # kernel crypto
        ((40, 1, 0), errno.EAFNOSUPPORT),  # vsock
        ((0x1_0000_0000_0000 | 40, 1, 0), errno.EAFNOSUPPORT),
        ((2, 1, 132), errno.EPROTONOSUPPORT),  # sctp
        ((2, 5, 0), errno.EPROTONOSUPPORT),  # sctp, by its type
        ((2, 6, 33), errno.EPROTONOSUPPORT),  # dccp
    ],
)
def test_sockets_are_local_or_plain_internet_ones(
    machine: str, arguments: tuple[int, ...], error: int
) -> None:
    assert answer(machine, "socket", *arguments) == (refused(error) if error else ALLOW)


@pytest.mark.parametrize("machine", MACHINES)
def test_pairs_of_sockets_are_local(machine: str) -> None:
    assert answer(machine, "socketpair", 1, 1, 0) == ALLOW
    assert answer(machine, "socketpair", 16, 3, 0) == refused(errno.EAFNOSUPPORT)


@pytest.mark.parametrize("machine", MACHINES)
def test_nobody_types_into_a_terminal(machine: str) -> None:
    for request in (0x5412, 0x541C, 0xFFFF_FFFF_0000_5412, 0x1_0000_5412):
        assert answer(machine, "ioctl", 0, request, 0) == refused(errno.EPERM)
    for request in (0x5401, 0x5413, 0x5412_0000, 0x540E):  # TCGETS, TIOCGWINSZ, none, TIOCSCTTY
        assert answer(machine, "ioctl", 0, request, 0) == ALLOW


@pytest.mark.parametrize("machine", MACHINES)
def test_processes_and_threads_start_but_no_namespaces(machine: str) -> None:
    for flags in (SIGCHLD, 0x3D0F00 | CLONE_THREAD, 0x4100 | SIGCHLD, 0x0120_0000 | SIGCHLD):
        assert answer(machine, "clone", flags) == ALLOW
    for bit in (17, 25, 26, 27, 28, 29, 30):
        assert answer(machine, "clone", 1 << bit | SIGCHLD) == refused(errno.EPERM)
    assert answer(machine, "clone", CLONE_NEWUSER | 0xDEAD_0000_0000_0000) == refused(errno.EPERM)


@pytest.mark.parametrize("machine", MACHINES)
def test_memory_comes_in_ordinary_pages(machine: str) -> None:
    private, huge = 0x22, 0x4_0000
    assert answer(machine, "mmap", 0, 4096, 3, private) == ALLOW
    assert answer(machine, "mmap", 0, 4096, 3, private | huge) == refused(errno.ENOMEM)


def test_every_name_in_a_rule_is_a_call() -> None:
    answered = [name for names in rules.ANSWERED.values() for name in names]
    checked = {*rules.CHECKED, *rules.CHECKED_UNACCOUNTED}
    assert len(answered) == len(set(answered))
    assert not checked & set(answered)
    assert {*checked, *answered, *rules.UNACCOUNTED} <= set(NUMBERS["x86_64"])


def test_the_numbers_are_those_of_this_machines_kernel_headers() -> None:
    header = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
    if not header.exists():
        pytest.skip("the kernel's headers are not installed here: nothing to compare with")
    defined = dict(
        line.split()[1:3] for line in header.read_text().splitlines() if "define __NR_" in line
    )
    for name, number in NUMBERS["x86_64"].items():
        if f"__NR_{name}" in defined:  # headers may be older than a call
            assert int(defined[f"__NR_{name}"]) == number, name


def test_a_machine_without_a_filter_is_not_supported() -> None:
    assert [supported(machine) for machine in (*MACHINES, "riscv64")] == [True, True, False]


@pytest.mark.parametrize("machine", MACHINES)
def test_descriptors_keep_their_size_and_tell_nothing_of_others(machine: str) -> None:
    for command in (37, 38, 1026, 0xFFFF_FFFF_0000_0402):  # F_OFD_SETLK, …LKW, F_NOTIFY
        assert answer(machine, "fcntl", 0, command, 0) == refused(errno.EINVAL)
    assert answer(machine, "fcntl", 0, 1031, 1 << 20) == refused(errno.EPERM)  # F_SETPIPE_SZ
    for command in (0, 1, 2, 3, 4, 5, 6, 7, 36, 1030, 1032, 1033):  # F_DUPFD … F_SETLKW, …
        assert answer(machine, "fcntl", 0, command, 0) == ALLOW
    for option in (22, 62, 67, 78, 79, 1000, 0xFFFF_FFFF, 0x1_0000_0016):  # PR_SET_SECCOMP …
        assert answer(machine, "prctl", option, 2, 0) == refused(errno.EINVAL), option
    for option in (4, 15, 38, 77, 0x5356_4D41, 0x5961_6D61):  # PR_SET_DUMPABLE, …NAME …
        assert answer(machine, "prctl", option, 0) == ALLOW
    for advice in (12, 20, 21):  # MADV_MERGEABLE, …COLD, …PAGEOUT
        assert answer(machine, "madvise", 0, 4096, advice) == refused(errno.EINVAL)
    for advice in (0, 3, 4, 8, 14, 15, 23):
        assert answer(machine, "madvise", 0, 4096, advice) == ALLOW
    assert answer(machine, "pipe2", 0, 0o2004000) == ALLOW
    assert answer(machine, "pipe2", 0, 0x80) == refused(errno.ENOPKG)
    for name, flags in (("sendto", 3), ("sendmsg", 2), ("sendmmsg", 3)):
        before = (0,) * flags
        assert answer(machine, name, *before, 0x4040) == ALLOW
        assert answer(machine, name, *before, 0x8000) == refused(errno.EOPNOTSUPP)


@pytest.mark.parametrize("machine", MACHINES)
def test_all_threads_of_a_process_have_the_same_descriptors(machine: str) -> None:
    assert answer(machine, "clone", 0x3D0F00) == ALLOW  # as libc does
    assert answer(machine, "clone", 0x3D0F00 & ~rules.CLONE_FILES) == refused(errno.EPERM)
    assert answer(machine, "close_range", 3, 9, 0) == ALLOW
    assert answer(machine, "close_range", 3, 9, 2) == refused(errno.EPERM)
    assert answer(machine, "close_range", 3, 9, 6) == refused(errno.EPERM)
