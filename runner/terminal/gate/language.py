"""The language of a socket: the same one as of a page that the browser would load now."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language_from_request


def language_of(scope: Mapping[str, Any]) -> str:
    """By the language cookie, else `Accept-Language`, else English.

    Django looks at 500 characters of the header at most, and knows only the site's languages.
    """
    request = HttpRequest()
    request.COOKIES = scope.get("cookies", {})
    wished = [
        value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-language"
    ]
    request.META["HTTP_ACCEPT_LANGUAGE"] = ",".join(wished)
    return get_language_from_request(request)
