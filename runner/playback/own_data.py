"""How programs were written, for the archive of own data, and its deletion."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.own_data import File, Part
from accounts.own_data.archive import as_json
from runner.models import Writing


def _own(user: User) -> Any:
    return Writing.objects.filter(owner=user)


def _count(user: User) -> int:
    return int(_own(user).count())


def _files(user: User) -> Iterator[File]:
    for pk in list(_own(user).order_by("-started_at").values_list("pk", flat=True)):
        one = _own(user).filter(pk=pk).select_related("classroom").first()
        if one is not None:  # else it was deleted meanwhile
            about = {
                "class": one.classroom.name,
                "started": one.started_at,
                "edits": one.edits,
                "pastes": one.pastes,
                "runs": one.runs,
            }
            name = f"{one.started_at:%Y-%m-%d %H-%M-%S} {str(one.pk)[:8]}"
            yield File(f"writing/{name}.json", as_json(about))


def _delete(user: User) -> None:
    _own(user).delete()


OWN_WRITINGS = Part("writings", _("how programs were written"), _count, _files, _delete)
