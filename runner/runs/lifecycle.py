"""The life of a run: claim, move, finish, recover. Only this module writes `status`; a new row is
`queued` (`starting/asking.py`). Every move is one `UPDATE … WHERE status = <from>`: who changes the
row has won, others see that they have not. The database is the queue of record.
"""

import logging
import time
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Q

from runner.infrastructure import clock
from runner.infrastructure.metrics import RUNS_ENDED
from runner.models import Executor, Run
from runner.protocol.messages import Exit
from runner.protocol.reasons import Figures, ReasonCode, known
from runner.run_state import ACTIVE, Ending, Outcome, RunStatus, can_move
from runner.runs import recordings, run_queue, statements
from runner.runs.heartbeats import StaleHeartbeat
from runner.runs.offers import cached_offers
from runner.runs.visitors import forgetting

logger = logging.getLogger(__name__)
Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RunLocation:
    """Where a run is: what a terminal needs to find it."""

    status: RunStatus
    language: str
    executor: str | None
    position: int | None  # in the queue; 1 = next
    started: bool  # its program was started


def locate(run_id: UUID) -> RunLocation:
    run = Run.objects.select_related("executor").defer("files", "args").get(pk=run_id)
    executor = run.executor.name if run.executor else None
    position = _position(run) if run.status == RunStatus.QUEUED else None
    started = run.started_at is not None
    return RunLocation(RunStatus(run.status), run.language, executor, position, started)


def _position(run: Run) -> int:
    return run_queue.position(run, cached_offers.get().beside(run.language))


def exit_of(run_id: UUID) -> Exit:
    """How a finished run ended, as browsers are told. The sentence is the terminal's to build."""
    run = Run.objects.defer("files", "args").get(pk=run_id)
    return Exit(
        run=run.pk,
        outcome=Outcome(run.outcome),
        exit_code=run.exit_code,
        signal=run.signal or None,
        reason=run.reason,
        reason_code=known(run.reason_code),
        figures=run.figures or {},
        wall_ms=run.wall_ms,
        cpu_ms=run.cpu_ms,
        memory_peak_bytes=run.memory_peak_bytes,
        output_bytes=run.output_bytes,
    )


def wait_for(run_id: UUID, viewer: str, asked_at: datetime) -> None:
    """Another terminal of the owner waits for a queued run."""
    older = Run.objects.filter(pk=run_id, status=RunStatus.QUEUED, viewer_asked_at__lte=asked_at)
    # Asked again and again: who is there already is not written, and not locked before claims.
    older.exclude(viewer=viewer).update(viewer=viewer, viewer_asked_at=asked_at)


async def claim_runs(
    executor: Executor, most: int, fitting: Collection[str] | None = None, *, visitors: bool = False
) -> list[Run]:
    """The first of the queue, now this executor's. `fitting`: the languages that it has room for,
    if not for all of its own. `visitors`: of their queue."""
    asked = executor, most, fitting or executor.languages
    claimed = await statements.claim(*asked, visitors=visitors)
    for run in claimed:
        run.executor = executor
    return sorted(claimed, key=lambda run: (run.turn, run.created_at))


def start_run(run_id: UUID, started_at: datetime) -> bool:
    return _move(run_id, RunStatus.CLAIMED, RunStatus.RUNNING, started_at=started_at)


def finish_run(
    run_id: UUID,
    ending: Ending,
    executor: Executor | None = None,
    recording: Fields | None = None,
    forget: bool = True,
    **times: object,
) -> bool:
    """Whether this call ended the run. With `executor`: only if it is still that executor's.
    `forget`: false for a run that is known to be no visitor's.
    `recording` is saved with it: who reads `finished` finds all of it.
    """
    fields = asdict(ending) | {"signal": ending.signal or "", "finished_at": clock.now()}
    fields = {**fields, **times, **_size(recording)}
    ours = {} if executor is None else {"executor": executor}
    runs = Run.objects.filter(pk=run_id, status__in=ACTIVE, **ours)
    with transaction.atomic():
        ended = runs.update(status=RunStatus.FINISHED, **fields) == 1
        if ended and recording is not None:
            recordings.save_recording(run_id, recording)
        if ended and forget:
            forgetting.forget(run_id, ending)
    return _count(ending.outcome, ended)


