# size: one class of data, whose docstring says what its fields mean
"""What is known of a language: the fields of a file in `definitions/`. Pure data, no code."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal, NamedTuple

from runner.languages.installation import Install, Preparation
from runner.limits import MIB, Limits

# In a command. `{main}`: the path of the main file; `{stem}`: the same without its extension;
# `{build}`: a folder for what a compiler makes; `{sources}`, a word of its own: every file with an
# extension of the language; `{entry}`, in `run`: the class with the main method, where the language
# has such, else the path of the main file; `{memory_mib}`: the run's limit on memory, in MiB.
PLACEHOLDERS = frozenset({"main", "stem", "build", "sources", "entry", "memory_mib"})
ID = re.compile(r"[a-z][a-z0-9.-]{0,31}")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
USUAL = Limits()
# Formatters that the page can load. The first one is for Python.
PageFormatter = Literal["", "ruff", "prettier", "clang-format", "gofmt"]
EntryRule = Literal["path", "java", "kotlin"]
NOTHING, UNPREPARED = Install(), Preparation()
BUILD = "/tmp/build"  # noqa: S108  # inside a sandbox


class ProgramError(NamedTuple):
    """The uncaught exception that ended a program."""

    name: str
    path: str  # one of the program's files; empty when it happened in none of them
    line: int | None  # from 1


@dataclass(frozen=True, slots=True)
class File:
    path: str
    content: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The same in every language of the site."""

    en: str
    de: str


@dataclass(frozen=True, slots=True)
class Example:
    """The first file is the main one."""

    title: Texts
    hint: Texts
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """What editors can write when somebody asks for it by its name: `for`, `main`.

    In `text`, `${1:name}` is the first place that the user fills, and shows `name` until then; `$2`
    shows nothing; the cursor is at `$0` at last. Lines are indented by tabs, for which editors take
    what the file is indented by. A dollar sign is `\\$`, a backslash `\\\\`.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A program, what is typed, and what its terminal then shows, among other things.

    `input` is typed once `after` is shown. `leave` is typed at last, by which a console is left.
    `status`: its exit code, or, below 0, the signal that ended it. `place`: where the page says
    that the error is, as `main.c:3`.
    """

    files: tuple[File, ...]
    shows: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    after: str = ""
    input: str = ""
    leave: str = ""
    status: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class LimitChanges:
    """Where the language needs other limits than Python's, and `why`. Sizes in bytes, 0: as usual.

    `compile_…`: of its compiler, which has a budget of its own.
    """

    why: str = ""
    memory_bytes: int = 0
    processes: int = 0
    compile_cpu_seconds: int = 0
    compile_wall_seconds: int = 0
    compile_memory_bytes: int = 0

    def applied(self, limits: Limits) -> Limits:
        values = ((each.name, getattr(self, each.name)) for each in fields(self))
        changes = {name: value for name, value in values if value and name != "why"}
        return replace(limits, **changes) if changes else limits


