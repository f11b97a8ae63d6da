"""The list of snippets as a page, and the JSON API that the workspace uses."""

from http import HTTPStatus
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from runner import access
from runner.infrastructure import sentences
from runner.infrastructure.http import json_api
from runner.infrastructure.http.not_found import or_404
from runner.models import Snippet, StartedAssignment
from runner.protocol import snippets as wire
from runner.protocol.http import ConflictBody, HttpError
from runner.protocol.messages import SourceFile
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage
from runner.protocol.snippets import NewSnippet, ShareChange, SnippetChange
from runner.snippets import search, shares, store
from runner.workspace import workspace_page

SNIPPETS_PER_PAGE = 50
ADDRESSES = {"url": "shared-snippet", "embed_url": "embedded-snippet", "try_url": "try"}


# --- JSON ------------------------------------------------------------------------------------
def snippet_json(request: HttpRequest, snippet: Snippet) -> wire.Snippet:
    """A snippet as the workspace knows it."""
    return wire.Snippet(
        id=snippet.pk,
        title=snippet.title,
        language=snippet.language,
        main=snippet.main,
        files=tuple(SourceFile.model_construct(**file) for file in snippet.files),
        version=snippet.version,
        updated_at=snippet.updated_at,
        share=_share(request, snippet),
        breakpoints=tuple(wire.Breakpoint.model_construct(**one) for one in snippet.breakpoints),
    )


def _share(request: HttpRequest, snippet: Snippet) -> wire.Share | None:
    if snippet.slug is None:
        return None
    here = request.build_absolute_uri
    urls = {field: here(reverse(name, args=[snippet.slug])) for field, name in ADDRESSES.items()}
    version, at = shares.shown(snippet)
    return wire.Share(
        **urls,
        slug=snippet.slug,
        embed=snippet.embeddable and bool(settings.EMBED_ALLOWED_ORIGINS),
        version=version,
        shared_at=at,
        visitors=snippet.open_to_visitors and settings.VISITORS != "off",
    )


def _in_list(snippet: Snippet) -> wire.SnippetRow:
    return wire.SnippetRow(
        id=snippet.pk,
        title=snippet.title,
        language=snippet.language,
        updated_at=snippet.updated_at,
        version=snippet.version,
        shared=snippet.slug is not None,
    )


@json_api.endpoint
def _list(request: HttpRequest, user: User) -> JsonResponse:
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdecimal() and len(number) < 7) or int(number) == 0:
        raise BadMessage(
            ReasonCode.INVALID_MESSAGE, problem="page: must be a whole number from 1 on"
        )
    found = search.find(user, request.GET.get("q", ""))
    pages = Paginator(found.snippets, SNIPPETS_PER_PAGE)
    total = pages.count
    page = int(number)
    shown = pages.page(page).object_list if page <= pages.num_pages else []
    return json_api.answer(
        wire.SnippetPage(
            snippets=tuple(_in_list(snippet) for snippet in shown),
            next=page + 1 if page < pages.num_pages else None,
            total=total,
            complete=found.complete,
        )
    )


@json_api.endpoint
def _create(request: HttpRequest, user: User) -> JsonResponse:
    snippet = store.create(user, json_api.read(request, NewSnippet))
    return json_api.answer(snippet_json(request, snippet), HTTPStatus.CREATED)


@json_api.endpoint
def _get(request: HttpRequest, user: User, snippet_id: int) -> JsonResponse:
    snippet = access.own_snippet(user, snippet_id)
    locked = StartedAssignment.objects.filter(pk=snippet.pk).values_list("locked", flat=True)
    told = snippet_json(request, snippet)
    return json_api.answer(told.model_copy(update={"locked": tuple(locked.first() or ())}))


@json_api.endpoint
def _save(request: HttpRequest, user: User, snippet_id: int) -> JsonResponse:
    change = json_api.read(request, SnippetChange)
    try:
        return json_api.answer(snippet_json(request, store.save(user, snippet_id, change)))
    except store.Conflict as conflict:
        message = sentences.sentence(ReasonCode.SNIPPET_CHANGED, {})
        error = HttpError(code="conflict", message=message)
        body = ConflictBody(error=error, current=snippet_json(request, conflict.current))
        return json_api.answer(body, HTTPStatus.CONFLICT)


