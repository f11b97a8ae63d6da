"""The endpoints for load balancers and monitors."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from runner.infrastructure.http import json_api
from runner.operations import exposition, health
from runner.protocol.http import Health


@require_safe
@never_cache
async def healthz(request: HttpRequest) -> JsonResponse:
    """This process lives; asks nothing of anything else."""
    return json_api.answer(Health())


@require_safe
@never_cache
async def readyz(request: HttpRequest) -> JsonResponse:
    readiness = await health.readiness()
    status = HTTPStatus.OK if readiness.status == "ready" else HTTPStatus.SERVICE_UNAVAILABLE
    return json_api.answer(readiness, status)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus; for everybody else there is no such page."""
    if not exposition.may_read(request):
        raise Http404
    return HttpResponse(exposition.text(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
