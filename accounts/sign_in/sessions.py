"""Where a user is signed in, and ending it there (allauth.usersessions).

Ending a session deletes it. Open terminals of it are closed within seconds, because sockets look
whether their session still exists (`runner/access.py`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User

# The first that stands in a browser's own description, and its name for people.
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
MOST_LISTED = 100  # beside this one: each is looked up, and signing in costs nobody a place


@dataclass(frozen=True, slots=True)
class SignIn:
    """One session for the list. `number` names it in the form."""

    number: int
    device: str
    network: str
    since: datetime
    is_current: bool


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """GET and POST /accounts/sessions/. A POST ends the session `end`, or with `end=others` all
    but this one."""
    user = cast(User, request.user)
    if request.method == "POST":
        return _end(request, user, request.POST.get("end", ""))
    if not UserSession.objects.filter(session_key=request.session.session_key).exists():
        UserSession.objects.create_from_request(request)  # it began before there was this list
    shown = {"sign_ins": _listed(user, request.session.session_key)}
    return render(request, "account/sessions.html", shown)


def _end(request: HttpRequest, user: User, chosen: str) -> HttpResponse:
    own = UserSession.objects.filter(user=user)
    if chosen == "others":
        ended = list(own.exclude(session_key=request.session.session_key))
    else:
        ended = list(own.filter(pk=int(chosen))) if chosen.isdecimal() and len(chosen) < 18 else []
    end_sessions(request, ended)
    if ended and request.user.is_authenticated:
        messages.success(request, _("Signed out there. Terminals that were open there are closed."))
    return redirect("own-sessions")


def _listed(user: User, current: str | None) -> list[SignIn]:
    """This one first, then the newest. Those that are over are forgotten."""
    own = UserSession.objects.filter(user=user).order_by("-created_at")
    newest = [*own.filter(session_key=current), *own.exclude(session_key=current)[:MOST_LISTED]]
    found = [
        SignIn(
            number=session.pk,
            device=device(session.user_agent),
            network=session.ip,
            since=session.created_at,
            is_current=session.is_current(),
        )
        for session in newest
        if not session.purge()
    ]
    return sorted(found, key=lambda one: (not one.is_current, -one.since.timestamp()))


def device(user_agent: str) -> str:
    """`Firefox, Windows`; a browser that we do not know is called so."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), _("Unknown browser"))
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return f"{browser}, {system}" if system else browser
