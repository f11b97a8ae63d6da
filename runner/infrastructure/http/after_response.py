"""Work that a request causes but its answer does not wait for."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override

logger = logging.getLogger(__name__)
Task = Callable[[], None]


def after_response(request: HttpRequest, task: Task) -> None:
    """Calls `task` when the response has been sent, in the language of the request. Its errors are
    logged. Needs the middleware below."""
    language = get_language()

    def in_language() -> None:
        with override(language):
            task()

    _tasks(request).append(in_language)


def _tasks(request: HttpRequest) -> list[Task]:
    tasks: list[Task] = request.__dict__.setdefault("_after_response", [])
    return tasks


class AfterResponse:
    """Middleware, the outermost of those whose views call `after_response`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if tasks := request.__dict__.get("_after_response"):
            close = response.close

            def close_and_work() -> None:
                for task in tasks:  # one may add another
                    _guarded(task)
                close()  # also of what the tasks have opened

            response.close = close_and_work  # type: ignore[method-assign]
        return response


def _guarded(task: Task) -> None:
    try:
        task()
    except Exception:
        logger.exception("Work after a response failed.")
