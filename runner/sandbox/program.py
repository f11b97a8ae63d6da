"""What runs in a sandbox, and what is told of it."""

import re
import signal
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from pathlib import Path

from runner.languages import BUILD, Commands, Language, find_entry, sources_of
from runner.limits import Limits
from runner.sandbox.screens import Size, screen_environment

SENT = Path(__file__).parent / "sent"
LAUNCHERS = {"debug": ("debug_values", "debug_launcher"), "trace": ("trace_launcher",)}  # parts
NO_VARIABLES: Mapping[str, str] = {}
STDIN = ".input-of-the-test"  # below the home; no file of a program is called so
REPORT = re.compile(rb"(exit|signal) (\d{1,3}) (\d{1,12}) (\d{1,9})( new)?\n?")


@cache
def launcher(observed: str) -> str:
    """The source that runs a program with what observes it, `debug` or `trace`; "" without."""
    return "".join((SENT / f"{part}.py").read_text() for part in LAUNCHERS.get(observed, ()))


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of any kind, whose content is loaded when it is placed."""

    path: str
    load: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Program:
    argv: list[str]
    files: Iterable[tuple[str, str]]  # path below the home, text
    environment: Mapping[str, str]  # of its language, beside every program's
    limits: Limits | None = None  # without: the sandbox's
    folders: tuple[str, ...] = ()  # made for it
    # A compiler: what it makes runs after it in the same sandbox, and it cannot read the terminal.
    compiles: bool = False
    screen: Size | None = None  # of a GUI run
    data: Sequence[DataFile] = ()  # placed with the files


class Plan:
    """What is started for a program in one language: perhaps a compiler, and then the program.

    `limits`: of the site; those of the plan are the language's. `environment`: beside its own.
    `ceilings`: of a class, see `Limits.at_most`.
    `launcher`: a source in Python that runs the program, with a debugger for example. `screen`: of
    a GUI run. `stdin`: what the program reads in place of the terminal.
    """

    def __init__(
        self,
        language: Language,
        files: Mapping[str, str],
        main: str,
        args: Iterable[str],
        limits: Limits,
        *,
        keep_open: bool = False,
        launcher: str = "",
        environment: Mapping[str, str] = NO_VARIABLES,
        ceilings: Mapping[str, object] | None = None,
        screen: Size | None = None,
        data: Sequence[DataFile] = (),
        stdin: str | None = None,
    ) -> None:
        self._reads_file = stdin is not None
        placed = files if stdin is None else {**files, STDIN: stdin}
        self.limits = language.limits.applied(limits).at_most(ceilings)
        self.language, self._files, self._main = language, files, main
        self._placed = placed
        self._launcher, self._screen, self._data = launcher, screen, data
        of_screen = screen_environment() if screen else NO_VARIABLES
        self._environment = {**language.environment, **of_screen, **environment}
        self._args, self._keep_open = list(args), keep_open

    @cached_property
    def _sources(self) -> list[str]:
        return sources_of(self.language.begins, self._main, self._files)

    def _commands(self, entry: str = "") -> Commands:
        return self.language.commands(
            self._main,
            self._sources,
            self._args,
            keep_open=self._keep_open,
            entry=entry,
            memory_bytes=self.limits.memory_bytes,
        )

    def first(self) -> Program:
        """The compiler; without one, the program."""
        return self.compiler or self.program()

    @property
    def compiler(self) -> Program | None:
        """It may read all sources, where the language has a compiler."""
        command = self._commands().compile
        if not command:
            return None
        limits, folders = self.limits.while_compiling(), (BUILD,)
        files, environment = self._placed.items(), self._environment
        return Program(
            command, files, environment, limits, folders,
            compiles=True, screen=self._screen, data=self._data,
        )  # fmt: skip

    def program(self) -> Program:
        """To be asked for once the compiler, if there is one, has found no fault: its words are
        better than those of NoEntry, which this raises."""
        command = self._commands(entry=find_entry(self.language.entry, self._main, self._files))
        files = () if command.compile else self._placed.items()
        data = () if command.compile else self._data
        run = [*command.run[:1], "-c", self._launcher, *command.run[1:]]
        argv = run if self._launcher else command.run
        if self._reads_file:
            argv = ["/bin/sh", "-c", 'exec "$@" <"$0"', STDIN, *argv]
        return Program(argv, files, self._environment, self.limits, screen=self._screen, data=data)


@dataclass(frozen=True, slots=True)
class ExitStatus:
    exit_code: int | None
    signal: str | None  # "SIGSEGV"; exactly one of the two is set
    memory_peak_bytes: int  # of the main process
    cpu_seconds: float  # of the main process and the children it waited for


class TerminalUse(Enum):
    """What a program does with its terminal, as sent/terminal_reader.py says."""

    INPUT = b"reads input"  # a thread waits for what is typed
    BUSY = b"reads busy"  # none does, and one computes
    OTHER = b"reads other"


ANSWERS = frozenset(use.value for use in TerminalUse)


def has_new_files(report: bytes) -> bool:
    """Whether the program has left files in its home, as the same report says."""
    match = REPORT.fullmatch(report)
    return match is not None and match[5] is not None


def parse(report: bytes) -> ExitStatus | None:
    """Treats the report as data: the user's program could have written it."""
    match = REPORT.fullmatch(report)
    if match is None:
        return None
    kind, (value, peak, cpu) = match[1], (int(match[number]) for number in (2, 3, 4))
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
