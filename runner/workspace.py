"""The workspace page and its configuration."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from runner.infrastructure import sentences
from runner.infrastructure.http import json_api
from runner.languages import LANGUAGES
from runner.operations import site_status
from runner.protocol.http import LanguageOption, WorkspaceConfig
from runner.protocol.snippets import CHECKED
from runner.runs import reported_languages


@require_safe
@never_cache
def workspace(request: HttpRequest) -> HttpResponse:
    """The page; for clients that prefer JSON the state of the site."""
    response: HttpResponse
    if json_api.is_preferred(request):
        response = json_api.answer(site_status())
    elif not request.user.is_authenticated:
        response = redirect_to_login(request.get_full_path())
    else:
        response = workspace_page(request, request.user)
    patch_vary_headers(response, ["Accept"])
    return response


def workspace_page(request: HttpRequest, user: User, snippet: int | None = None) -> HttpResponse:
    """`run` in the config: somebody has just asked for this snippet to be run."""
    run = snippet is not None and request.session.pop("run_snippet", None) == snippet
    versions = reported_languages()
    config = WorkspaceConfig(
        user=user.username,
        staff=user.is_staff,
        languages=tuple(
            LanguageOption(
                id=language.id,
                name=language.name,
                version=versions.get(language.id, ""),
                main=language.main,
                example=language.example,
                can_keep_open=language.can_keep_open,
            )
            for language in LANGUAGES.values()
        ),
        preferences=user.preferred,
        start_bytes=settings.LIMITS.start_frame_bytes,
        sentences={code: sentences.sentence(code, CHECKED[code]) for code in CHECKED},
        snippet=snippet,
        run=run,
        embedding=bool(settings.EMBED_ALLOWED_ORIGINS),
    )
    return render(request, "runner/workspace.html", {"config": config.model_dump(mode="json")})
