"""Files of the site: its logo, as the operator gave it, and missing ones; and where the site is."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.http import require_safe

from runner.infrastructure.http.json_api import for_anybody

# A picture that is opened as a page runs nothing and loads nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
YEAR = 365 * 24 * 3600


@for_anybody
@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    """GET /site-logo. Its address names the version, so browsers may keep it."""
    picture = settings.SITE_LOGO
    if picture is None:
        raise Http404
    response = HttpResponse(picture.content, content_type=picture.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = f"public, max-age={YEAR}"
    return response


def about_site(request: HttpRequest) -> dict[str, str]:
    """For templates. `url_prefix`: the path below which the site is served, for scripts."""
    return {"url_prefix": settings.URL_PREFIX}


@for_anybody
def missing_file(request: HttpRequest, name: str) -> HttpResponse:
    """In place of a page for people: files may be asked for without the limits of pages."""
    return HttpResponseNotFound("There is no such file.", content_type="text/plain")
