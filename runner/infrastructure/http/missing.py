"""What is not there, or somebody else's, on pages."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404

from runner import access


@contextmanager
def or_404() -> Iterator[None]:
    """Also a decorator: `access.NotFound` becomes the page that says so."""
    try:
        yield
    except access.NotFound as error:
        raise Http404(str(error)) from error
