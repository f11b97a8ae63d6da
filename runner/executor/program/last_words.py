"""What the end of a program's output says of its error."""

import logging
from collections.abc import Callable, Collection
from typing import Any

from runner.executor.output_stream import OutputStream
from runner.languages import LANGUAGES, Language, ProgramError, find_cause, find_error
from runner.models import Run
from runner.protocol.reasons import Reason

logger = logging.getLogger(__name__)
ERROR_BYTES = 32 * 1024  # of the end of the output, where the error that ended a program stands


class LastWords:
    def __init__(self, run: Run, output: OutputStream) -> None:
        self._run, self._output = run, output

    def cause(self, exit_code: int | None, signal: str | None) -> Reason | None:
        """The likely one of an error that the program has reported."""
        if exit_code != 1 and signal != "SIGABRT":
            return None
        cause: Reason | None = self._find(find_cause)
        return cause

    def error(self, exit_code: int | None, signal: str | None) -> ProgramError:
        """That ended the program, for the history; empty without one."""
        found = None
        # An uncaught exception ends with exit code 1; ^C with its signal, once it was reported.
        if exit_code == 1 or signal == "SIGINT":
            found = self._find(find_error)
        return found or ProgramError("", "", None)

    def _find(self, find: Callable[[Language, bytes, Collection[str]], Any]) -> Any:
        paths = {file["path"] for file in self._run.files}
        try:
            return find(LANGUAGES[self._run.language], self._output.tail(ERROR_BYTES), paths)
        except Exception:  # the end of the run is saved all the same
            logger.exception("Reading the end of the output of run %s failed.", self._run.pk)
            return None
