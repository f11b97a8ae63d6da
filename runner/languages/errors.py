"""The error that ended a program, and its likely cause, as a language's reader finds them."""

from collections.abc import Collection

from runner.languages import python_causes, python_errors
from runner.languages.language import Language, ProgramError
from runner.languages.packages import installed_packages
from runner.protocol.reasons import Reason


def find_error(language: Language, output: bytes, paths: Collection[str]) -> ProgramError | None:
    """`output`: the end of a program's. `paths`: of its own files."""
    return python_errors.find_error(output, paths) if language.errors == "python" else None


def find_cause(language: Language, output: bytes, paths: Collection[str]) -> Reason | None:
    """Figures of a cause that are limits are added to it."""
    if language.errors != "python":
        return None
    return python_causes.find_cause(output, paths, installed_packages(language))