@json_api.endpoint
def _delete(request: HttpRequest, user: User, snippet_id: int) -> HttpResponse:
    store.delete(user, snippet_id)
    return HttpResponse(status=204)


@json_api.endpoint
def _restore(request: HttpRequest, user: User, snippet_id: int) -> JsonResponse:
    return json_api.answer(snippet_json(request, store.restore(user, snippet_id)))


@require_POST
@json_api.endpoint
def duplicate(request: HttpRequest, user: User, snippet_id: int) -> JsonResponse:
    original = access.own_snippet(user, snippet_id)
    copy = store.duplicate(user, original)
    return json_api.answer(snippet_json(request, copy), HTTPStatus.CREATED)


@require_http_methods(["PUT"])
@json_api.endpoint
def share(request: HttpRequest, user: User, snippet_id: int) -> JsonResponse:
    change = json_api.read(request, ShareChange)
    return json_api.answer(snippet_json(request, shares.share(user, snippet_id, change)))


# --- Pages, which need no scripts ------------------------------------------------------------
@login_required
@never_cache
def _list_page(request: HttpRequest) -> HttpResponse:
    """For reading, finding and deleting; `deleted` in the address offers to undo that."""
    assert request.user.is_authenticated
    words = request.GET.get("q", "")
    found = search.find(request.user, words)
    pages = Paginator(found.snippets, SNIPPETS_PER_PAGE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "words": words,
        "complete": found.complete,
        "query": f"q={quote(words)}&" if words else "",
        "deleted": _just_deleted(request),
    }
    return render(request, "runner/snippet_list.html", context)


def _just_deleted(request: HttpRequest) -> Snippet | None:
    """Unless it was restored, or the address is made up."""
    assert request.user.is_authenticated
    number = request.GET.get("deleted", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return (
        access.open_snippets(request.user, deleted=True)
        .filter(pk=int(number))
        .only("title")
        .first()
    )


@require_POST
@login_required
@or_404()
def delete(request: HttpRequest, snippet_id: int) -> HttpResponse:
    assert request.user.is_authenticated
    store.delete(request.user, snippet_id)
    return _back_to_list(request, deleted=snippet_id)


@login_required
@or_404()
def _restore_page(request: HttpRequest, snippet_id: int) -> HttpResponse:
    assert request.user.is_authenticated
    snippet = store.restore(request.user, snippet_id)
    messages.success(request, _("“%s” was restored.") % snippet.title)
    return _back_to_list(request)


def _back_to_list(request: HttpRequest, **more: object) -> HttpResponse:
    """Where it was left: the form's address says what was searched for, and which page."""
    place = {name: request.GET[name] for name in ("q", "page") if name in request.GET}
    query = urlencode(place | more)
    return redirect(reverse("snippet-list") + ("?" + query if query else ""))


@login_required
@never_cache
@or_404()
def _page(request: HttpRequest, snippet_id: int) -> HttpResponse:
    assert request.user.is_authenticated
    access.own_snippet(request.user, snippet_id)
    return workspace_page(request, request.user, snippet_id)


# --- One address for both --------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@json_api.page_or_json
def snippet_list(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _create(request)
    response = _list(request) if json_api.is_preferred(request) else _list_page(request)
    patch_vary_headers(response, ["Accept"])
    return response


@require_http_methods(["GET", "HEAD", "PUT", "DELETE"])
@json_api.page_or_json
def snippet_detail(request: HttpRequest, snippet_id: int) -> HttpResponse:
    if request.method == "PUT":
        return _save(request, snippet_id)
    if request.method == "DELETE":
        return _delete(request, snippet_id)
    response = (
        _get(request, snippet_id) if json_api.is_preferred(request) else _page(request, snippet_id)
    )
    patch_vary_headers(response, ["Accept"])
    return response


@require_POST
@json_api.page_or_json
def restore(request: HttpRequest, snippet_id: int) -> HttpResponse:
    as_json = json_api.is_preferred(request)
    return _restore(request, snippet_id) if as_json else _restore_page(request, snippet_id)
