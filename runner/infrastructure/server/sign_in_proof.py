"""A signed cookie that names the user of a session, and can be checked without the database.

Places for handshakes and pages are given before anything is looked up, and by then a made-up
session looks like a real one. Without the proof, whoever sends made-up ones takes the places of
everybody at the same address, which may be a school. The proof gives nothing but places: it signs
nobody in. It outlives its session, so places are counted by user.
"""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

COOKIE, SALT = "sign_in_proof", "runner.sign_in_proof"
PATTERN = re.compile(rb"(?:^|;\s*)%s=([\w.:=-]{1,200})" % COOKIE.encode())


def proof(session: str, user_id: str) -> str:
    """The value of the cookie."""
    return _signer(session).sign(user_id)


def user_of(cookies: bytes, session: bytes) -> bytes | None:
    """The id of the user to whom the session was given; `cookies` is the header."""
    found = PATTERN.search(cookies)
    if not found:
        return None
    signer, seconds = _signer(session.decode("latin-1")), settings.SESSION_COOKIE_AGE
    try:
        return signer.unsign(found[1].decode("ascii"), max_age=seconds).encode()
    except (signing.BadSignature, UnicodeError):
        return None


def _signer(session: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"{SALT} {session}")


class SignInProof(MiddlewareMixin):
    """Sets the cookie in the response to a request that used a session and had no proof of it."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session, user_id = _used(request)
        if user_id and session:
            cookies = request.META.get("HTTP_COOKIE", "").encode("latin-1", "replace")
            if user_of(cookies, session.encode()) != user_id.encode():
                _write(response, proof(session, user_id))
        elif request.session.accessed and COOKIE in request.COOKIES:
            response.delete_cookie(
                COOKIE, settings.SESSION_COOKIE_PATH, samesite="Lax"
            )  # signed out
        return response


def _used(request: HttpRequest) -> tuple[str | None, str]:
    """The key and the user of a session that the request has read already: asks nothing."""
    session: Any = request.session
    loaded = session.accessed and getattr(session, "_session_cache", None)
    return (session.session_key, str(loaded.get(SESSION_KEY, ""))) if loaded else (None, "")


def _write(response: HttpResponse, value: str) -> None:
    response.set_cookie(
        COOKIE,
        value,  # until the browser ends: it is set again by the next page
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
