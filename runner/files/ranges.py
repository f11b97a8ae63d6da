"""Parts of what is served (RFC 9110, 14). Browsers of Apple play no sound of a server without them,
and others cannot go to a place in it."""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

RANGE = re.compile(r"bytes=([0-9]{0,12})-([0-9]{0,12})")


def ranged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The part that is asked for, of `response`, which has all; all of it where several are, or
    where the question is none."""
    response["Accept-Ranges"] = "bytes"
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or "If-Range" in request.headers or found is None:
        return response
    data, size = response.content, len(response.content)
    first, last = found.groups()
    if not first and not last:
        return response
    start = int(first) if first else max(0, size - int(last))
    stop = min(size, int(last) + 1) if first and last else size
    if start >= size:
        response.content, response.status_code = b"", HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        response["Content-Range"] = f"bytes */{size}"
    elif start < stop:
        response.content, response.status_code = data[start:stop], HTTPStatus.PARTIAL_CONTENT
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return response
