"""Pages send how a program is written, and ask for it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.audit import AuditAction, network_of
from accounts.models import User
from runner import access
from runner.infrastructure.http import json_api
from runner.playback import store
from runner.protocol.classes.writing import WritingPart


@require_POST
@json_api.endpoint
def keep(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    return json_api.answer(store.keep(user, pk, json_api.read(request, WritingPart)))


@require_safe
@json_api.endpoint
def of_run(request: HttpRequest, user: User, run_id: UUID) -> HttpResponse:
    """To whoever may see the run, its student included."""
    run = access.listed_run(user, run_id, AuditAction.OPENED_RECORDING, network_of(request))
    return json_api.answer(store.of_run(run))
