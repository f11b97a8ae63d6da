"""Refuses pages and endpoints to a user who asks for too many, as a page or in JSON."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from runner.infrastructure import sentences
from runner.infrastructure.http import json_api
from runner.infrastructure.http.any_host import FOR_MACHINES
from runner.infrastructure.http.request_counts import charge
from runner.protocol.refusals import RateLimited, Refused, Unavailable


class Throttle(MiddlewareMixin):
    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.path_info in FOR_MACHINES or not json_api.asks_who_is_there(view):
            return None
        if not request.user.is_authenticated:
            return None
        as_json = json_api.answers_json(view, request)
        limit = settings.LIMITS.api_requests_per_minute
        try:
            charge(request.user.pk, "api" if as_json else "page", limit)
        except RateLimited as refused:
            return json_api.refusal(refused) if as_json else refused_page(request, refused)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a page itself refuses. Endpoints answer by themselves."""
        if isinstance(exception, RateLimited | Unavailable):
            return refused_page(request, exception)
        return None


def refused_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    context = {"sentence": sentences.of_refusal(refused)}
    return render(request, "refused.html", context, status=json_api.STATUSES[refused.code])
