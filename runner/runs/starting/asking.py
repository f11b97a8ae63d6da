"""A user's program becomes a queued run, unless something is against it: the program, the offers of
executors, the class or room, or too many runs. The statement that makes the row has the last word.
"""

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from django.conf import settings

from accounts.models import User
from runner import access
from runner.infrastructure.database import in_database
from runner.infrastructure.http.time_zone import zone_of
from runner.languages import LANGUAGES, Language
from runner.models import Run
from runner.protocol.messages import StartInteractive
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.protocol.refusals import NotAllowed, Refused, Unavailable, UnknownLanguage
from runner.run_state import ACTIVE
from runner.runs import room, run_queue, statements
from runner.runs.abandoned import end_abandoned_queue
from runner.runs.offers import REFUSING_SECONDS, Offers, cached_offers
from runner.runs.starting import rules

ASK_TIMES = 3
SMALL_CHARACTERS = 16 * 1024  # of a program that is looked at without delay
CHECKS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="check")
T = TypeVar("T")


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
    if start.room is not None:
        access.check_room_start(user, start.room, start.language)
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
