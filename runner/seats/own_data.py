"""Questions to those who teach: for the archive of own data, their deletion, and their end."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.classrooms.rules import kept_shorter
from accounts.models import User
from accounts.own_data import File, Part
from accounts.own_data.archive import as_json
from runner.models import Hand

FIELDS = ("classroom__name", "text", "raised_at", "answer", "answered_at")


def _own(user: User) -> Any:
    return Hand.objects.filter(user=user)


def _count(user: User) -> int:
    return int(_own(user).count())


def _files(user: User) -> Iterator[File]:
    """One for all classes: a member has one question in each."""
    if asked := list(_own(user).order_by("-raised_at").values(*FIELDS)):
        yield File("questions.json", as_json(asked))


def _delete(user: User) -> None:
    _own(user).delete()


def forget_old() -> int:
    """Those older than the site, or their class, keeps runs; how many there were."""
    now = timezone.now()
    days = settings.RETAIN_RUN_DAYS
    removed, _by_table = Hand.objects.filter(raised_at__lt=now - timedelta(days=days)).delete()
    for classroom, sooner in kept_shorter():
        old = Hand.objects.filter(classroom=classroom, raised_at__lt=now - timedelta(days=sooner))
        removed += old.delete()[0]
    return removed


OWN_QUESTIONS = Part("questions", _("questions in classes"), _count, _files, _delete)
