"""What somebody reads whose form was refused (Django's `CSRF_FAILURE_VIEW`), and the page for a
`Host` that is not one of the site's: the cause, and who can mend it."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.views.defaults import bad_request

from runner.infrastructure import sentences
from runner.infrastructure.http import json_api, way_here
from runner.protocol.reasons import ReasonCode

FROM_ELSEWHERE = ("Origin checking failed", "Referer checking failed")  # how Django says it


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page, or for scripts the same in JSON."""
    code, origin, host = cause(request, reason)
    way_here.log(f"A form ({request.path})", code, origin, host)
    if json_api.is_preferred(request):
        return json_api.no_session("csrf", code)
    return render(request, "403_csrf.html", _told(code, origin, host), status=403)


def cause(request: HttpRequest, reason: str) -> tuple[ReasonCode, str, str]:
    """The cause, and the `Origin` and the `Host` of the request."""
    origin, host = request.headers.get("Origin", ""), request.headers.get("Host", "")
    scheme = "https" if request.is_secure() else "http"
    if reason.startswith(FROM_ELSEWHERE):
        listed = settings.CSRF_TRUSTED_ORIGINS
        found = way_here.problem(origin, host, secure=scheme == "https", listed=listed)
        return found or ReasonCode.NO_ORIGIN, origin, host  # Django looked at the referrer then
    if reason == REASON_NO_CSRF_COOKIE:
        # Browsers drop a cookie that is for HTTPS only where the page did not come by it.
        plain = settings.CSRF_COOKIE_SECURE and (origin or scheme).startswith("http:")
        return ReasonCode.WRONG_SCHEME if plain else ReasonCode.NO_COOKIES, origin, host
    return ReasonCode.FORM_TOO_OLD, origin, host


def bad_request_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The site's `handler400`."""
    if not isinstance(exception, DisallowedHost):
        return bad_request(request, exception)
    origin, host = request.headers.get("Origin", ""), request.headers.get("Host", "")
    code = ReasonCode.HOST_NOT_ALLOWED
    way_here.log(f"A page ({request.path})", code, origin, host)
    told = _told(code, origin, host)
    # Without the request: what templates would ask of it needs the host.
    return render(None, "400.html", told, status=400)


def lost_upgrade(request: HttpRequest) -> HttpResponse:
    """GET /ws/terminal/: a WebSocket whose `Upgrade` was lost on its way arrives as a page."""
    if "Sec-WebSocket-Key" not in request.headers:
        raise Http404
    code = ReasonCode.UPGRADE_LOST
    origin, host = request.headers.get("Origin", ""), request.headers.get("Host", "")
    way_here.log("A terminal", code, origin, host)
    text = f"{sentences.sentence(code, {})}\n\n{way_here.advice(code, origin, host)}\n"
    response = HttpResponse(text, content_type="text/plain; charset=utf-8", status=426)
    response["Upgrade"] = "websocket"
    return response


def _told(code: ReasonCode, origin: str, host: str) -> dict[str, str]:
    return {
        "sentence": sentences.sentence(code, {}),
        "advice": way_here.advice(code, origin, host),
        "url_prefix": settings.URL_PREFIX,
    }
