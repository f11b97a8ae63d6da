from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from runner.protocol.reasons import Reason


class ProgramError(NamedTuple):
    """The uncaught exception that ended a program."""

    name: str
    path: str  # one of the program's files; empty when it happened in none of them
    line: int | None  # from 1


@dataclass(frozen=True, slots=True)
class Language:
    """How programs of one language are started.

    `command` is what runs inside the sandbox, before the path of the main file and the user's
    arguments. `environment` is added to the sandbox's own. `self_test` is a program and what it
    prints; `doctor` runs it. `keep_open` are the options by which the language stays open after the
    program, and takes statements; without them it cannot. `find_error` and `find_cause` read the
    end of a program's output, given the paths of its files; figures of a cause that are limits are
    added to it.
    """

    id: str
    name: str
    main: str
    command: tuple[str, ...]
    example: str
    self_test: tuple[str, str]
    environment: dict[str, str] = field(default_factory=dict)
    keep_open: tuple[str, ...] = ()
    find_error: Callable[[bytes, Collection[str]], ProgramError | None] = lambda *_: None
    find_cause: Callable[[bytes, Collection[str]], Reason | None] = lambda *_: None

    @property
    def can_keep_open(self) -> bool:
        return bool(self.keep_open)

    def argv(self, main: str, args: Iterable[str], *, keep_open: bool = False) -> list[str]:
        # A file may be called `-c`; no program shall take it for an option.
        path = f"./{main}" if main.startswith("-") else main
        options = self.keep_open if keep_open else ()
        return [*self.command, *options, path, *args]
