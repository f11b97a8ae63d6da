"""The filter of system calls, as a program for the kernel. Pure."""

import errno
import struct
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise

from runner.sandbox.seccomp.checks import (
    ALLOW,
    ARCHITECTURE,
    JUMP_AT_LEAST,
    JUMP_EQUAL,
    KILL,
    LOAD,
    NUMBER,
    RETURN,
    Instruction,
    instructions,
    refuse,
)
from runner.sandbox.seccomp.numbers import AARCH64, X86_64
from runner.sandbox.seccomp.rules import ANSWERED, CHECKED, CHECKED_UNACCOUNTED, UNACCOUNTED

X32 = 0x4000_0000  # a second table of calls on x86_64, by this bit

# AUDIT_ARCH_…: what the kernel calls the only architecture a program may use here.
ARCHITECTURES = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
NUMBERS: dict[str, Mapping[str, int]] = {"x86_64": X86_64, "aarch64": AARCH64}


def supported(machine: str) -> bool:
    """Whether there is a filter for this machine (as `platform.machine()` calls it)."""
    return machine in ARCHITECTURES


@cache  # each sandbox needs it, and to make it takes more than a millisecond
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
    if not accounted:  # before anything that would allow some of them
        steps += _answers(numbers, UNACCOUNTED, errno.ENOSYS)
    checked = CHECKED if accounted else CHECKED | CHECKED_UNACCOUNTED
    for name, checks in checked.items():
        if name in numbers:
            body = [*instructions(checks), Instruction(RETURN, ALLOW)]
            steps += [Instruction(JUMP_EQUAL, numbers[name], if_false=len(body)), *body]
    for answer, names in ANSWERED.items():
        steps += _answers(numbers, names, answer)
    return [*steps, *_unknown(numbers.values()), Instruction(RETURN, ALLOW)]


def _answers(
    numbers: Mapping[str, int], names: Iterable[str], answer: int
) -> Iterator[Instruction]:
    for name in names:
        if name in numbers:  # some there never were on younger architectures
            yield Instruction(JUMP_EQUAL, numbers[name], if_false=1)
            yield refuse(answer)


def _unknown(known: Iterable[int]) -> Iterator[Instruction]:
    """Numbers that are no call's yet: a newer kernel may have calls there."""
    numbers = sorted(known)
    for below, above in pairwise(numbers):
        if above > below + 1:
            yield Instruction(JUMP_AT_LEAST, below + 1, if_false=2)
            yield Instruction(JUMP_AT_LEAST, above, if_true=1)
            yield refuse(errno.ENOSYS)
    yield Instruction(JUMP_AT_LEAST, numbers[-1] + 1, if_false=1)
    yield refuse(errno.ENOSYS)
