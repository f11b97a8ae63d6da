"""Pages of shared snippets: anyone with the link may read, signed-in users may fork."""

from collections.abc import Callable
from http import HTTPStatus

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from runner import access
from runner.infrastructure import sentences
from runner.infrastructure.http import json_api
from runner.infrastructure.http.not_found import or_404
from runner.models import Snippet
from runner.protocol.refusals import NotAllowed
from runner.snippets import quota, shares, store
from runner.snippets.views import snippet_json

# Nothing but its own style, fonts and the script that colours code; who may frame it comes to it.
EMBED_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "font-src": [SELF],
    "img-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
}


def _check_reading(user: User) -> None:
    """Nobody who is taking an exam reads what others share."""
    try:
        access.check_reading(user)
    except NotAllowed as refused:
        raise PermissionDenied(sentences.of_refusal(refused)) from refused


@require_safe
@never_cache
def shared_snippet(request: HttpRequest, slug: str) -> HttpResponse:
    """Read-only, also for the signed-out. Says nothing of its owner."""
    snippet = _found(access.shared_snippet, slug)
    if request.user.is_authenticated:
        _check_reading(request.user)
    version = shares.version_of(snippet)
    context = {
        "snippet": snippet,
        "version": version,
        "files": version.files,
        "own": snippet.owner_id == request.user.pk,
    }
    response = render(request, "runner/shared_snippet.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@never_cache
@xframe_options_exempt
@json_api.for_anybody
def embedded_snippet(request: HttpRequest, slug: str) -> HttpResponseBase:
    """For frames of course pages: no forms, and no look at who is signed in."""

    def shown(request: HttpRequest) -> HttpResponse:
        snippet = _found(access.embeddable_snippet, slug)
        version = shares.version_of(snippet)
        context = {"snippet": snippet, "version": version, "files": version.files}
        response = render(request, "runner/embedded_snippet.html", context)
        response["X-Robots-Tag"] = "noindex"
        return response

    framed_by = settings.EMBED_ALLOWED_ORIGINS or [NONE]
    return csp(EMBED_POLICY | {"frame-ancestors": framed_by})(shown)(request)


@require_POST
@json_api.page_or_json
def fork(request: HttpRequest, slug: str) -> HttpResponse:
    """The shared code as a snippet of one's own; with `run` the workspace starts it at once."""
    if json_api.is_preferred(request):
        return _fork_json(request, slug)
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("shared-snippet", args=[slug]))
    shared = _found(access.shared_snippet, slug)
    _check_reading(request.user)
    try:
        snippet = store.copy(request.user, shares.version_of(shared))
    except quota.NoRoom as error:
        messages.error(request, sentences.of_refusal(error))
        return redirect("shared-snippet", slug)
    if "run" in request.POST:
        request.session["run_snippet"] = snippet.pk
    return redirect("snippet", snippet.pk)


@json_api.endpoint
def _fork_json(request: HttpRequest, user: User, slug: str) -> JsonResponse:
    access.check_reading(user)
    snippet = store.copy(user, shares.version_of(access.shared_snippet(slug)))
    return json_api.answer(snippet_json(request, snippet), HTTPStatus.CREATED)


@or_404()
def _found(find: Callable[[str], Snippet], slug: str) -> Snippet:
    return find(slug)
