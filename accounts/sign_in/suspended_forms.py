"""Forms that wait until their user has typed the password.

allauth keeps such a form in the session meanwhile, whatever its size, and each page of the session
reads all of it.
"""

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.deprecation import MiddlewareMixin

MOST_CHARACTERS = 16 * 1024


class SuspendedForms(MiddlewareMixin):
    """Middleware, inside of allauth's own. Who sends more than a form of ours holds, begins anew
    with an empty one."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        waits = isinstance(exception, ReauthenticationRequired)
        if waits and len(request.POST.urlencode()) > MOST_CHARACTERS:
            return HttpResponseRedirect(request.path)
        return None
