# size: every move of a run's status, so that no other module writes it
"""The life of a run: create, claim, move, finish, recover. Only this module writes `status`.
Every move is one `UPDATE … WHERE status = <from>`: who changes the row has won, others see that
they have not. The database is the queue of record.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from runner import access
from runner.infrastructure import clock
from runner.infrastructure.database import in_database
from runner.infrastructure.http.time_zone import zone_of
from runner.infrastructure.metrics import RUNS_ENDED
from runner.languages import LANGUAGES, Language
from runner.models import Executor, Run
from runner.protocol.messages import Exit, StartInteractive
from runner.protocol.reasons import ErrorCode, Figures, ReasonCode, known
from runner.protocol.refusals import NotAllowed, Refused, Unavailable, UnknownLanguage
from runner.run_state import ACTIVE, Ending, Outcome, RunStatus, can_move
from runner.runs import heartbeats, recordings, room, rules, run_queue, statements
from runner.runs.heartbeats import StaleHeartbeat
from runner.runs.offers import (
    REFUSING_SECONDS,
    Offers,
    cached_offers,
    reported_ids,
    reported_screens,
)
from runner.runs.steady_clock import SteadyClock
from runner.runs.visitors import forgetting

logger = logging.getLogger(__name__)
Fields = Mapping[str, object]
ASK_TIMES = 3
SMALL_CHARACTERS = 16 * 1024  # of a program that is looked at without delay
CHECKS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="check")
T = TypeVar("T")
_no_executor: SteadyClock[datetime | None] = SteadyClock()  # since when there is none
_without: SteadyClock[str] = SteadyClock()  # since when no executor has that language
_without_screens: SteadyClock[str] = SteadyClock()  # or shows its windows


class TooManyRuns(Refused):
    code = ErrorCode.TOO_MANY_RUNS


async def create_run(
    user: User, start: StartInteractive, viewer: str, stdin: str | None = None
) -> tuple[Run, int]:
    """A queued run and its place (1 = next). `viewer`: the terminal that waits."""
    run = await beside_terminals(start, partial(asked_for, user, start, viewer))
    run.stdin = stdin
    language = LANGUAGES[run.language]
    offers = await offers_with(language, staff=user.is_staff)
    if start.debug:
        offers.check_debugger(language, staff=user.is_staff)
    if start.screen:
        offers.check_screen(language, staff=user.is_staff)
    if start.class_ is not None:
        await _obey_class(user, run, start, offers)
    if start.room is not None:
        own = await in_database(access.ceilings_in_room, user, start.room)
        run.ceilings = own or run.ceilings
    beside = offers.beside(run.language)
    for _ in range(ASK_TIMES):
        if asked := await statements.ask(run, settings.LIMITS, beside):
            run.created_at, position = asked
            run.viewer_asked_at = run.created_at
            room.make_room_soon(user.pk)
            return run, position
        await in_database(_refuse, user, start, beside)
    raise Unavailable(ReasonCode.SITE_BUSY)


async def beside_terminals(start: StartInteractive, check: Callable[[], T]) -> T:
    """In a thread, if the program is large: what it uses takes up to a quarter of a second to find,
    and a user may ask for several at once."""
    if sum(len(file.content) for file in start.files) <= SMALL_CHARACTERS:
        return check()
    return await asyncio.get_running_loop().run_in_executor(CHECKS, check)


async def _obey_class(user: User, run: Run, start: StartInteractive, offers: Offers) -> None:
    """By the rules for students there, which cost a trip to the database; that the class may be
    chosen at all is a condition of the statement that makes the run."""
    assert start.class_ is not None
    if start.screen:
        await in_database(access.check_windows, user, start.class_)
    found = await in_database(_rules_there, user, start.class_, start.snippet)
    language = LANGUAGES[run.language]
    asked = language, start, found, offers.packages(language.id)
    await beside_terminals(start, partial(rules.check_of_class, *asked))
    run.ceilings = dict(found.limits) if found.limits else None


async def offers_with(language: Language, *, staff: bool) -> Offers:
    """Raises `Unavailable` when no executor has the language, by what the database says now: what
    this process remembers may be old."""
    offers = await cached_offers.at_hand()
    if not offers.expects(language.id):
        offers = await in_database(cached_offers.get, REFUSING_SECONDS)
    if not offers.expects(language.id):
        reason_code, figures = offers.why_not(language, staff=staff)
        raise Unavailable(reason_code, **figures)
    return offers


def _rules_there(user: User, classroom: int, snippet: int | None) -> access.StudentRules:
    """Raises `NotFound` for a snippet that an exam hides: its data would lie in the run's home."""
    found = access.rules_of_start(user, classroom, snippet)
    if snippet is not None and not access.open_snippets(user).filter(pk=snippet).exists():
        raise access.NotFound(ReasonCode.NO_SUCH_SNIPPET)
    return found


