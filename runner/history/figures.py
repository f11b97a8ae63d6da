"""Numbers and states of a run, formatted in the reader's language."""

from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from runner import runs
from runner.infrastructure import sentences
from runner.languages import LANGUAGES
from runner.limits import KIB, MIB
from runner.protocol.reasons import known
from runner.run_state import Outcome, RunStatus

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from runner.models import Run

OUTCOMES: "dict[Outcome, _StrPromise]" = {
    Outcome.COMPLETED: _("Finished"),
    Outcome.FAILED: _("Ended with an error"),
    Outcome.COMPILE_ERROR: _("Compile error"),
    Outcome.STOPPED: _("Stopped"),
    Outcome.STOPPED_BY_INSTRUCTOR: _("Stopped by an instructor"),
    Outcome.CPU_LIMIT: _("Processor time limit"),
    Outcome.WALL_LIMIT: _("Time limit"),
    Outcome.IDLE_LIMIT: _("Idle limit"),
    Outcome.MEMORY_LIMIT: _("Memory limit"),
    Outcome.OUTPUT_LIMIT: _("Output limit"),
    Outcome.DISCONNECTED: _("Disconnected"),
    Outcome.EXECUTOR_LOST: _("Lost (our fault)"),
    Outcome.INTERNAL_ERROR: _("Internal error (our fault)"),
}
STATUSES: "dict[RunStatus, _StrPromise]" = {
    RunStatus.QUEUED: _("Queued"),
    RunStatus.CLAIMED: _("Starting"),
    RunStatus.RUNNING: _("Running"),
}


def language(run: "Run") -> str:
    """Its name, and the version on the machine that ran it; of a language of before, its id."""
    if run.language not in LANGUAGES:
        return run.language
    reported = run.executor.languages if run.executor else {}
    version = reported.get(run.language, "")
    known = isinstance(version, str) and runs.VERSION.fullmatch(version)
    return LANGUAGES[run.language].labelled(version if known else "")


def state_label(status: str, outcome: str) -> str:
    """The name of a status; of the outcome, once the run is finished."""
    if status != RunStatus.FINISHED:
        return str(STATUSES[RunStatus(status)])
    return str(OUTCOMES[Outcome(outcome)])


def state(run: "Run") -> str:
    """Where the run is, or once it has ended why: by the name of its error, if that is known."""
    if run.outcome == Outcome.FAILED and run.error_name:
        return _error(run)
    return state_label(run.status, run.outcome)


def _error(run: "Run") -> str:
    figures = {"name": run.error_name, "path": run.error_path, "line": run.error_line}
    if run.error_line is None:
        return run.error_name
    if run.error_path == run.main:
        return gettext("%(name)s, line %(line)s") % figures
    return gettext("%(name)s, %(path)s, line %(line)s") % figures


def title(run: "Run") -> str:
    """Of its snippet; the file that was run when that is gone."""
    if run.snippet is None or run.snippet.deleted_at is not None:
        return run.main
    return run.snippet.title


def file(run: "Run") -> str:
    """The file that was run, if the title does not say so."""
    shown = title(run)
    named = _letters(shown) in (_letters(run.main), _letters(run.main.rpartition(".")[0]))
    return "" if named else run.main


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def first_output(run: "Run") -> str:
    """How long it took until the program printed; empty if it did not."""
    if run.started_at is None or run.first_output_at is None:
        return ""
    waited = (run.first_output_at - run.started_at).total_seconds()
    return duration(max(0, round(waited * 1000)))


def reason(run: "Run", own: bool = True) -> str:
    """Why it ended, as a sentence; empty while it has not. `own`: the reader is its owner."""
    if run.status != RunStatus.FINISHED:
        return ""
    return sentences.of_ending(known(run.reason_code), run.figures or {}, run.reason, own=own)


def duration(milliseconds: int) -> str:
    seconds = milliseconds / 1000
    if seconds < 1:
        return f"{milliseconds} ms"
    if seconds < 59.95:
        return f"{_one_decimal(seconds)} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"


def size(count: int) -> str:
    """Bytes, in the units operating systems show."""
    if count < KIB:
        return ngettext("%(count)d byte", "%(count)d bytes", count) % {"count": count}
    if count < MIB:
        return f"{_one_decimal(count / KIB)} KB"
    return f"{_one_decimal(count / MIB)} MB"


def _one_decimal(number: float) -> str:
    return number_format(round(number, 1), 1)  # which cuts off what it does not show


def file_notices(run: "Run", own: bool) -> list[str]:
    """Sentences: what was not returned of the files that it has written, or not kept."""
    said = runs.file_notices_of(run).items()
    found = [sentences.of_notice(code, figures, own=own) for code, figures in said]
    return [sentence for sentence in found if sentence]
