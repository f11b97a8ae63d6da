"""Where a run is, as its terminal asks: a visitor's run that has ended has no row any more."""

from uuid import UUID

from runner.models import Run
from runner.protocol.messages import Exit
from runner.protocol.reasons import ReasonCode
from runner.run_state import Ending, Outcome, RunStatus
from runner.runs import lifecycle
from runner.runs.lifecycle import RunLocation
from runner.runs.visitors import forgetting


def whereabouts(run_id: UUID) -> RunLocation:
    try:
        return lifecycle.locate(run_id)
    except Run.DoesNotExist:
        return RunLocation(RunStatus.FINISHED, "", None, None, started=True)


def told_end(run_id: UUID) -> Exit:
    """Of one without a row, as far as this process knows. What its executor has told nobody, and
    no process remembers, is lost with the executor."""
    try:
        return lifecycle.exit_of(run_id)
    except Run.DoesNotExist:
        lost = Ending(Outcome.EXECUTOR_LOST, ReasonCode.EXECUTOR_LOST)
        return forgetting.end_of(run_id) or forgetting.exit_of_ending(run_id, lost)
