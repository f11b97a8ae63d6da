"""Bytes of strangers and of programs, served so that a browser runs nothing of them with the site's
cookies: from an opaque origin without scripts, as nothing but what they are, and for saving."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from runner.files.preview import preview
from runner.media import INLINE, clean_name, inspect
from runner.protocol.files import FilePreview

POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"
ANYTHING = "application/octet-stream"


def served(data: bytes, name: str, mime: str = ANYTHING, *, attached: bool = True) -> HttpResponse:
    response = HttpResponse(data, content_type=mime)
    # An executor may have written it, which has the least trust.
    if disposition := content_disposition_header(attached, clean_name(name, "file", "")):
        response["Content-Disposition"] = disposition
    return protected(response)


def protected(response: HttpResponse, *, read_by_page: bool = False) -> HttpResponse:
    """`read_by_page`: it comes from another origin, where there is one."""
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    other = bool(settings.ARTIFACT_ORIGIN) and read_by_page
    response["Cross-Origin-Resource-Policy"] = "cross-origin" if other else "same-origin"
    if other:
        # The page reads tables, and pictures that are copied. The address alone says who may.
        response["Access-Control-Allow-Origin"] = "*"
    response["Referrer-Policy"] = "no-referrer"
    return response


def preview_answer(name: str, data: bytes) -> FilePreview:
    found = preview(name, data)
    return FilePreview(
        kind=found.kind, encoding=found.encoding, text=found.text, rows=found.rows, cut=found.cut
    )


def mime_of(data: bytes) -> str:
    """Of a picture or a sound, so that pages can show it; of all else that it is for saving."""
    mime = inspect("file", data).mime
    return mime if mime in INLINE else ANYTHING
