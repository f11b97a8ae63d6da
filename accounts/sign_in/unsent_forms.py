"""Forms that are sent after the session has ended: what is pressed then is not done.

Signing in would lead to the address that the form was sent to, which shows no page.
"""

from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _


class UnsentForms(MiddlewareMixin):
    """Middleware, inside of that of messages. Signing in leads back to the page with the form."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.method != "POST" or not isinstance(response, HttpResponseRedirect):
            return response
        target = urlsplit(response.url)
        led_to = parse_qs(target.query).get("next", [""])[0]
        if target.path != reverse("account_login") or led_to != request.get_full_path():
            return response  # also where the view knows a better page to come back to
        messages.warning(
            request,
            _("You were signed out, so nothing was done. Please sign in and press it again."),
        )
        return redirect_to_login(_page_of_form(request))


def _page_of_form(request: HttpRequest) -> str:
    """The page that the browser names, if it is one of ours; else the workspace."""
    page: str = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    named = urlsplit(page) if ours else None
    if named is None or not named.path.startswith("/") or named.path.startswith("//"):
        return reverse("workspace")
    return named.path + (f"?{named.query}" if named.query else "")
