"""The workspace page and its configuration."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from runner import access
from runner.infrastructure import sentences
from runner.infrastructure.http import json_api
from runner.infrastructure.http.not_found import or_404
from runner.offered import language_options, preselected_language
from runner.operations import site_status
from runner.protocol.http import WorkspaceConfig
from runner.protocol.reasons import ReasonCode
from runner.protocol.snippets import CHECKED
from runner.run_state import RunStatus


@require_safe
@never_cache
def workspace(request: HttpRequest) -> HttpResponse:
    """The page; for clients that prefer JSON the state of the site."""
    response: HttpResponse
    if json_api.is_preferred(request):
        response = json_api.answer(site_status())
    elif not request.user.is_authenticated:
        response = redirect_to_login(request.get_full_path())
    elif "run" in request.GET:
        response = _page_of_run(request, request.user, request.GET["run"])
    else:
        response = workspace_page(request, request.user)
    patch_vary_headers(response, ["Accept"])
    return response


@or_404()
def _page_of_run(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    """The workspace with the terminal of one of the user's runs, and its snippet."""
    try:
        run = access.own_run(user, UUID(wanted))
    except ValueError as error:
        raise access.NotFound(ReasonCode.NO_SUCH_RUN) from error
    if run.status == RunStatus.FINISHED:
        return redirect("run-detail", run.pk)
    snippet = access.open_snippets(user).filter(runs=run).values_list("pk", flat=True).first()
    return workspace_page(request, user, snippet, attach=run.pk)


def workspace_page(
    request: HttpRequest, user: User, snippet: int | None = None, attach: UUID | None = None
) -> HttpResponse:
    """`run` in the config: somebody has just asked for this snippet to be run."""
    run = snippet is not None and request.session.pop("run_snippet", None) == snippet
    config = WorkspaceConfig(
        user=user.username,
        staff=user.is_staff,
        languages=language_options(user),
        preselected=preselected_language(),
        preferences=user.preferred,
        start_bytes=settings.LIMITS.start_frame_bytes,
        sentences={code: sentences.sentence(code, CHECKED[code]) for code in CHECKED},
        snippet=snippet,
        run=run,
        attach=attach,
        forbidden_modules=tuple(sorted(settings.FORBIDDEN_MODULES)),
        forbidden_calls=tuple(sorted(settings.FORBIDDEN_CALLS)),
        embedding=bool(settings.EMBED_ALLOWED_ORIGINS),
        visitors=settings.VISITORS != "off",
    )
    classes = list(access.classrooms_to_run_in(user))
    context = {
        "config": config.model_dump(mode="json"),
        "classes": classes,
        "exam": access.exam_of(user) if classes else None,
    }
    return render(request, "runner/workspace.html", context)
