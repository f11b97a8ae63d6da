"""What all JSON endpoints share: reading, refusing, answering.

A refusal is `{"error": {"code", "message"}}`; the message is for the person at the page.
"""

import logging
import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, Literal, ParamSpec, TypeVar, cast

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.csrf import csrf_failure as csrf_failure_page
from django.views.decorators.cache import never_cache
from pydantic import BaseModel, ValidationError
from redis.exceptions import RedisError

from runner.infrastructure import sentences
from runner.protocol.http import ErrorBody, HttpError
from runner.protocol.messages import refusal_of
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.protocol.refusals import BadMessage, RateLimited, Refused, TooLarge, Unavailable

logger = logging.getLogger(__name__)
P = ParamSpec("P")
Model = TypeVar("Model", bound=BaseModel)
User = TypeVar("User", bound=AbstractBaseUser)  # the project's, which is not imported here

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


def _no_session(code: Literal["signed_out", "csrf"], reason: ReasonCode) -> JsonResponse:
    error = HttpError(code=code, message=sentences.sentence(reason, {}))
    return answer(ErrorBody(error=error), HTTPStatus.FORBIDDEN)


def endpoint(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For the signed-in; what is refused, and what fails on our side, is said in JSON."""

    @wraps(view)
    @never_cache
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _no_session("signed_out", ReasonCode.SIGNED_OUT)
        if _asks_too_often(request.user):
            return refusal(RateLimited(ReasonCode.TOO_MANY_REQUESTS))
        try:
            return view(request, cast(User, request.user), *args, **kwargs)
        except Refused as error:
            return refusal(error)
        except DatabaseError:  # a full disk, a server that restarts
            logger.exception("%s %s failed: database error", request.method, request.path)
            return refusal(Unavailable(ReasonCode.NOT_STORED))

    return answered


def _asks_too_often(user: AbstractBaseUser) -> bool:
    """Counted by the minute, in the cache; while that is away nobody is refused."""
    key = f"api:{user.pk}:{int(time.time()) // 60}"
    try:
        cache.add(key, 0, timeout=120)
        count = cache.incr(key)
    except (RedisError, ValueError) as error:  # ValueError: it was thrown out in between
        logger.warning("The API rate limit is not enforced, because the cache failed: %r", error)
        return False
    return bool(count > settings.LIMITS.api_requests_per_minute)


def read(request: HttpRequest, model: type[Model]) -> Model:
    """The request's JSON; `BadMessage` says what is wrong with it, `TooLarge` that it is."""
    if request.content_type != "application/json":
        raise BadMessage(ReasonCode.CONTENT_TYPE)
    try:
        return model.model_validate_json(request.body)
    except RequestDataTooBig as error:
        raise TooLarge(ReasonCode.REQUEST_TOO_LARGE) from error
    except ValidationError as error:
        raise refusal_of(error) from error


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's page, or for scripts the same in JSON."""
    if is_preferred(request):
        return _no_session("csrf", ReasonCode.PAGE_TOO_OLD)
    return csrf_failure_page(request, reason)
