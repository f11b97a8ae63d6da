"""The endpoints for load balancers and monitors."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from runner.operations import exposition, health


@require_safe
@never_cache
async def healthz(request: HttpRequest) -> JsonResponse:
    """This process lives; asks nothing of anything else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
async def readyz(request: HttpRequest) -> JsonResponse:
    ready, parts = await health.readiness()
    return JsonResponse(parts, status=200 if ready else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus; for everybody else there is no such page."""
    if not exposition.may_read(request):
        raise Http404
    return HttpResponse(exposition.text(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
