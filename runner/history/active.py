"""The user's programs that run or wait: each can be reached again, or stopped."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from runner import access, runs
from runner.history import figures
from runner.history.queries import active_of
from runner.infrastructure.http import json_api
from runner.infrastructure.http.not_found import or_404
from runner.models import Run
from runner.protocol.http import ActiveRun, ActiveRuns


@require_GET
@json_api.endpoint
def active_runs(request: HttpRequest, user: User) -> JsonResponse:
    """Also those of closed tabs and of other devices."""
    return json_api.answer(ActiveRuns(runs=tuple(map(_row, active_of(user)))))


def _row(run: Run) -> ActiveRun:
    return ActiveRun(
        run=run.pk,
        title=figures.title(run),
        file=figures.file(run),
        status=run.status,
        created_at=run.created_at,
        url=terminal_url(run),
    )


def terminal_url(run: Run) -> str:
    """The workspace, with the terminal of this run."""
    return f"{reverse('workspace')}?run={run.pk}"


@require_POST
@json_api.page_or_json
def stop(request: HttpRequest, run_id: UUID) -> HttpResponse:
    as_json = json_api.is_preferred(request)
    response = _stop_json(request, run_id) if as_json else _stop_page(request, run_id)
    patch_vary_headers(response, ["Accept"])
    return response


@json_api.endpoint
def _stop_json(request: HttpRequest, user: User, run_id: UUID) -> JsonResponse:
    _stop(user, run_id)
    return json_api.answer(ActiveRuns(runs=tuple(map(_row, active_of(user)))))


@login_required
@or_404()
def _stop_page(request: HttpRequest, run_id: UUID) -> HttpResponse:
    assert request.user.is_authenticated
    if _stop(request.user, run_id):
        messages.success(request, _("The program was stopped."))
    else:
        messages.info(request, _("The program is being stopped. Reload the page in a moment."))
    return redirect("run-list")


def _stop(user: User, run_id: UUID) -> bool:
    """Only the owner's own; whether it has ended. One that has ended before is no error."""
    run = access.own_run(user, run_id, hidden=True)
    return runs.stop_run(run.pk)
