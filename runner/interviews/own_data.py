"""Templates and interviews, and what was said in rooms: for the archive of own data, and their
deletion."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.own_data import File, Part
from accounts.own_data.archive import as_json
from runner.models import Interview, InterviewRating, InterviewTemplate, RoomLine

OF_TEMPLATE = ("title", "task", "notes", "languages", "files", "minutes", "tests", "changed_at")
OF_INTERVIEW = (
    "title", "candidate", "task", "languages", "minutes", "tests", "created_at", "started_at",
    "ends_at",
)  # fmt: skip


def _count(user: User) -> int:
    own = Interview.objects.filter(owner=user).count()
    return own + InterviewTemplate.objects.filter(owner=user).count()


def _files(user: User) -> Iterator[File]:
    templates = InterviewTemplate.objects.filter(owner=user).order_by("-changed_at")
    for pk in list(templates.values_list("pk", flat=True)):
        for about in templates.filter(pk=pk).values(*OF_TEMPLATE):
            yield File(f"interviews/template {pk}.json", as_json(about))
    interviews = Interview.objects.filter(owner=user).order_by("-created_at")
    for pk in list(interviews.values_list("pk", flat=True)):
        for about in interviews.filter(pk=pk).values(*OF_INTERVIEW):
            yield File(f"interviews/interview {pk}.json", as_json(about | _ratings(pk)))
    rated = InterviewRating.objects.filter(author=user).exclude(interview__owner=user)
    fields = "interview__title", "interview__candidate", "score", "remark", "at"
    if others := list(rated.order_by("-at").values(*fields)):
        yield File("interviews/ratings of others' interviews.json", as_json(others))


def _ratings(interview: int) -> dict[str, Any]:
    said = InterviewRating.objects.filter(interview=interview).order_by("pk")
    return {"ratings": list(said.values("author__username", "score", "remark", "at"))}


def _delete(user: User) -> None:
    from runner.interviews.store import delete  # executors load this module, and need no rooms

    for interview in Interview.objects.filter(owner=user).select_related("room"):
        delete(interview)
    InterviewTemplate.objects.filter(owner=user).delete()
    InterviewRating.objects.filter(author=user).delete()


OWN_INTERVIEWS = Part("interviews", _("interviews and their templates"), _count, _files, _delete)


def _lines(user: User) -> Any:
    return RoomLine.objects.filter(author=user)


def _count_lines(user: User) -> int:
    return int(_lines(user).count())


def _files_of_lines(user: User) -> Iterator[File]:
    """One for all rooms: each keeps its newest lines alone."""
    if said := list(_lines(user).order_by("-at").values("room", "name", "text", "at")):
        yield File("rooms/messages.json", as_json(said))


def _delete_lines(user: User) -> None:
    _lines(user).delete()


OWN_LINES = Part("room_lines", _("messages in rooms"), _count_lines, _files_of_lines, _delete_lines)
