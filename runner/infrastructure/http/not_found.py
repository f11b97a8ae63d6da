"""Turns refusals with the code `not_found` into a 404 page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404

from runner.infrastructure import sentences
from runner.protocol.reasons import ErrorCode
from runner.protocol.refusals import Refused


@contextmanager
def or_404() -> Iterator[None]:
    """Also a decorator: a refusal of code `not_found` becomes the page that says so."""
    try:
        yield
    except Refused as error:
        if error.code != ErrorCode.NOT_FOUND:
            raise
        raise Http404(sentences.of_refusal(error)) from error