@dataclass(frozen=True, slots=True)
class Windows:
    """Programs that open windows. `imports`: regular expressions, of JavaScript and Python alike,
    of the lines by which a program says that it opens one; without any, no program in the language
    can. `needs`: patterns of paths, each of which has to match something on the machine."""

    imports: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for pattern in self.imports:
            re.compile(pattern, re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Indentation:
    """How editors indent files of the language, beside brackets, which open a block everywhere.

    `opens`: a regular expression that finds something in a line below which lines are deeper, such
    as `then$`. `closes`: likewise, in a line that is less deep than those above it: `^ *end$`. They
    are expressions of JavaScript and Python alike. `tabs`: by tabs, where a file does not say.
    """

    opens: str = ""
    closes: str = ""
    tabs: bool = False

    def __post_init__(self) -> None:
        for pattern in (self.opens, self.closes):
            re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Language:
    """How programs of one language are compiled, started and shown. `id` is its file's name.

    `needs`: paths that exist where it is installed. `system`: those outside /usr that it needs
    inside a sandbox. `version`: a command that prints it within 5 s. `extensions` are without a
    dot; `headers`: those of files that belong to programs, and are not compiled by themselves.
    `main` is the name of the first file. `compile` and `run` are commands inside the sandbox; the
    user's arguments follow the latter. `console`: a prompt of the language instead of a program; it
    reads no main file. `entry`: how `{entry}` is found. `begins`: a regular expression of what only
    a file has in which a program begins, in its text without comments and texts: of such files a
    program has one, its main file. `keep_open`: options by which the language stays open after the
    program and takes statements. `problems`: regular expressions of the places that its errors
    name, with the groups `line` and perhaps `path`, `column` and `message`; without a `path` the
    place is in the main file, if no other file has its extension. `deepest_last`: of the calls that
    lead to an error, the one that failed is named last. `misnamed`: a regular expression of
    messages that say what a file must be called, in the group `name`. `formatter` reads a file from
    its input and writes it to its output, on a server; `page_formatter` does it in a browser.
    `keywords`, with spaces between them, and `templates` are suggested by editors. `windows`: of
    its programs. `errors`: the reader of the error that ended a program, where there is one.
    `trials`: further programs for tests, by what they try.
    """

    id: str
    name: str
    order: int  # in menus; those of one family are together
    extensions: tuple[str, ...]
    monaco: str
    codemirror: str  # a name or an alias in @codemirror/language-data
    main: str
    needs: tuple[str, ...]
    version: tuple[str, ...]
    run: tuple[str, ...]
    examples: tuple[Example, ...]
    self_test: Trial
    install: Install = NOTHING
    prepare: Preparation = UNPREPARED
    system: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    entry: EntryRule = "path"
    begins: str = ""
    compile: tuple[str, ...] = ()
    console: bool = False
    keep_open: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    limits: LimitChanges = LimitChanges()
    problems: tuple[str, ...] = ()
    deepest_last: bool = False
    misnamed: str = ""
    indentation: Indentation = Indentation()
    windows: Windows = Windows()
    formatter: tuple[str, ...] = ()
    page_formatter: PageFormatter = ""
    keywords: str = ""
    templates: tuple[Template, ...] = ()
    errors: Literal["", "python"] = ""
    dialogue_test: Trial | None = None
    compile_error_test: Trial | None = None
    runtime_error_test: Trial | None = None
    trials: dict[str, Trial] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = set(PLACEHOLDER.findall(" ".join((*self.compile, *self.run)))) - PLACEHOLDERS
        if unknown:
            raise ValueError(f"unknown placeholders: {sorted(unknown)}")
        if not ID.fullmatch(self.id):
            raise ValueError(f"no name for a language: {self.id!r}")

    def labelled(self, version: str) -> str:
        """Its name and version; a name may say it already, where there are several."""
        return self.name if version in self.name else f"{self.name} {version}"

    @property
    def can_debug(self) -> bool:
        return self.errors == "python" and not self.console

    @property
    def can_keep_open(self) -> bool:
        return bool(self.keep_open) and not self.console

    @property
    def example(self) -> str:
        """What a new snippet contains."""
        return self.examples[0].files[0].content

    def argv(self, main: str, args: Iterable[str], *, keep_open: bool = False) -> list[str]:
        """Of a program that is one file, and is not compiled."""
        return self.commands(main, [main], args, keep_open=keep_open).run

    def commands(
        self,
        main: str,
        paths: Collection[str],
        args: Iterable[str],
        *,
        keep_open: bool = False,
        entry: str = "",
        memory_bytes: int = USUAL.memory_bytes,
    ) -> "Commands":
        """`paths`: of all files of the program. `entry`: what `find_entry` has found.
        `memory_bytes`: what the program may use."""
        path = _as_path(main)
        values = {"main": path, "stem": path.rpartition(".")[0], "build": BUILD}
        values["entry"], values["memory_mib"] = entry or path, str(memory_bytes // MIB)
        sources = [_as_path(path) for path in paths if self.is_source(path)]
        run = _filled(self.run, values, sources)
        if keep_open:
            run[1:1] = self.keep_open
        return Commands(_filled(self.compile, values, sources), [*run, *args])

    def is_source(self, path: str) -> bool:
        return path.rpartition(".")[2] in self.extensions


class Commands(NamedTuple):
    compile: list[str]  # empty: nothing is compiled
    run: list[str]


def _as_path(path: str) -> str:
    """A file may be called `-c`; no program shall take it for an option."""
    return f"./{path}" if path.startswith("-") else path


def _filled(command: Iterable[str], values: Mapping[str, str], sources: list[str]) -> list[str]:
    words: list[str] = []
    for word in command:
        if word == "{sources}":
            words += sources
        else:
            words.append(PLACEHOLDER.sub(lambda found: values[found[1]], word))
    return words
