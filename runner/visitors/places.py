"""What visitors may run, and where: a snippet that is open to them, the site's own example, or a
program that a course page brings with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from runner import access
from runner.languages import LANGUAGES, PYTHON
from runner.protocol.messages import SourceFile, StartInteractive
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed, TooLarge
from runner.snippets import shared_version

# In place of a slug, which has 16 characters.
INLINE, EXAMPLE = "inline", "example"
PROGRAM = """name = input("{question} ")
for count in range(3):
    print(f"{greeting}, {{name}}!")
"""


@dataclass(frozen=True, slots=True)
class Program:
    title: str
    language: str
    files: Sequence[SourceFile]
    main: str


def program_at(place: str, language: str = "") -> Program:
    """`language`: of a program that comes with the page. Raises `NotFound` for what is not open to
    visitors, or no more."""
    if settings.VISITORS == "off" or (place == INLINE and settings.VISITORS != "any"):
        raise access.NotFound(ReasonCode.VISITORS_OFF)
    if place == INLINE:
        known = LANGUAGES.get(language, PYTHON)
        return Program(known.name, known.id, [], known.main)
    if place == EXAMPLE:
        return _example()
    version = shared_version(access.visitable_snippet(place))
    files = [SourceFile.model_construct(**file) for file in version.files]
    return Program(version.title, version.language, files, version.main)


def _example() -> Program:
    asks = {"question": _("What is your name?"), "greeting": _("Hello")}
    file = SourceFile(path=PYTHON.main, content=PROGRAM.format(**asks))
    return Program(_("Example"), PYTHON.id, [file], PYTHON.main)


def check_start(place: str, start: StartInteractive) -> None:
    """Raises a `Refused` for a program that visitors may not run there now."""
    program = program_at(place, start.language)
    of_users = start.snippet, start.class_, start.room, start.screen
    if any(one is not None for one in of_users) or start.debug or start.trace:
        raise NotAllowed(ReasonCode.VISITORS_CANNOT)
    if start.language != program.language and place != INLINE:
        raise NotAllowed(ReasonCode.VISITORS_CANNOT)
    limit = source_bytes(program)
    if _bytes(start.files) > limit:
        raise TooLarge(ReasonCode.VISITORS_SOURCE, limit_bytes=limit)


def source_bytes(program: Program) -> int:
    """The largest text that visitors may run: at least as large as the program itself."""
    return max(settings.LIMITS.visitor_source_bytes, 2 * _bytes(program.files))


def _bytes(files: Sequence[SourceFile]) -> int:
    return sum(len(file.content.encode()) for file in files)
