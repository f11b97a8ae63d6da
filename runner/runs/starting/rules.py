"""What a site, or a class, does not allow in programs: checked when a run is asked for."""

from collections.abc import Iterable

from django.conf import settings

from runner.access import StudentRules
from runner.languages import Language, modules_of
from runner.protocol.messages import StartInteractive
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage, NotAllowed
from runner.rules import Forbidden, find_forbidden

PYTHON_FILES = (".py", ".pyw")


def check(language: Language, start: StartInteractive) -> None:
    """Raises `NotAllowed` with the name that the program uses, and the place."""
    forbidden = Forbidden(settings.FORBIDDEN_MODULES, settings.FORBIDDEN_CALLS)
    _refuse(language, start, forbidden, ReasonCode.FORBIDDEN_MODULE)


def check_abilities(language: Language, start: StartInteractive) -> None:
    """Raises `BadMessage` for what programs in that language cannot be started with."""
    if start.keep_open and not language.can_keep_open:
        raise BadMessage(ReasonCode.CANNOT_KEEP_OPEN, language=language.name)
    if (start.debug or start.trace) and not language.can_debug:
        raise BadMessage(ReasonCode.CANNOT_DEBUG, language=language.name)
    if start.screen and not language.windows.imports:
        raise BadMessage(ReasonCode.CANNOT_SHOW_WINDOWS, language=language.name)


def check_of_class(
    language: Language, start: StartInteractive, rules: StudentRules, packages: Iterable[str]
) -> None:
    """The same by the rules of the class. `packages`: all that programs may import elsewhere."""
    _refuse(language, start, Forbidden(rules.modules), ReasonCode.CLASS_MODULE)
    if rules.packages is not None:
        _refuse(
            language, start, Forbidden(_other(rules.packages, packages)), ReasonCode.CLASS_PACKAGE
        )


def _other(allowed: Iterable[str], packages: Iterable[str]) -> frozenset[str]:
    """The modules of the packages that are not allowed."""
    names = {name.lower() for name in allowed}
    may = {module for name in names for module in modules_of(name)}
    others = (modules_of(name) for name in packages if name.lower() not in names)
    return frozenset(module for modules in others for module in modules) - may


def _refuse(
    language: Language, start: StartInteractive, forbidden: Forbidden, module: ReasonCode
) -> None:
    """`module`: what is said of a module."""
    if not forbidden or language.errors != "python":
        return
    main = start.main or start.files[0].path
    files = [
        (file.path, file.content)
        for file in start.files
        if file.path == main or file.path.endswith(PYTHON_FILES)
    ]
    if found := find_forbidden(files, forbidden):
        code = ReasonCode.FORBIDDEN_CALL if found.call else module
        raise NotAllowed(code, name=found.name, path=found.path, line=found.line)
