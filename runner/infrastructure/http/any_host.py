"""What is served at which host: endpoints for machines at any, and what programs have shown at one
of its own."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

FOR_MACHINES = {"/healthz", "/readyz", "/metrics"}  # their responses contain no links
PLACE = "/artifacts/"


class AnyHost(MiddlewareMixin):
    """Load balancers request endpoints for machines by address."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path_info in FOR_MACHINES:
            setattr(request, "get_host", lambda: "localhost")  # noqa: B010  # mypy sees a method


class ArtifactHost:
    """With `ARTIFACT_ORIGIN`. Browsers send that host no cookies of the site, so nothing of the
    site is served there, and what programs have shown is served nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.ARTIFACT_ORIGIN and _is_there(request) != _is_of_a_program(request):
            return HttpResponse(status=HTTPStatus.NOT_FOUND)
        return self._get_response(request)


def _is_there(request: HttpRequest) -> bool:
    """By what the browser asked for: only a name that it resolved leads here."""
    there, named = urlsplit(settings.ARTIFACT_ORIGIN), request.META.get("HTTP_HOST", "")
    return str(named).lower() in (there.netloc.lower(), str(there.hostname))


def _is_of_a_program(request: HttpRequest) -> bool:
    return request.path_info.startswith(PLACE)
