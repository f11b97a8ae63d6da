"""What the database says of the members of a class: who is there, what they ran last, who asks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from accounts.models import ClassRules, Membership, Role
from runner.classroom.grid_state import Hand, Member, RunFacts
from runner.infrastructure import clock
from runner.models import Hand as HandRow
from runner.models import OpenSocket, Run
from runner.protocol.classes.messages import MemberState
from runner.run_state import ACTIVE, RunStatus
from runner.seats import shown_name

FIELDS = (
    "pk", "owner_id", "language", "status", "outcome", "error_name", "error_line", "created_at",
    "started_at", "finished_at",
)  # fmt: skip
NAMES = "user__username", "user__first_name", "user__last_name"
STATES = {RunStatus.QUEUED: MemberState.QUEUED, RunStatus.FINISHED: MemberState.IDLE}
MOST_MEMBERS = 1000  # on one page


def load_members(classroom: int) -> list[Member]:
    """The students of the class, in five queries."""
    newest = Run.objects.filter(classroom=classroom, owner=OuterRef("user")).order_by("-created_at")
    members = (
        Membership.objects.filter(classroom=classroom, role=Role.STUDENT, user__is_active=True)
        .annotate(last_run=Subquery(newest.values("pk")[:1]))
        .order_by("user__username")[:MOST_MEMBERS]
    )
    # Objects of 300 users take twice the time.
    rows = list(members.values_list("user_id", *NAMES, "last_run"))
    runs = _runs(classroom, [last_run for *_, last_run in rows if last_run])
    online = present(classroom)
    browsers = _browsers(classroom, [user_id for user_id, *_ in rows])
    hands = _hands(classroom)
    return [
        Member(
            user_id=user_id,
            user=username,
            name=shown_name(username, *names),
            online=user_id in online,
            browsers=browsers.get(user_id, 1),
            hand=hands.get(user_id, Hand("", 0.0)),
            runs=runs[user_id],
        )
        for user_id, username, *names, _ in rows
    ]


def present(classroom: int) -> set[int]:
    """Users with a page of the class. Those on a web worker that died count for a minute."""
    since = clock.now() - timedelta(seconds=3 * settings.LIMITS.socket_seen_seconds)
    sockets = OpenSocket.objects.filter(classroom=classroom, seen_at__gte=since)
    return set(sockets.values_list("user_id", flat=True))


def _browsers(classroom: int, users: Sequence[int]) -> dict[int, int]:
    """In how many browsers each of them has the site open, where it is more than one and an exam
    goes on. Sign-ins on one machine with two browsers count as two."""
    now = clock.now()
    exam = ClassRules.objects.filter(pk=classroom, exam_starts_at__lte=now, exam_ends_at__gt=now)
    since = now - timedelta(seconds=3 * settings.LIMITS.socket_seen_seconds)
    sockets = OpenSocket.objects.filter(user__in=users, seen_at__gte=since).exclude(browser="")
    counted = sockets.filter(Exists(exam)).order_by().values_list("user")
    found = counted.annotate(count=Count("browser", distinct=True)).filter(count__gt=1)
    return dict(found)


def is_present(classroom: int, user: int) -> bool:
    return user in present(classroom)


def _runs(classroom: int, newest: Iterable[Any]) -> dict[int, dict[Any, RunFacts]]:
    """By owner: the newest one of each, and all that are active."""
    active = Q(classroom=classroom, status__in=ACTIVE)
    found: dict[int, dict[Any, RunFacts]] = defaultdict(dict)
    for row in Run.objects.filter(active | Q(pk__in=list(newest))).values(*FIELDS):
        found[row["owner_id"]][row["pk"]] = _facts(row)
    return found


def _facts(row: dict[str, Any]) -> RunFacts:
    state = STATES.get(row["status"], MemberState.RUNNING)
    times: dict[MemberState, datetime | None] = {
        MemberState.RUNNING: row["started_at"],
        MemberState.IDLE: row["finished_at"],
    }
    return RunFacts(
        run=row["pk"],
        language=row["language"],
        state=state,
        since=(times.get(state) or row["created_at"]).timestamp(),
        order=row["created_at"].timestamp(),
        outcome=row["outcome"],
        error=row["error_name"],
        error_line=row["error_line"],
    )


def _hands(classroom: int) -> dict[int, Hand]:
    up = HandRow.objects.filter(classroom=classroom, answered_at=None)
    rows = up.values_list("user_id", "text", "raised_at")
    return {user: Hand(text, raised_at.timestamp()) for user, text, raised_at in rows}


def last_code(classroom: int, user: int) -> tuple[list[dict[str, str]], str] | None:
    """Files and main file of the member's newest run in the class."""
    runs = Run.objects.filter(classroom=classroom, owner=user).order_by("-created_at")
    found = runs.values_list("files", "main").first()
    return (found[0], found[1]) if found else None
