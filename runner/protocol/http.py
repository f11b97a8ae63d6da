"""What the HTTP endpoints answer, beside snippets and preferences."""

from collections.abc import Mapping
from typing import Annotated, Literal
from uuid import UUID

from runner.protocol.messages import Added, Message, RunStatus, SourceFile
from runner.protocol.preferences import Preferences
from runner.protocol.reasons import ErrorCode
from runner.protocol.snippets import CheckedCode, Instant, Snippet


class HttpError(Message):
    code: ErrorCode | Literal["signed_out", "csrf", "conflict"]
    message: str  # a sentence in the language of the request


class ErrorBody(Message):
    """The JSON of every answer that is not a success."""

    error: HttpError


class ConflictBody(ErrorBody):
    """Somebody else has saved since; `current` is what there is now."""

    current: Snippet


class Health(Message):
    status: Literal["ok"] = "ok"


class Readiness(Message):
    """Each part is `ok`, `down` or `unknown`; `sandbox` names the limit backends in force.

    `weak_limits`: on some executor a hostile program can exceed its limits, because it has no
    control groups."""

    status: Literal["ready", "unavailable"]
    database: str
    channel_layer: str
    executor: str
    sandbox: str
    weak_limits: bool = False


class RoomStanding(Message):
    """Who a browser is for a room, as its page asks when it was closed: `user` is empty for who is
    signed out, `closed` is a room in which nobody but its owner may be for now."""

    user: str
    admitted: bool
    closed: bool = False


class SiteStatus(Message):
    status: Literal["ok", "unavailable"]
    version: str
    active_runs: int
    queued_runs: int
    executors: int


class ArtifactRow(Message):
    """As the message `artifact`."""

    seq: int
    kind: str
    name: str
    path: Annotated[str, Added] = ""  # in the home, of a file that the program has written there
    mime: str
    bytes: int
    width: int | None
    height: int | None
    url: str
    version: int
    at_ms: int


class Artifacts(Message):
    """All that a run has shown, in the order in which it was stored."""

    artifacts: tuple[ArtifactRow, ...]


class ActiveRun(Message):
    """A run that has not ended. `title`: of its snippet, else the file that was run; `file`: that
    file where the title does not say so; `url`: the workspace with its terminal."""

    run: UUID
    title: str
    file: str
    status: RunStatus
    created_at: Instant
    url: str


class ActiveRuns(Message):
    """All of the user's, newest first."""

    runs: tuple[ActiveRun, ...]


class IndentationRules(Message):
    """Regular expressions, or empty: what opens a block at the end of a line, and which lines end
    one. `tabs`: files are indented by tabs, where they do not say."""

    opens: str
    closes: str
    tabs: bool


class LanguageOption(Message):
    """A language that programs may be written in, as the page needs to know it.

    `version`: of the executors' compilers and interpreters (`3.11`), or empty before one has
    reported it. `reason`: a sentence that says why it is not `available`, empty when it is.
    `main`: the name of the first file; `extensions`: of its files, without a dot. `problems`:
    regular expressions of JavaScript for the places that its errors name, with the groups `path`,
    `line`, and perhaps `column` and `message`. `deepest_last`: of the calls that lead to an error,
    the one that failed is named last. `misnamed`: such an expression of messages that say what a
    file must be called, in the group `name`. `console`: a prompt instead of a program. `example`:
    what a new snippet contains; `GET /languages/<id>/examples/` has all of them.
    """

    id: str
    name: str
    version: str
    available: bool
    reason: str
    main: str
    extensions: tuple[str, ...]
    headers: tuple[str, ...]  # extensions of files that are not compiled by themselves
    monaco: str  # the language's name in each editor
    codemirror: str
    problems: tuple[str, ...]
    deepest_last: bool
    misnamed: str
    indentation: IndentationRules
    console: bool
    example: str
    formatter: Literal["", "ruff", "prettier", "clang-format", "gofmt"]  # that the page can load
    can_keep_open: bool  # `start_interactive` may ask for `keep_open`
    can_debug: bool  # likewise for `debug`
    can_trace: bool
    windows: tuple[str, ...]  # regular expressions of lines that say that a program opens windows
    can_show_windows: bool  # `start_interactive` may ask for a `screen`


class OfferedLanguage(Message):
    """The same for programs that use the site; `extension`: the first one."""

    id: str
    name: str
    version: str
    extension: str
    available: bool
    reason: str
    windows: bool  # whether its programs may open some


class InstalledPackage(Message):
    name: str
    version: str
    modules: tuple[str, ...]  # that may be imported then


class Languages(Message):
    """`packages`: those of Python that programs may import."""

    languages: tuple[OfferedLanguage, ...]
    packages: tuple[InstalledPackage, ...]


class Translated(Message):
    """The same text in every language of the site."""

    en: str
    de: str


class LanguageExample(Message):
    """A program to begin with; the first file is the main one."""

    title: Translated
    hint: Translated
    files: tuple[SourceFile, ...]


class LanguageTemplate(Message):
    """`text`: with places to be filled, `${1:name}` and `$0`, as in the snippets of VS Code."""

    name: str
    text: str


class LanguageWords(Message):
    """What editors suggest in files of a language, beside what is in the files."""

    keywords: tuple[str, ...]
    templates: tuple[LanguageTemplate, ...]


class StubIndex(Message):
    """The installed packages of Python whose stubs can be had, with the version of these."""

    packages: Mapping[str, str]


class StubFiles(Message):
    """The text of each `.pyi` file of a package, by its path below the package's folder."""

    files: Mapping[str, str]


class LanguageExamples(Message):
    examples: tuple[LanguageExample, ...]


class WorkspaceConfig(Message):
    """What the server tells the workspace page, in the page."""

    user: str
    staff: bool
    languages: tuple[LanguageOption, ...]
    preselected: str  # the language of a new snippet, where the browser has kept none
    preferences: Preferences
    start_bytes: int  # the largest message that starts a program
    sentences: Mapping[CheckedCode, str]  # in the language of the page
    snippet: int | None  # the one that the address names
    run: bool  # somebody has just asked for it to be run
    attach: UUID | None  # a run of the user's, whose terminal is to be opened
    forbidden_modules: tuple[str, ...]  # that the site does not allow in programs in Python
    forbidden_calls: tuple[str, ...]
    embedding: bool  # other sites may show shared snippets, if their owners allow it
    visitors: bool  # people without an account may run them, likewise
