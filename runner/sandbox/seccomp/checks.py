"""Checks of a call's arguments, as instructions of classic BPF (seccomp(2), linux/filter.h). Pure.

A filter sees the number of the call, the architecture and the arguments, but no memory. Arguments
of which the kernel takes 32 bits are compared by their lower half; pointers and lengths by both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

ALLOW, KILL, ERRNO = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
LOAD, JUMP_EQUAL, JUMP_ANY_BIT, JUMP_AT_LEAST, AND, RETURN = 0x20, 0x15, 0x45, 0x35, 0x54, 0x06
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
DONE = 0  # in place of an error: the call succeeds, and nothing is done


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
            _lower(self.argument),
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
            _lower(self.argument),
            Instruction(AND, self.mask),
            *(
                Instruction(JUMP_EQUAL, value, if_true=count - number)
                for number, value in enumerate(self.values)
            ),
            refuse(self.error),
        ]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Refused when the argument is one of `values`."""

    argument: int
    values: tuple[int, ...]
    error: int

    def instructions(self) -> list[Instruction]:
        steps = [_lower(self.argument)]
        for value in self.values:
            steps += [Instruction(JUMP_EQUAL, value, if_false=1), refuse(self.error)]
        return steps


@dataclass(frozen=True, slots=True)
class NoBit:
    """Refused when the argument has any of `bits`."""

    argument: int
    bits: int
    error: int

    def instructions(self) -> list[Instruction]:
        return [
            _lower(self.argument),
            Instruction(JUMP_ANY_BIT, self.bits, if_false=1),
            refuse(self.error),
        ]


@dataclass(frozen=True, slots=True)
class Below:
    """Refused unless the argument is less than `value`."""

    argument: int
    value: int
    error: int

    def instructions(self) -> list[Instruction]:
        return [
            _lower(self.argument),
            Instruction(JUMP_AT_LEAST, self.value, if_false=1),
            refuse(self.error),
        ]


@dataclass(frozen=True, slots=True)
class UpTo:
    """Refused when the argument, all 64 bits of it, is more than `value`, which has 32."""

    argument: int
    value: int
    error: int

    def instructions(self) -> list[Instruction]:
        return [
            _upper(self.argument),
            Instruction(JUMP_EQUAL, 0, if_false=2),
            _lower(self.argument),
            Instruction(JUMP_AT_LEAST, self.value + 1, if_false=1),
            refuse(self.error),
        ]


@dataclass(frozen=True, slots=True)
class When:
    """`checks` are made only if the argument's bits of `mask` are `value`."""

    argument: int
    value: int
    checks: "tuple[Check, ...]"
    mask: int = 0xFFFF_FFFF

    def instructions(self) -> list[Instruction]:
        inner = instructions(self.checks)
        return [
            _lower(self.argument),
            Instruction(AND, self.mask),
            Instruction(JUMP_EQUAL, self.value, if_false=len(inner)),
            *inner,
        ]


Check = Accept | OneOf | NoneOf | NoBit | Below | UpTo | When


def instructions(checks: Sequence[Check]) -> list[Instruction]:
    """Who passes all checks goes on behind them."""
    return [step for check in checks for step in check.instructions()]


def refuse(error: int) -> Instruction:
    return Instruction(RETURN, ERRNO | error)


def _lower(argument: int) -> Instruction:
    """Its lower half: both architectures are little-endian."""
    return Instruction(LOAD, ARGUMENTS + 8 * argument)


def _upper(argument: int) -> Instruction:
    return Instruction(LOAD, ARGUMENTS + 8 * argument + 4)
