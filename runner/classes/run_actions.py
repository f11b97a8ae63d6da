"""What the lists of runs in the administration offer for chosen runs."""

import time
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.audit import AuditAction
from accounts.models import User
from runner import access, runs
from runner.classes.exports import export
from runner.classes.page import reader
from runner.classes.runs import CSV, JSON_LINES, as_csv, as_json
from runner.models import Run
from runner.run_state import ACTIVE

CLASSES_OFFERED = 50
MOST_STOPPED = 100  # each is waited for
STOPPING_SECONDS = 20.0  # of all; what is left then is stopped by asking again
ACTIONS = ("stop_runs", "export_csv", "export_json")


class OwnClassFilter(admin.SimpleListFilter):
    """The classes that the reader may see, not those of the site."""

    title = _("class")
    parameter_name = "classroom"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        own = access.classrooms_of(reader(request)).order_by("-created_at", "-pk")
        return [(str(one.pk), str(one)) for one in own[:CLASSES_OFFERED]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Run]) -> QuerySet[Run]:
        wanted = self.value() or ""
        if not wanted:
            return queryset
        number = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0
        seen = access.classrooms_of(reader(request)).filter(pk=number)
        return queryset.filter(classroom__in=seen.values("pk"))


class RunActions:
    """For `RunAdmin`, whose `get_queryset` has only what the reader may see."""

    @admin.action(description=_("Stop the runs"), permissions=["view"])
    def stop_runs(self, request: HttpRequest, queryset: QuerySet[Run]) -> None:
        user, until = reader(request), time.monotonic() + STOPPING_SECONDS
        active = (
            queryset.filter(status__in=ACTIVE).select_related(None).only("pk", "owner", "classroom")
        )
        stopped = refused = 0
        for run in active[:MOST_STOPPED]:
            if not access.may_stop(user, run) or time.monotonic() > until:
                refused += 1
            elif _stop(request, user, run):
                stopped += 1
        text = ngettext("%(count)d run was stopped.", "%(count)d runs were stopped.", stopped)
        messages.success(request, text % {"count": stopped})
        if refused:
            text = gettext("%(count)d were not: only instructors of their class stop runs.")
            messages.warning(request, text % {"count": refused})

    @admin.action(description=_("Export as CSV"), permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: QuerySet[Run]) -> HttpResponseBase:
        pieces = as_csv(_exported(request, queryset))
        return export(request, pieces, kind=CSV, name="runs.csv", of="runs", what="runs.csv")

    @admin.action(description=_("Export as JSON"), permissions=["view"])
    def export_json(self, request: HttpRequest, queryset: QuerySet[Run]) -> HttpResponseBase:
        pieces = as_json(_exported(request, queryset))
        return export(
            request, pieces, kind=JSON_LINES, name="runs.json", of="runs", what="runs.json"
        )


def _stop(request: HttpRequest, user: User, run: Run) -> bool:
    audit.record(
        AuditAction.CHANGED,
        actor_id=user.pk,
        subject_id=run.owner_id,
        target=f"run {run.pk}",
        network=audit.network_of(request),
        detail="stopped",
    )
    name = user.get_full_name() or user.username
    return runs.stop_by_instructor(run.pk, name, gettext("Please ask me."))


def _exported(request: HttpRequest, queryset: QuerySet[Run]) -> QuerySet[Run]:
    """Of classes in which the reader may export; staff also export runs outside of classes."""
    user = reader(request)
    if user.is_superuser:
        return queryset
    exported = Q(classroom__in=access.classroom_ids_where(user, access.Action.EXPORT))
    if user.is_staff:
        exported |= Q(classroom=None)
    return queryset.filter(exported)
