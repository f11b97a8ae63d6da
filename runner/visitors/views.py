"""The pages of visitors, and the two requests by which they get a ticket.

None of them looks at a session or sets a cookie: a frame in a course page has neither. Only the
frame may be framed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import check_for_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from pydantic import ValidationError

from runner.infrastructure import sentences
from runner.infrastructure.http import json_api
from runner.infrastructure.http.not_found import or_404
from runner.infrastructure.metrics import VISITS
from runner.languages import LANGUAGES
from runner.offered import language_option
from runner.protocol.messages import refusal_of
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed, Refused, TooLarge, Unavailable
from runner.protocol.visitors import LARGEST_REQUEST, Puzzle, Ticket, TicketRequest, TryConfig
from runner.visitors import places, puzzle, visits

P = ParamSpec("P")
FRAME_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF, UNSAFE_INLINE],  # CodeMirror and xterm.js create style elements
    "font-src": [SELF, "data:"],
    "img-src": [SELF, "data:"],
    "connect-src": [SELF],
    "worker-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
}
ANY_PAGE = ["http:", "https:"]  # a course page of anybody's


# --- Pages -----------------------------------------------------------------------------------
@require_safe
@never_cache
@or_404()
def try_page(request: HttpRequest, place: str) -> HttpResponse:
    context = config_of(request, place, framed=False)
    response = render(request, "visitors/try.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@never_cache
@xframe_options_exempt
@json_api.for_anybody
def frame(request: HttpRequest, place: str) -> HttpResponseBase:
    """`?language=` of a program that comes with the page around it; `?lang=de` and `?theme=dark`
    as that page is."""
    language = request.GET.get("lang", "")
    known = language in dict(settings.LANGUAGES) and check_for_language(language)
    framed_by = settings.EMBED_ALLOWED_ORIGINS or ANY_PAGE

    def shown(request: HttpRequest) -> HttpResponse:
        with override(language if known else request.LANGUAGE_CODE):
            return _framed(request, place)

    return csp(FRAME_POLICY | {"frame-ancestors": framed_by})(shown)(request)


def _framed(request: HttpRequest, place: str) -> HttpResponse:
    """What is not open to visitors is said in the frame, whose page cannot know it."""
    context: dict[str, object] = {"theme": request.GET.get("theme", "")}
    status = 200
    try:
        context |= config_of(request, place, framed=True)
    except Refused as refused:
        context |= {"problem": sentences.of_refusal(refused)}
        status = json_api.STATUSES[refused.code]
    response = render(request, "visitors/frame.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def config_of(request: HttpRequest, place: str, *, framed: bool) -> dict[str, object]:
    """What a template needs. Raises a `Refused`."""
    program = places.program_at(place, request.GET.get("language", ""))
    config = TryConfig(
        title=program.title,
        language=language_option(LANGUAGES[program.language]),
        files=tuple(program.files),
        main=program.main,
        inline=place == places.INLINE,
        framed=framed,
        source_bytes=places.source_bytes(program),
        start_bytes=settings.LIMITS.start_frame_bytes,
        puzzle_url=reverse("visitor-puzzle", args=[place]),
        ticket_url=reverse("visitor-ticket", args=[place]),
    )
    return {"program": program, "config": config.model_dump(mode="json")}


def example_for(request: HttpRequest) -> dict[str, object]:
    """The same of the site's own example, for other pages."""
    return config_of(request, places.EXAMPLE, framed=False)


# --- Requests --------------------------------------------------------------------------------
def _answered(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """In JSON, also what is refused. `csrf_exempt`: nothing depends on who the browser is."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            visits.charge(network_of(request))
            return view(request, *args, **kwargs)
        except Refused as refused:
            VISITS.labels("refused").inc()
            return json_api.refusal(refused)
        except DatabaseError:
            return json_api.refusal(Unavailable(ReasonCode.SITE_BUSY))

    return csrf_exempt(never_cache(json_api.for_anybody(answered)))


def network_of(request: HttpRequest) -> str:
    """By the address that `ClientAddress` has found behind the site's own proxies."""
    return visits.network_of(request.META.get("REMOTE_ADDR", ""))


@require_POST
@_answered
def new_puzzle(request: HttpRequest, place: str) -> HttpResponse:
    places.program_at(place)
    VISITS.labels("puzzle").inc()
    made = visits.new_puzzle(place, network_of(request))
    return json_api.answer(Puzzle(puzzle=made, parts=puzzle.PARTS, bits=puzzle.BITS))


@require_POST
@_answered
def new_ticket(request: HttpRequest, place: str) -> HttpResponse:
    places.program_at(place)
    asked, network = _read(request), network_of(request)
    if asked.visit:
        visitor = visits.visitor_by_visit(asked.visit, place, network)
    elif puzzle.is_solved(asked.puzzle, asked.answers):
        visitor = visits.visitor_by_puzzle(asked.puzzle, place, network)
    else:
        raise NotAllowed(ReasonCode.PUZZLE_WRONG)
    VISITS.labels("ticket").inc()
    ticket, visit = visits.ticket_for(visitor), asked.visit or visits.visit_of(visitor)
    return json_api.answer(Ticket(ticket=ticket, visit=visit))


def _read(request: HttpRequest) -> TicketRequest:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
        raise TooLarge(ReasonCode.REQUEST_TOO_LARGE)
    try:
        return TicketRequest.model_validate_json(request.body)
    except ValidationError as error:
        raise refusal_of(error) from error
