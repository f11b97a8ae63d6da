"""Turns refusals with the code `not_found` into a 404 page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from runner.infrastructure import sentences
from runner.protocol.reasons import ErrorCode
from runner.protocol.refusals import Refused


class RefusedNotFound(Http404):
    """Its message is a sentence for the reader; those of other 404s are for developers."""


@contextmanager
def or_404() -> Iterator[None]:
    """Also a decorator: a refusal of code `not_found` becomes the page that says so."""
    try:
        yield
    except Refused as error:
        if error.code != ErrorCode.NOT_FOUND:
            raise
        raise RefusedNotFound(sentences.of_refusal(error)) from error


def not_found_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The site's `handler404`."""
    sentence = str(exception) if isinstance(exception, RefusedNotFound) else ""
    return render(request, "404.html", {"sentence": sentence}, status=404)
