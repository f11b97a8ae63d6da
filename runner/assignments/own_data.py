"""What a user handed in, for the archive of own data, and its deletion."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.own_data import File, Part
from accounts.own_data.archive import as_json
from runner.models import HandIn


def _own(user: User) -> Any:
    return HandIn.objects.filter(student=user)


def _count(user: User) -> int:
    return int(_own(user).count())


def _files(user: User) -> Iterator[File]:
    for pk in list(_own(user).order_by("-at").values_list("pk", flat=True)):
        one = _own(user).filter(pk=pk).select_related("assignment__classroom").first()
        if one is not None:  # else it was deleted meanwhile
            yield from _files_of(one)


def _files_of(one: HandIn) -> Iterator[File]:
    """What is not given back yet is not told."""
    folder = f"hand-ins/{one.at:%Y-%m-%d %H-%M-%S} {one.pk}"
    about: dict[str, Any] = {
        "class": one.assignment.classroom.name,
        "assignment": one.assignment.title,
        "handed_in": one.at,
        "language": one.language,
        "main": one.main,
    }
    if one.returned_at is not None:
        said = one.comments.order_by("path", "line").values("path", "line", "text")
        about |= {"mark": one.mark, "remark": one.remark, "comments": list(said)}
    yield File(f"{folder}/hand-in.json", as_json(about))
    for file in one.files:
        yield File(f"{folder}/program/{file['path']}", file["content"].encode(errors="replace"))


def _delete(user: User) -> None:
    _own(user).delete()


OWN_HAND_INS = Part("hand_ins", _("programs that were handed in"), _count, _files, _delete)
