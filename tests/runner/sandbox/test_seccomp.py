"""The filter of system calls, read as the kernel reads it."""

import errno
import struct
from pathlib import Path

import pytest

from runner.sandbox import seccomp
from runner.sandbox.seccomp import ALLOW, ARCHITECTURES, ERRNO, KILL, NUMBERS

MACHINES = ("x86_64", "aarch64")
OTHER_ARCHITECTURES = {"i386": 0x4000_0003, "arm": 0x4000_0028, "riscv64": 0xC000_00F3}
CLONE_NEWUSER, CLONE_THREAD, SIGCHLD = 0x1000_0000, 0x1_0000, 17


def answer(machine: str, call: str | int, *arguments: int, architecture: int | None = None) -> int:
    """What the kernel would do with the call: the filter's own bytes, step by step."""
    number = NUMBERS[machine][call] if isinstance(call, str) else call
    padded = [*arguments, *(0xAAAA_AAAA_AAAA_AAAA for _ in range(6 - len(arguments)))]
    architecture = ARCHITECTURES[machine] if architecture is None else architecture
    data = struct.pack("<IIQ6Q", number, architecture, 0, *padded)
    code = seccomp.compiled(machine, accounted=False)
    steps: list[tuple[int, int, int, int]] = list(struct.iter_unpack("<HBBI", code))
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
def test_what_is_not_listed_is_allowed(machine: str) -> None:
    listed = set(NUMBERS[machine].values())
    for number in set(range(600)) - listed:
        assert answer(machine, number) == ALLOW


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_listed_is_refused_whatever_its_arguments(machine: str) -> None:
    for name in seccomp.REFUSED:
        if name in NUMBERS[machine]:
            assert answer(machine, name) == refused(errno.EPERM), name
    for name in (*seccomp.MISSING, *seccomp.UNACCOUNTED):
        if name in NUMBERS[machine]:
            assert answer(machine, name) == refused(errno.ENOSYS), name


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


@pytest.mark.parametrize("machine", MACHINES)
def test_memory_of_no_process_is_to_be_had_where_the_kernel_accounts_for_it(machine: str) -> None:
    strict = seccomp.program(machine, accounted=False)
    accounted = seccomp.program(machine, accounted=True)
    assert len(strict) > len(accounted) + 2 * len(seccomp.UNACCOUNTED)
    assert {step.operand for step in accounted} <= {step.operand for step in strict}
    number = NUMBERS[machine]["setsockopt"]
    assert all(step.operand != number for step in accounted if step.code == seccomp.JUMP_EQUAL)


@pytest.mark.parametrize("machine", MACHINES)
def test_buffers_of_sockets_keep_their_size_where_nobody_accounts_for_them(machine: str) -> None:
    for option in (7, 8, 0xFFFF_FFFF_0000_0007):  # SO_SNDBUF, SO_RCVBUF
        for level in (1, 0x7700_0000_0001):  # SOL_SOCKET
            assert answer(machine, "setsockopt", 3, level, option) == refused(errno.EPERM)
    for level, option in ((1, 2), (1, 9), (6, 1), (6, 8), (0, 8), (41, 7)):  # SO_REUSEADDR …
        assert answer(machine, "setsockopt", 3, level, option) == ALLOW


@pytest.mark.parametrize("machine", MACHINES)
def test_every_name_is_a_call_somewhere(machine: str) -> None:
    checked = {*seccomp.CHECKED, *seccomp.CHECKED_UNACCOUNTED}
    named = {*checked, *seccomp.MISSING, *seccomp.REFUSED, *seccomp.UNACCOUNTED}
    assert named == set(NUMBERS["x86_64"])
    assert set(NUMBERS[machine]) <= named


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
    assert [seccomp.supported(machine) for machine in (*MACHINES, "riscv64")] == [True, True, False]


@pytest.mark.parametrize("machine", MACHINES)
def test_descriptors_keep_their_size_and_tell_nothing_of_others(machine: str) -> None:
    for command in (37, 38, 1026, 0xFFFF_FFFF_0000_0402):  # F_OFD_SETLK, …LKW, F_NOTIFY
        assert answer(machine, "fcntl", 0, command, 0) == refused(errno.EINVAL)
    assert answer(machine, "fcntl", 0, 1031, 1 << 20) == refused(errno.EPERM)  # F_SETPIPE_SZ
    for command in (0, 1, 2, 3, 4, 5, 6, 7, 36, 1030, 1032, 1033):  # F_DUPFD … F_SETLKW, …
        assert answer(machine, "fcntl", 0, command, 0) == ALLOW
    assert answer(machine, "prctl", 22, 2, 0) == refused(errno.EINVAL)
    assert answer(machine, "prctl", 15, 0) == ALLOW  # PR_SET_NAME


@pytest.mark.parametrize("machine", MACHINES)
def test_all_threads_of_a_process_have_the_same_descriptors(machine: str) -> None:
    assert answer(machine, "clone", 0x3D0F00) == ALLOW  # as libc does
    assert answer(machine, "clone", 0x3D0F00 & ~seccomp.CLONE_FILES) == refused(errno.EPERM)
    assert answer(machine, "close_range", 3, 9, 0) == ALLOW
    assert answer(machine, "close_range", 3, 9, 2) == refused(errno.EPERM)
    assert answer(machine, "close_range", 3, 9, 6) == refused(errno.EPERM)
