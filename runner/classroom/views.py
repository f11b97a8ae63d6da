"""The page with the live grid of a class."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from runner import access
from runner.infrastructure.http.not_found import or_404
from runner.protocol.reasons import ReasonCode
from runner.seats import seat_of


@require_safe
@never_cache
@login_required
@or_404()
def live(request: HttpRequest, classroom_id: int) -> HttpResponse:
    """For those who may watch; to others there is no such page."""
    assert request.user.is_authenticated
    seat = seat_of(request.user, classroom_id)
    if not seat.may_watch:
        raise access.NotFound(ReasonCode.NO_SUCH_CLASS)
    return render(request, "classes/live/grid.html", {"seat": seat})
