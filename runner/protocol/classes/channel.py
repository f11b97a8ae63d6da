"""What processes tell each other about a class, over groups of the channel layer.

Any of it may be lost: what executors tell is asked for again every few seconds, the rest is read
from the database again, or said again by the page that it comes from. `classroom` is the id of a
class, `user` that of a member, `name` a user name.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import Any, Self


def staff_group(classroom: int) -> str:
    """Pages of who teaches the class."""
    return f"class.{classroom}.staff"


def class_group(classroom: int) -> str:
    """Pages of all members."""
    return f"class.{classroom}.all"


def member_group(classroom: int, user: int) -> str:
    """The pages of one member."""
    return f"class.{classroom}.user.{user}"


@dataclass(frozen=True, slots=True)
class ClassMessage:
    classroom: int


# --- To those who teach ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class RunReport(ClassMessage):
    """One run of a member as its executor, or the web worker that asked for it, sees it."""

    user: int
    run: str
    language: str
    state: str  # queued, running, waiting; idle: it has ended
    since: float
    order: float  # when it was asked for
    line: str = ""
    outcome: str = ""
    error: str = ""
    error_line: int | None = None


@dataclass(frozen=True, slots=True)
class RunReports(ClassMessage):
    """What an executor has, for a grid that asks. One message for each run would hold up the
    terminals: it is delivered to each page of each instructor."""

    reports: list[dict[str, Any]]  # encoded

    @classmethod
    def of(cls, classroom: int, reports: Iterable[RunReport]) -> Self:
        return cls(classroom, [encode(report) for report in reports])

    def decoded(self) -> Iterator[ClassMessage]:
        """Without those that only another version of us knows."""
        for report in self.reports:
            with suppress(KeyError, TypeError):
                yield decode(report)


@dataclass(frozen=True, slots=True)
class MemberOnline(ClassMessage):
    user: int
    online: bool


@dataclass(frozen=True, slots=True)
class MemberEditing(ClassMessage):
    user: int
    language: str


@dataclass(frozen=True, slots=True)
class HandChanged(ClassMessage):
    """`text`: empty when it is down."""

    user: int
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class MembersChanged(ClassMessage):
    """Somebody joined, left, or has another role: the members are read again."""


@dataclass(frozen=True, slots=True)
class CodeSent(ClassMessage):
    """Of a member's page, as JSON of `MemberCode`."""

    user: int
    code: str


@dataclass(frozen=True, slots=True)
class ShowAllowed(ClassMessage):
    """A student's answer to `ShowRequested`, to the teacher who asked."""

    name: str
    allow: bool


# --- To a member's pages -----------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class WatchesCode(ClassMessage):
    """Said again every few seconds while `watching`. `quiet`: the member is not told."""

    watcher: str  # the channel of the page
    name: str
    watching: bool
    quiet: bool


@dataclass(frozen=True, slots=True)
class HandAnswered(ClassMessage):
    text: str
    answer: str
    by: str


@dataclass(frozen=True, slots=True)
class ShowRequested(ClassMessage):
    by: str
    asker: int


# --- To everybody ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ShowChanged(ClassMessage):
    """As JSON of `Shown`, in pages' own words, because hundreds are told the same. `presenter`: the
    channel of the page that shows; `began`: when, so that of two presenters the later one is seen.
    `version`: of the code; `whole`: it is in there."""

    presenter: str
    by: str
    began: float
    version: int
    whole: bool
    shown: str


@dataclass(frozen=True, slots=True)
class ShowAlive(ClassMessage):
    """Said every few seconds: who has another version has missed something, and asks."""

    presenter: str
    by: str
    began: float
    version: int


@dataclass(frozen=True, slots=True)
class ShowOver(ClassMessage):
    presenter: str
    by: str


@dataclass(frozen=True, slots=True)
class ShowWanted(ClassMessage):
    """A page has come, or has missed something: who shows something says it again, to that page."""

    page: str  # its channel


MESSAGES: dict[str, type[ClassMessage]] = {
    message.__name__: message
    for message in (
        RunReport, RunReports, MemberOnline, MemberEditing, HandChanged, MembersChanged, CodeSent,
        ShowAllowed, WatchesCode, HandAnswered, ShowRequested, ShowChanged, ShowAlive, ShowOver,
        ShowWanted,
    )
}  # fmt: skip
_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in MESSAGES.values()}


def encode(message: ClassMessage) -> dict[str, Any]:
    """For `group_send`. The type names the one handler there is; nobody else chooses it."""
    kind = type(message)
    encoded: dict[str, Any] = {name: getattr(message, name) for name in _FIELDS[kind]}
    return encoded | {"type": "class.event", "kind": kind.__name__}


def decode(encoded: dict[str, Any]) -> ClassMessage:
    """`KeyError` or `TypeError` when a process of another version sent it."""
    kind = MESSAGES[encoded["kind"]]
    return kind(**{name: encoded[name] for name in _FIELDS[kind] if name in encoded})
