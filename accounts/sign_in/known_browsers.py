"""Browsers from which accounts have signed in before. They have counters of wrong passwords of
their own, so that others who guess cannot lock them out.

A signed cookie names the browser, by chance, and the accounts that signed in with it. It proves
nothing else: it signs nobody in, and outlives sign-out and a change of the password.
"""

import logging
import secrets
from collections.abc import Callable
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

from accounts.models import User

logger = logging.getLogger(__name__)

COOKIE, SALT = "known_browser", "accounts.known_browser"
SECONDS = 400 * 24 * 3600  # browsers keep no cookie for longer
MOST_ACCOUNTS = 40  # of one browser: a shared computer in a classroom


def known(request: HttpRequest, user: User) -> str:
    """The name of this browser, if the user has signed in from it; else nothing."""
    name, accounts = _read(request)
    return name if user.pk in accounts else ""


def remember(request: HttpRequest, user: User) -> None:
    """Marks the request: the response carries the cookie."""
    setattr(request, "_signed_in_user", user)  # noqa: B010  # mypy knows no such attribute


def _may_become_known(request: HttpRequest, user: User) -> bool:
    """An account can make only so many browsers known in a day, so that somebody who once had its
    password cannot collect counters."""
    try:
        counted = ratelimit.consume(
            request, app="allauth.account", action="new_browser", key=str(user.pk), limit_get=True
        )
    except RedisError as error:
        logger.warning("A browser was not remembered, because the cache failed: %r", error)
        return False
    return counted is not None


class KnownBrowsers:
    """Middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        user: User | None = getattr(request, "_signed_in_user", None)
        if user and (known(request, user) or _may_become_known(request, user)):
            _write(request, response, user.pk)
        return response


def _read(request: HttpRequest) -> tuple[str, list[int]]:
    text = request.COOKIES.get(COOKIE, "")
    try:
        content: Any = signing.loads(text, salt=SALT, max_age=SECONDS) if text else {}
        return str(content["name"]), [int(pk) for pk in content["accounts"]]
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return "", []


def _write(request: HttpRequest, response: HttpResponse, user_id: int) -> None:
    name, accounts = _read(request)
    others = [pk for pk in accounts if pk != user_id]
    content = {
        "name": name or secrets.token_urlsafe(12),
        "accounts": [user_id, *others][:MOST_ACCOUNTS],
    }
    response.set_cookie(
        COOKIE,
        signing.dumps(content, salt=SALT),
        max_age=SECONDS,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
