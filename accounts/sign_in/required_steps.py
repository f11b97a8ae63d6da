"""What a user has to do before anything else: choose a new password, show a second factor."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.sign_in import second_factor
from runner.infrastructure.http import json_api
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed

# Pages that lead there, and away from here.
ALWAYS = ("/accounts/logout/", "/accounts/password/", "/i18n/", "/static/", "/healthz", "/readyz")
SECOND_FACTOR = "/accounts/2fa/"
TO_SET_UP = (SECOND_FACTOR, "/accounts/reauthenticate/")
TO_CONFIRM = (f"{SECOND_FACTOR}reauthenticate/", f"{SECOND_FACTOR}webauthn/reauthenticate/")


def step_before(user: Any, session: Any, path: str = "") -> ReasonCode | None:
    """What keeps this user from going on in this session, or from seeing a page of it."""
    if not user.is_authenticated:
        return None
    if user.must_change_password and user.has_usable_password():
        return ReasonCode.PASSWORD_TO_CHANGE
    if second_factor.is_missing(user, session):
        return ReasonCode.SECOND_FACTOR_MISSING
    if path.startswith(SECOND_FACTOR) and not second_factor.is_confirmed(user, session):
        # A session that a password alone has opened must not replace the second factor.
        return ReasonCode.SECOND_FACTOR_MISSING if second_factor.has_one(user) else None
    return None


class RequiredSteps(MiddlewareMixin):
    """Middleware. Whoever is not signed in is let through: views decide."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        # Reading `request.user` asks the database: not for who brings no session.
        if not request.session.session_key or request.path_info.startswith(ALWAYS):
            return None
        if not json_api.asks_who_is_there(view):
            return None
        step = step_before(request.user, request.session, request.path_info)
        return _refused(request, cast(User, request.user), step) if step else None


def _refused(request: HttpRequest, user: User, step: ReasonCode) -> HttpResponse | None:
    if step is ReasonCode.PASSWORD_TO_CHANGE:
        target = reverse("account_change_password")
    elif second_factor.has_one(user):
        if request.path_info.startswith(TO_CONFIRM):
            return None
        target = f"{second_factor.page_to_confirm(user)}?{urlencode({'next': request.path})}"
    elif request.path_info.startswith(TO_SET_UP):
        return None
    else:
        messages.info(request, _("Your account needs a second factor. Please set one up."))
        target = reverse("mfa_index")
    if json_api.is_preferred(request):
        return json_api.refusal(NotAllowed(step))
    return redirect(target)
