"""The preferences of a user, and which rules a new password breaks."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import password_rules
from accounts.models import User
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