def asked_for(user: User | None, start: StartInteractive, viewer: str) -> Run:
    if start.language not in LANGUAGES:
        raise UnknownLanguage(ReasonCode.UNKNOWN_LANGUAGE, language=start.language)
    rules.check_abilities(LANGUAGES[start.language], start)
    if start.snippet is not None:
        access.check_snippet_id(start.snippet)
    if start.class_ is not None:
        access.check_classroom_id(start.class_)
    rules.check(LANGUAGES[start.language], start)
    return Run(
        owner=user,
        snippet_id=start.snippet,
        classroom_id=start.class_,
        room_id=start.room,
        language=start.language,
        files=[file.model_dump() for file in start.files],
        main=start.main or start.files[0].path,
        args=list(start.args),
        keep_open=start.keep_open,
        time_zone=start.timezone if start.timezone and zone_of(start.timezone) else "",
        observed="debug" if start.debug else "trace" if start.trace else "",
        screen_width=start.screen.width if start.screen else 0,
        screen_height=start.screen.height if start.screen else 0,
        rows=start.rows,
        cols=start.cols,
        viewer=viewer,
        source_bytes=sum(len(f"{file.path}{file.content}".encode()) for file in start.files),
    )


def _refuse(user: User, start: StartInteractive, beside: Collection[str]) -> None:
    """Says why there is no run; says nothing when there is room meanwhile."""
    limits = settings.LIMITS
    if start.snippet is not None:
        access.own_snippet(user, start.snippet)
    access.check_start(user, start.class_, start.language)
    if not User.objects.filter(pk=user.pk, is_active=True).exists():
        raise NotAllowed(ReasonCode.ACCOUNT_CLOSED)
    active = Run.objects.filter(status__in=ACTIVE)
    if (count := active.filter(owner=user).count()) >= limits.runs_per_user:
        if not end_abandoned_queue():
            raise TooManyRuns(ReasonCode.TOO_MANY_RUNS, active_runs=count)
    elif (
        run_queue.waiting().filter(language__in=beside, owner__isnull=False).count()
        >= limits.queued_runs
    ):
        raise Unavailable(ReasonCode.QUEUE_FULL)


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


def end_abandoned_queue() -> bool:
    """Ends queued runs when nobody is there to claim them, and nobody waits any more to say so.
    Whether there was one."""
    limits = settings.LIMITS
    before = clock.now() - timedelta(seconds=limits.executor_lost_seconds)
    old = run_queue.waiting().filter(created_at__lt=before)
    if heartbeats.alive_executors().exclude(sandbox="").exists():
        return _end_without_language(old)
    last = heartbeats.newest_heartbeat()
    if _no_executor.seconds({last}, time.monotonic())[last] < 2 * limits.heartbeat_seconds:
        return False  # the clock has jumped, perhaps
    left = list(old.only("pk"))
    for run in left:
        finish_queued(run.pk, Outcome.INTERNAL_ERROR, ReasonCode.NO_EXECUTOR)
    return bool(left)


def _end_without_language(old: QuerySet[Run]) -> bool:
    """The same for runs in languages that no living executor has any more."""
    asked = set(old.order_by().values_list("language", flat=True).distinct())
    missing = _without.seconds(asked - reported_ids() if asked else set(), time.monotonic())
    long = 2 * settings.LIMITS.heartbeat_seconds
    given_up = [language for language, seconds in missing.items() if seconds >= long]
    left = list(old.filter(language__in=given_up).only("pk", "language")) if given_up else []
    without_screen = _without_screen(old.exclude(language__in=given_up))
    for run in without_screen:
        finish_queued(run.pk, Outcome.INTERNAL_ERROR, ReasonCode.SCREEN_MISSING)
    for run in left:
        name = LANGUAGES[run.language].name if run.language in LANGUAGES else run.language
        figures = {"language": name}
        finish_queued(run.pk, Outcome.INTERNAL_ERROR, ReasonCode.LANGUAGE_GONE, figures)
    return bool(left or without_screen)


def _without_screen(old: QuerySet[Run]) -> list[Run]:
    """GUI runs whose windows no living executor can show any more."""
    waiting = list(old.filter(screen_width__gt=0).only("pk", "language"))
    asked = {run.language for run in waiting}
    since = _without_screens.seconds(asked - reported_screens(), time.monotonic())
    long = 2 * settings.LIMITS.heartbeat_seconds
    return [run for run in waiting if since.get(run.language, 0) >= long]


def finish_queued(
    run_id: UUID, outcome: Outcome, reason_code: ReasonCode, figures: Figures | None = None
) -> bool:
    """Ends a run that no executor has taken; false when one was quicker."""
    ending = Ending(outcome, reason_code, figures or {})
    fields = asdict(ending) | {"signal": "", "finished_at": clock.now()}
    if ended := _move(run_id, RunStatus.QUEUED, RunStatus.FINISHED, **fields):
        forgetting.forget(run_id, ending)
    return _count(outcome, ended)


def _count(outcome: Outcome, ended: bool) -> bool:
    """Whether this process has ended the run: then it counts it."""
    if ended:
        RUNS_ENDED.labels(outcome).inc()
    return ended


def _move(run_id: UUID, origin: RunStatus, target: RunStatus, **fields: object) -> bool:
    assert can_move(origin, target)
    return Run.objects.filter(pk=run_id, status=origin).update(status=target, **fields) == 1
