"""An interview from its beginning until nothing of it is left."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from runner import access, history, rooms, runs, snippets
from runner.infrastructure import clock
from runner.models import (
    Interview,
    InterviewTemplate,
    Room,
    RoomMember,
    RoomRole,
    Run,
    Snippet,
)
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed
from runner.protocol.snippets import TITLE_CHARACTERS, NewSnippet
from runner.run_state import ACTIVE, RunStatus

NOTES_PATH = "notes.md"
TASK_CHARACTERS = 40_000
NOTES_CHARACTERS = 20_000
LONGEST_MINUTES = 8 * 60
MORE_MINUTES = 5  # that the timer is given at once


def begin(user: User, template: InterviewTemplate, candidate: str) -> Interview:
    """Its rooms, with a snippet for each. The timer does not run yet. Raises a `Refused`."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).filter(pk=user.pk).exists()
        limit = settings.LIMITS.interviews_per_user
        if Interview.objects.filter(owner=user).count() >= limit:
            raise NotAllowed(ReasonCode.TOO_MANY_INTERVIEWS, limit=limit)
        title = f"{template.title} · {candidate}" if candidate else template.title
        notes = [{"path": NOTES_PATH, "content": template.notes}]
        language = template.languages[0]
        return Interview.objects.create(
            owner=user,
            room=_room(user, title, language, template.files),
            notes=_room(user, f"{title[: TITLE_CHARACTERS - 10]} · Notes", language, notes),
            title=template.title,
            candidate=candidate,
            task=template.task,
            languages=template.languages,
            minutes=template.minutes,
            tests=template.tests,
        )


def _room(user: User, title: str, language: str, files: list[dict[str, str]]) -> Room:
    new = {
        "title": title[:TITLE_CHARACTERS],
        "language": language,
        "main": files[0]["path"],
        "files": files,
    }
    snippet = snippets.create(user, NewSnippet.model_validate(new))
    return rooms.make_room(user, snippet, keeps_past=True)


def start(interview: Interview) -> bool:
    """The timer runs from now on. Whether it did not yet."""
    now = clock.read()
    ends = now + timedelta(minutes=interview.minutes) if interview.minutes else None
    waiting = Interview.objects.filter(pk=interview.pk, started_at=None)
    return bool(waiting.update(started_at=now, ends_at=ends))


def extend(interview: Interview) -> bool:
    """By some minutes, also when it has just ended; programs that run keep their limit."""
    timed = Interview.objects.filter(pk=interview.pk, started_at__isnull=False)
    limit = F("started_at") + timedelta(minutes=LONGEST_MINUTES)
    later = timed.filter(ends_at__lt=limit)
    more = timedelta(minutes=MORE_MINUTES)
    with transaction.atomic():
        row = later.select_for_update().first()
        if row is None or row.ends_at is None:
            return False
        row.ends_at = max(row.ends_at, clock.read()) + more
        row.save(update_fields=["ends_at"])
    return True


def end(interview: Interview) -> bool:
    """Now: the candidates read from now on, and their programs end. Whether it went on."""
    going = Interview.objects.filter(access.goes_on(), pk=interview.pk)
    ended = bool(going.update(ends_at=clock.now()))
    rooms.end_runs(interview.room_id)
    return ended


def add_interviewer(interview: Interview, user: User) -> None:
    """Raises `NotAllowed` where the rooms have as many members as they admit."""
    with transaction.atomic():
        for room in filter(None, (interview.notes, interview.room)):
            Room.objects.select_for_update(no_key=True).filter(pk=room.pk).exists()
            if not room.members.filter(user=user).exists():
                rooms.check_room_for_one_more(room)
            editor = {"role": RoomRole.EDITOR}
            RoomMember.objects.update_or_create(room=room, user=user, defaults=editor)


def remove_interviewer(interview: Interview, number: int) -> None:
    """`number`: of the user."""
    both = [room for room in (interview.room_id, interview.notes_id) if room is not None]
    RoomMember.objects.filter(room__in=both, user=number, invitation=None).delete()


def interviewers(interview: Interview) -> QuerySet[User]:
    named = RoomMember.objects.filter(room=interview.notes_id, invitation=None)
    return User.objects.filter(pk__in=named.values("user")).order_by("username")


def candidates(interview: Interview) -> QuerySet[RoomMember]:
    """Who has come in by a link, and was not removed."""
    members = interview.room.members.filter(invitation__isnull=False, user__is_active=True)
    return members.filter(invitation__revoked_at=None).select_related("user").order_by("pk")


def end_runs_of(guests: Iterable[int]) -> None:
    """Of candidates who leave. Waits, for a bounded time."""
    left = access.runs_of_guests().filter(owner__in=list(guests))
    for pk in list(left.values_list("pk", flat=True)):
        runs.stop_run(pk)


def delete(interview: Interview) -> bool:
    """All of it: rooms, snippets, programs with their recordings, guests, ratings. False while a
    program of it cannot be ended; then nothing is deleted, and it may be tried again."""
    tested = interview.results.values("run")
    of_it = Run.objects.filter(room__in=[interview.room_id, interview.notes_id])
    both = of_it | Run.objects.filter(pk__in=tested)
    # Else a candidate who starts one program after the other would keep it.
    User.objects.filter(pk__in=_guests(interview)).update(is_active=False)
    for pk in list(both.filter(status__in=ACTIVE).values_list("pk", flat=True)):
        runs.stop_run(pk)
    ended = Run.objects.filter(pk__in=list(both.values_list("pk", flat=True)))
    if ended.exclude(status=RunStatus.FINISHED).exists():
        return False
    history.remove(ended)
    guests = _guests(interview)
    kept = [room for room in (interview.room_id, interview.notes_id) if room is not None]
    with transaction.atomic():
        of_rooms = list(Snippet.objects.filter(room__in=kept).values_list("pk", flat=True))
        Interview.objects.filter(pk=interview.pk).delete()
        Snippet.objects.filter(pk__in=of_rooms).delete()
    User.objects.filter(pk__in=guests, username__startswith=access.GUEST).delete()
    return True


def _guests(interview: Interview) -> list[int]:
    members = interview.room.members.filter(invitation__isnull=False)
    return list(members.values_list("user_id", flat=True))


def forget_old() -> int:
    """Those that ended, or were made and never ended, longer ago than they are kept; how many."""
    before = clock.read() - timedelta(days=settings.INTERVIEW_DAYS)
    last = Interview.objects.annotate(last=Coalesce("ends_at", "created_at"))
    old = last.filter(last__lt=before).select_related("room")
    return sum(delete(interview) for interview in old.iterator(chunk_size=100))
