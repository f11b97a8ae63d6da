"""What all JSON endpoints share: reading, refusing, answering.

A refusal is `{"error": {"code", "message"}}`; the message is for the person at the page.
"""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, Literal, ParamSpec, TypeVar, cast
from urllib.parse import unquote

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from pydantic import BaseModel, ValidationError

from runner.infrastructure import sentences
from runner.infrastructure.http.request_counts import charge
from runner.protocol.http import ErrorBody, HttpError
from runner.protocol.messages import refusal_of
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.protocol.refusals import BadMessage, Refused, TooLarge, Unavailable

PAGE_USER = "X-Page-User"  # percent-encoded
logger = logging.getLogger(__name__)
P = ParamSpec("P")
Model = TypeVar("Model", bound=BaseModel)
User = TypeVar("User", bound=AbstractBaseUser)  # the project's, which is not imported here

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
# An attribute of views, and its values.
ANSWERS, JSON, EITHER, ANYBODY = "answers", "json", "either", "anybody"

STATUSES = {
    ErrorCode.BAD_MESSAGE: HTTPStatus.BAD_REQUEST,
    ErrorCode.UNKNOWN_LANGUAGE: HTTPStatus.BAD_REQUEST,
    ErrorCode.NOT_ALLOWED: HTTPStatus.FORBIDDEN,
    ErrorCode.NOT_FOUND: HTTPStatus.NOT_FOUND,
    ErrorCode.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ErrorCode.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    ErrorCode.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}


def is_preferred(request: HttpRequest) -> bool:
    """Whether the client would rather have JSON than a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def answer(model: BaseModel, status: int = HTTPStatus.OK) -> JsonResponse:
    return JsonResponse(model.model_dump(mode="json"), status=status)


def refusal(refused: Refused) -> JsonResponse:
    error = HttpError(code=refused.code, message=sentences.of_refusal(refused))
    return answer(ErrorBody(error=error), STATUSES[refused.code])


def no_session(code: Literal["signed_out", "csrf"], reason: ReasonCode) -> JsonResponse:
    error = HttpError(code=code, message=sentences.sentence(reason, {}))
    return answer(ErrorBody(error=error), HTTPStatus.FORBIDDEN)


def endpoint(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For the signed-in; what is refused, and what fails on our side, is said in JSON.

    `throttle.py` counts their requests."""

    @wraps(view)
    @never_cache
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated or _page_is_of_another(request):
            return no_session("signed_out", ReasonCode.SIGNED_OUT)
        try:
            return view(request, cast(User, request.user), *args, **kwargs)
        except Refused as error:
            return refusal(error)
        except DatabaseError:  # a full disk, a server that restarts
            logger.exception("%s %s failed: database error", request.method, request.path)
            return refusal(Unavailable(ReasonCode.NOT_STORED))

    setattr(answered, ANSWERS, JSON)
    return answered


def _page_is_of_another(request: HttpRequest) -> bool:
    """Whether the page that asks was made for somebody who has signed out since, in another tab:
    their text must not be saved as that of whoever uses the browser now."""
    named = request.headers.get(PAGE_USER)
    return named is not None and unquote(named) != request.user.get_username()


def page_or_json(view: View) -> View:
    """For a view that answers as the client prefers."""
    setattr(view, ANSWERS, EITHER)
    return view


def for_anybody(view: View) -> View:
    """For a page that does not ask who is there, so nobody's requests are counted."""
    setattr(view, ANSWERS, ANYBODY)
    return view


def asks_who_is_there(view: Callable[..., object]) -> bool:
    return getattr(view, ANSWERS, None) != ANYBODY


def answers_json(view: Callable[..., object], request: HttpRequest) -> bool:
    kind = getattr(view, ANSWERS, None)
    return kind == JSON or (kind == EITHER and is_preferred(request))


def read(request: HttpRequest, model: type[Model]) -> Model:
    """The request's JSON; `BadMessage` says what is wrong with it, `TooLarge` that it is.

    `RateLimited` for a user who has sent much this minute: the database writes most of it twice,
    and again to its log.
    """
    if request.content_type != "application/json":
        raise BadMessage(ReasonCode.CONTENT_TYPE)
    try:
        limit, user = settings.LIMITS.saved_bytes_per_minute, request.user
        if user.is_authenticated:
            charge(user.pk, "saved_bytes", limit, len(request.body))
        return model.model_validate_json(request.body)
    except RequestDataTooBig as error:
        raise TooLarge(ReasonCode.REQUEST_TOO_LARGE) from error
    except ValidationError as error:
        raise refusal_of(error) from error
