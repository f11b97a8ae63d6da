"""The site's logo, as the operator gave it, and where the site is."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# A picture that is opened as a page runs nothing and loads nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
YEAR = 365 * 24 * 3600


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
