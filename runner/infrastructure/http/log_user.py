"""Logs a failing page with its user. Pages that work cause no additional query."""

from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

from runner.infrastructure.log_context import bind_log_ids


class LogUser(MiddlewareMixin):
    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        bind_log_ids(user=request.user.pk)
