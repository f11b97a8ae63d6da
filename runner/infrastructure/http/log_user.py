"""A page that fails is logged with its user; who asks for a page that works is not looked up."""

from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

from runner.infrastructure.log_context import bind_log_ids


class LogUser(MiddlewareMixin):
    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        bind_log_ids(user=request.user.pk)
