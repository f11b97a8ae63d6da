"""The number of runs of a user, as a column of the admin."""

from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.admin_columns import UserColumn
from accounts.models import User
from runner.models import Run


def _count() -> Coalesce:
    """A subquery, not a join: counted for the users of one page, not for all."""
    runs = Run.objects.filter(owner=OuterRef("pk")).order_by().values("owner")
    return Coalesce(Subquery(runs.annotate(count=Count("pk")).values("count")), 0)


def _runs_of(user: User) -> str:
    return f"{reverse('run-list')}?{urlencode({'all': '', 'student': user.get_username()})}"


RUN_COUNT = UserColumn("run_count", _("Runs"), _count, _runs_of)
