"""Signing in with the account of a school, by OpenID Connect (allauth.socialaccount).

The provider tells who somebody is, and no more: an account here belongs to it because it was
made by it, or because its user, signed in, connected it. An email address, confirmed or not,
leads to no account. Staff are made here, unless OIDC_STAFF_CLAIM is set. Groups of the provider can
be those of classes: `accounts/classrooms/groups.py`.
"""

import logging
from http import HTTPStatus
from typing import Any, cast

from allauth.account.adapter import get_adapter as account_adapter
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.forms import SignupForm as AllauthSocialSignupForm
from allauth.socialaccount.providers.openid_connect import views as provider_views
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from requests import RequestException

from accounts.classrooms import groups
from accounts.forms import WithSignupCode
from accounts.models import User

logger = logging.getLogger(__name__)
PROVIDER = "school"  # as in SOCIALACCOUNT_PROVIDERS; part of the addresses that providers know


LIMIT = {"app": "allauth.account", "action": "oidc", "limit_get": True}
# What a provider that is away, or answers nonsense, causes in allauth.
FAILED = (RequestException, AttributeError, KeyError, TypeError, ValueError)


@never_cache
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sends the browser to the provider: by a page, because the policy of ours lets no form end
    at another site, and redirects of a form count."""
    if refused := ratelimit.consume_or_429(request, **LIMIT):
        return cast(HttpResponse, refused)
    try:
        response: HttpResponse = provider_views.login(request, provider_id)
    except FAILED as error:
        return _failed(request, error)
    target = response.headers.get("Location", "")
    if not target.startswith(("https://", "http://")):
        return response
    return render(request, "socialaccount/leaving.html", {"target": target})


@never_cache
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends the browser back to."""
    if refused := ratelimit.consume_or_429(request, **LIMIT):
        return cast(HttpResponse, refused)
    try:
        response: HttpResponse = provider_views.callback(request, provider_id)
    except FAILED as error:
        return _failed(request, error)
    return response


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.warning("The provider of accounts failed: %s", type(error).__name__, exc_info=True)
    page = "socialaccount/authentication_error.html"
    return render(request, page, status=HTTPStatus.BAD_GATEWAY)


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Without a form where nothing is missing: no code, and a name that is free."""
        if settings.SIGNUP == "code":
            return False
        try:
            account_adapter(request).clean_username(sociallogin.user.username)
        except ValidationError:
            return False
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        texts = {name: value if isinstance(value, str) else "" for name, value in data.items()}
        return super().populate_user(request, sociallogin, texts)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        # Whoever calls it confirmed: links of a mail confirm an address here.
        for address in sociallogin.email_addresses:
            address.verified = False
        if sociallogin.is_existing:
            _follow_claims(sociallogin.user, sociallogin.account.extra_data)

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        user: User = super().save_user(request, sociallogin, form)
        _follow_claims(user, sociallogin.account.extra_data)
        return user


class SocialSignupForm(WithSignupCode, AllauthSocialSignupForm):  # type: ignore[misc]
    """What the provider did not tell: a user name, or the code of this site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for_code()
        self.fields["username"].label = _("Username")
        self.fields["email"].label = _("Email address (optional)")


def _follow_claims(user: User, told: Any) -> None:
    _set_staff(user, told)
    if name := settings.OIDC_GROUPS_CLAIM:
        claims = [part for part in _claims(told) if isinstance(part, dict)]
        # A provider that says nothing of groups changes no class.
        if said := [groups.names_of(part[name]) for part in claims if name in part]:
            groups.follow(user, set().union(*said))


def _set_staff(user: User, told: Any) -> None:
    """Makes an instructor of whom the claim names one, and a student of the others again.

    Administrators stay what they are.
    """
    if settings.OIDC_STAFF_CLAIM is None or user.is_superuser:
        return
    name, wanted = settings.OIDC_STAFF_CLAIM
    is_staff = any(_has(part, name, wanted) for part in _claims(told))
    if user.is_staff != is_staff:
        user.is_staff = is_staff
        user.save(update_fields=["is_staff"])


def _claims(told: Any) -> list[Any]:
    """Of the signed token, and of the provider's answer about the user."""
    if not isinstance(told, dict):
        return []
    return [told.get("id_token"), told.get("userinfo")]


def _has(claims: Any, name: str, wanted: str) -> bool:
    value = claims.get(name) if isinstance(claims, dict) else None
    return wanted in value if isinstance(value, list) else value == wanted