def finish_run_even_without_recording(
    give_up_at: float,
    run_id: UUID,
    ending: Ending,
    executor: Executor,
    recording: Fields | None,
    forget: bool = True,
    **times: object,
) -> bool:
    """The same; after that time of the monotonic clock without a recording that a full disk does
    not take: the run, and who waits for its end, would be kept waiting."""
    try:
        return finish_run(run_id, ending, executor, recording, forget, **times)
    except DatabaseError:
        if time.monotonic() < give_up_at:
            raise
        ended = finish_run(run_id, ending, executor, None, forget, **times)
        logger.exception("Run %s was ended without the last part of its recording.", run_id)
        return ended


def save_progress(
    run_id: UUID, executor: Executor, recording: Fields | None, **figures: object
) -> bool:
    """Of a run that goes on; false when it is not that executor's any more."""
    claimed = (RunStatus.CLAIMED, RunStatus.RUNNING)
    with transaction.atomic():
        rows = Run.objects.filter(pk=run_id, executor=executor, status__in=claimed)
        ours = rows.update(**figures, **_size(recording)) == 1
        if ours and recording is not None:
            recordings.save_recording(run_id, recording)
    return ours


def _size(recording: Fields | None) -> Fields:
    return {} if recording is None else {"recording_bytes": recordings.size_of(recording)}


def runs_of(executor: Executor) -> set[UUID]:
    """What the executor still owns: a run that was given up as lost is not among them."""
    return {run.pk for run in Run.objects.filter(executor=executor, status__in=ACTIVE).only("pk")}


def active_of(asked: Collection[str]) -> set[str]:
    """Those of the ids that are of a run here which has not ended."""
    return {str(run.pk) for run in Run.objects.filter(pk__in=asked, status__in=ACTIVE).only("pk")}


def end_lost_runs(stale_heartbeats: Collection[StaleHeartbeat]) -> list[UUID]:
    """Ends the runs of executors that have gone, and of those that are silent since then."""
    gone = Q(executor__heartbeat_at=None)
    for stale in stale_heartbeats:
        gone |= Q(executor=stale.executor, executor__heartbeat_at=stale.heartbeat_at)
    claimed = Run.objects.filter(gone, status__in=(RunStatus.CLAIMED, RunStatus.RUNNING))
    ended = []
    for run in claimed.only("pk", "executor", "output_bytes", "started_at", "input_bytes"):
        ran = clock.read() - run.started_at if run.started_at else timedelta()
        ending = Ending(
            Outcome.EXECUTOR_LOST,
            ReasonCode.EXECUTOR_LOST,
            wall_ms=max(0, int(ran.total_seconds() * 1000)),  # its machine's clock may be ahead
            input_bytes=run.input_bytes,
            output_bytes=run.output_bytes,
        )
        if finish_run(run.pk, ending, executor=run.executor):
            ended.append(run.pk)
    return ended


def finish_queued(
    run_id: UUID,
    outcome: Outcome,
    reason_code: ReasonCode,
    figures: Figures | None = None,
    viewer: str | None = None,
) -> bool:
    """Ends a run that no executor has taken; false when one was quicker. `viewer`: only if that
    terminal waits for it."""
    ending = Ending(outcome, reason_code, figures or {})
    fields = asdict(ending) | {"signal": "", "finished_at": clock.now()}
    waits = {} if viewer is None else {"viewer": viewer}
    if ended := _move(run_id, RunStatus.QUEUED, RunStatus.FINISHED, waits, **fields):
        forgetting.forget(run_id, ending)
    return _count(outcome, ended)


def _count(outcome: Outcome, ended: bool) -> bool:
    """Whether this process has ended the run: then it counts it."""
    if ended:
        RUNS_ENDED.labels(outcome).inc()
    return ended


def _move(
    run_id: UUID,
    origin: RunStatus,
    target: RunStatus,
    only: Fields | None = None,
    **fields: object,
) -> bool:
    """`only`: if the row has these, too."""
    assert can_move(origin, target)
    runs = Run.objects.filter(pk=run_id, status=origin, **(only or {}))
    return runs.update(status=target, **fields) == 1
