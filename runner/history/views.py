"""Pages of runs: list, details, recording, deletion."""

from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.audit import AuditAction, network_of
from runner import access, playback
from runner.history import queries, replacing
from runner.history.forms import RunFilter
from runner.history.recording_reads import cast_answer, charge_reading, reading
from runner.infrastructure.http.not_found import or_404
from runner.models import Run, Snippet

RUNS_PER_PAGE = 50


@require_safe
@login_required
@never_cache
def run_list(request: HttpRequest) -> HttpResponse:
    """The user's own runs; instructors may ask for everybody's."""
    assert request.user.is_authenticated
    everybody = request.user.is_staff and "all" in request.GET
    runs = queries.for_list(access.listed_runs(request.user))
    if not everybody:
        runs = queries.with_any_active(runs.filter(owner=request.user), request.user)
    form = RunFilter(request.GET, request.user, everybody=everybody)
    wanted = form.wanted()
    page = Paginator(queries.filtered(runs, wanted), RUNS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    asked = {name: str(value) for name, value in wanted.items()} | (
        {"all": ""} if everybody else {}
    )
    context = {
        "page": page,
        "active": queries.active_of(request.user) if _any_active(page) else (),
        "everybody": everybody,
        "form": form,
        "filtered": bool(wanted),
        "removed": queries.removed(request.user, wanted, everybody=everybody),
        "limits": settings.LIMITS,
        "query": urlencode(asked) + "&" if asked else "",
    }
    return render(request, "runner/run_list.html", context)


def _any_active(page: Iterable[Run]) -> bool:
    """Whether the reader, whose runs are shown, has one that has not ended."""
    return any(getattr(run, "any_active", False) for run in page)


@require_safe
@login_required
@never_cache
def run_detail(request: HttpRequest, run_id: UUID) -> HttpResponse:
    assert request.user.is_authenticated
    run = _visible_run(request, run_id, AuditAction.OPENED_RUN)
    charge_reading(request.user, run)
    with reading():
        recording = queries.recording_of(run)
        transcript = queries.transcript(run, recording)
    snippet, own = _linked_snippet(request, run), run.owner_id == request.user.pk
    replaced = None  # is shown, and can be undone, until the snippet is changed again
    if snippet is not None and request.GET.get("version") == str(snippet.version):
        replaced = replacing.just_replaced(request.user, request.GET.get("replaced", ""))
    context = {
        "run": run,
        "transcript": transcript,
        "files": run.files,
        "own": own,
        "snippet": snippet,
        "former": snippet is not None and _text(snippet) != _text(run),
        "replaced": replaced,
        "size": queries.terminal_size(run, recording),
        "recorded": playback.is_recorded(run),
    }
    return render(request, "runner/run_detail.html", context)


def _linked_snippet(request: HttpRequest, run: Run) -> Snippet | None:
    """Of the reader's own, if it is still there."""
    assert request.user.is_authenticated
    if run.snippet_id is None:
        return None
    own = access.open_snippets(request.user).defer("search_text")
    return own.filter(pk=run.snippet_id).first()


def _text(source: Run | Snippet) -> tuple[object, str]:
    return source.files, source.main


@require_POST
@login_required
def run_to_snippet(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The code of a run, as a new snippet of whoever may see the run."""
    assert request.user.is_authenticated
    run = _visible_run(request, run_id, AuditAction.COPIED_RUN)
    try:
        snippet = replacing.new_snippet(request.user, run)
    except replacing.CannotReplace as error:
        messages.error(request, str(error))
        return redirect("run-detail", run_id)
    return redirect("snippet", snippet.pk)


@require_POST
@login_required
@or_404()
def run_restore(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The text of an own run goes back into its snippet, or, to undo that, the one before."""
    assert request.user.is_authenticated
    _visible_run(request, run_id, AuditAction.OPENED_RUN)  # not one that an exam hides
    run = access.own_run(request.user, run_id)
    try:
        wish = request.POST.get("kept", ""), request.POST.get("version", "")
        restored, kept = replacing.restore(request.user, run, *wish)
    except replacing.CannotReplace as error:
        messages.error(request, str(error))
        return redirect("run-detail", run_id)
    if restored.pk != run.snippet_id:
        return redirect("snippet", restored.pk)
    query = ""
    if kept is None:
        messages.info(request, _("“%s” has this text already.") % restored.title)
    else:
        query = f"?replaced={kept.pk}&version={restored.version}"
    return redirect(reverse("run-detail", args=[run_id]) + query)


@require_POST
@login_required
@or_404()
def run_delete(request: HttpRequest, run_id: UUID) -> HttpResponse:
    assert request.user.is_authenticated
    queries.delete(request.user, run_id)
    messages.success(request, _("The run was deleted."))
    return redirect("run-list")


@require_POST
@login_required
def run_delete_all(request: HttpRequest) -> HttpResponse:
    """All of one's own that have ended."""
    assert request.user.is_authenticated
    count = queries.delete_all(request.user)
    text = ngettext("%(count)d run was deleted.", "%(count)d runs were deleted.", count)
    messages.success(request, text % {"count": count})
    return redirect("run-list")


@require_safe
@login_required
@never_cache
def run_cast(request: HttpRequest, run_id: UUID) -> HttpResponse:
    assert request.user.is_authenticated
    run = _visible_run(request, run_id, AuditAction.OPENED_RECORDING)
    return cast_answer(request.user, run)


@or_404()
def _visible_run(request: HttpRequest, run_id: UUID, action: AuditAction) -> Run:
    assert request.user.is_authenticated
    return access.listed_run(request.user, run_id, action, network_of(request))
