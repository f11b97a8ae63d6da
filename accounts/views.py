"""GET and PUT /preferences/: the preferences of a user."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods

from accounts.models import User
from runner.infrastructure.http import json_api
from runner.protocol.preferences import Preferences


@require_http_methods(["GET", "HEAD", "PUT"])
@json_api.endpoint
def preferences(request: HttpRequest, user: User) -> JsonResponse:
    """A PUT sets what it names and leaves the rest."""
    if request.method == "PUT":
        change = json_api.read(request, Preferences).model_dump(exclude_unset=True)
        chosen = user.preferred.model_copy(update=change)
        user.preferences = chosen.model_dump(exclude_defaults=True)
        user.save(update_fields=["preferences"])
    return json_api.answer(user.preferred)
