"""The preferences of a user, which rules a new password breaks, and a passkey that must stay."""

from typing import cast

from allauth.core import ratelimit
from allauth.core.internal import ratelimit as limits
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import login_webauthn, remove_webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import password_rules
from accounts.models import User
from accounts.sign_in.second_factor import MFAAdapter
from runner.infrastructure.http import json_api
from runner.protocol.preferences import Preferences


@require_http_methods(["GET", "HEAD", "PUT"])
@json_api.endpoint
def preferences(request: HttpRequest, user: User) -> JsonResponse:
    """GET and PUT /preferences/. A PUT sets what it names and leaves the rest."""
    if request.method == "PUT":
        change = json_api.read(request, Preferences).model_dump(exclude_unset=True)
        chosen = user.preferred.model_copy(update=change)
        user.preferences = chosen.model_dump(exclude_defaults=True)
        user.save(update_fields=["preferences"])
    return json_api.answer(user.preferred)


@require_POST
@never_cache
@sensitive_post_parameters()
def check_password(request: HttpRequest) -> HttpResponse:
    """POST /accounts/password/check/: the names of the rules that `password1` breaks, as JSON.

    It is compared with the user's name and address; before sign-up with those in the form.
    """
    if not ratelimit.consume(request, action="check_password"):
        return HttpResponse(status=429)
    sent = request.POST
    user = (
        request.user
        if isinstance(request.user, User)
        else password_rules.person(sent.get("username", ""), sent.get("email", ""))
    )
    return JsonResponse({"unmet": password_rules.unmet(sent.get("password1", ""), user)})


def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """allauth's page. Asking for a passkey makes a session, so that is counted, too."""
    limit = {"app": "allauth.account", "action": "passkey", "limit_get": True}
    if refused := limits.consume_or_429(request, **limit):
        return cast(HttpResponse, refused)
    return cast(HttpResponse, login_webauthn(request))


@login_required
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """allauth's page, but staff who need a second factor keep their last one."""
    key = Authenticator.objects.filter(user_id=request.user.pk, pk=pk).first()
    adapter = MFAAdapter()
    if key and not adapter.can_delete_authenticator(key):
        messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")
    return cast(HttpResponse, remove_webauthn(request, pk=pk))
