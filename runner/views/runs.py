"""The history of runs."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from runner import access, history
from runner.asciicast import MEDIA_TYPE, cast
from runner.models import Run

RUNS_PER_PAGE = 50


@require_safe
@login_required
@never_cache
def run_list(request: HttpRequest) -> HttpResponse:
    """The user's own runs; instructors may ask for everybody's."""
    assert request.user.is_authenticated
    everybody = request.user.is_staff and "all" in request.GET
    runs = history.for_list(access.visible_runs(request.user))
    if not everybody:
        runs = runs.filter(owner=request.user)
    page = Paginator(runs, RUNS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "runner/run_list.html", {"page": page, "everybody": everybody})


@require_safe
@login_required
@never_cache
def run_detail(request: HttpRequest, run_id: UUID) -> HttpResponse:
    run = _visible_run(request, run_id)
    transcript = history.transcript(run, history.recording_of(run))
    return render(request, "runner/run_detail.html", {"run": run, "transcript": transcript})


@require_safe
@login_required
@never_cache
def run_cast(request: HttpRequest, run_id: UUID) -> HttpResponse:
    run = _visible_run(request, run_id)
    return HttpResponse(
        cast(run, history.recording_of(run)),
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="run-{run.id}.cast"'},
    )


def _visible_run(request: HttpRequest, run_id: UUID) -> Run:
    assert request.user.is_authenticated
    try:
        return access.visible_run(request.user, run_id)
    except access.NotFound as error:
        raise Http404(str(error)) from error
