"""Numbers and states of a run, formatted in the reader's language."""

from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from runner.infrastructure import sentences
from runner.limits import KIB, MIB
from runner.protocol.reasons import known
from runner.run_state import Outcome, RunStatus

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from runner.models import Run

OUTCOMES: "dict[Outcome, _StrPromise]" = {
    Outcome.COMPLETED: _("Finished"),
    Outcome.FAILED: _("Failed"),
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


def state_label(status: str, outcome: str) -> str:
    """Where the run is, or once it has ended why."""
    if status == RunStatus.FINISHED:
        return str(OUTCOMES[Outcome(outcome)])
    return str(STATUSES[RunStatus(status)])


def reason(run: "Run") -> str:
    """Why it ended, as a sentence; empty while it has not."""
    if run.status != RunStatus.FINISHED:
        return ""
    return sentences.of_ending(known(run.reason_code), run.figures or {}, run.reason)


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
