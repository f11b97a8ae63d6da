"""Addresses that are secrets: whoever knows one may use it. No log and no report holds them.

They are the links of mails (a new password, a confirmed address), links of shared snippets, of
classes and for guests, tickets of sockets, and what a provider of accounts sends a browser back
with. nginx has the same list: `deploy/nginx/nginx.conf`.
"""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

HIDDEN = "…"
# Before each secret part: what stays.
_SECRET = re.compile(
    r"(/accounts/password/reset/key/|/accounts/confirm-email/|/s/|/join/"
    r"|[?&](?:code|state|token|key|guest|ticket)=)"
    r"[^/?&#\s\"'<>\\]+"
)
_DEEPEST = 20


def redacted(text: str) -> str:
    """The text without the secret parts of addresses."""
    return _SECRET.sub(rf"\g<1>{HIDDEN}", text)


def redacted_tree(value: Any, depth: int = 0) -> Any:
    """The same for all texts in lists and dicts, as reports of errors are."""
    if isinstance(value, str):
        return redacted(value)
    if depth < _DEEPEST and isinstance(value, dict):
        return {name: redacted_tree(one, depth + 1) for name, one in value.items()}
    if depth < _DEEPEST and isinstance(value, list | tuple):
        return [redacted_tree(one, depth + 1) for one in value]
    return value


class KeepSecretPaths:
    """Middleware: pages at such an address tell it to no request that they cause.

    `no-referrer` would also take the `Origin` from forms, without which they are refused.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if _SECRET.search(request.path):
            response["Referrer-Policy"] = "strict-origin"
        return response
