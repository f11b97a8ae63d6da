"""What a site does not allow in programs: checked when a run is asked for."""

from django.conf import settings

from runner.languages import Language
from runner.protocol.messages import StartInteractive
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed
from runner.rules import Forbidden, find_forbidden

PYTHON_FILES = (".py", ".pyw")


def check(language: Language, start: StartInteractive) -> None:
    """Raises `NotAllowed` with the name that the program uses, and the place."""
    forbidden = Forbidden(settings.FORBIDDEN_MODULES, settings.FORBIDDEN_CALLS)
    if not forbidden or language.errors != "python":
        return
    main = start.main or start.files[0].path
    files = [
        (file.path, file.content)
        for file in start.files
        if file.path == main or file.path.endswith(PYTHON_FILES)
    ]
    if found := find_forbidden(files, forbidden):
        code = ReasonCode.FORBIDDEN_CALL if found.call else ReasonCode.FORBIDDEN_MODULE
        raise NotAllowed(code, name=found.name, path=found.path, line=found.line)
