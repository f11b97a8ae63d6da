"""What every page of a class begins with."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from accounts.audit import network_of
from accounts.models import Classroom, User
from runner import access
from runner.access import Action
from runner.infrastructure import sentences
from runner.infrastructure.http.not_found import or_404
from runner.protocol.refusals import NotAllowed

ROWS = 50  # of a page of any list
View = Callable[..., HttpResponseBase]


def of_class(action: Action) -> Callable[[View], View]:
    """The view gets the class in place of its id, if the reader may do that; else the answer is 404
    for who is not in it, and 403 for a member."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        @never_cache
        def wrapped(request: HttpRequest, pk: int, **asked: Any) -> HttpResponseBase:
            return view(request, opened(request, pk, action), **asked)

        return wrapped

    return decorate


@or_404()
def opened(request: HttpRequest, pk: int, action: Action) -> Classroom:
    try:
        return access.classroom(reader(request), pk, action, network_of(request))
    except NotAllowed as error:
        raise PermissionDenied(sentences.of_refusal(error)) from error


def reader(request: HttpRequest) -> User:
    assert request.user.is_authenticated
    return request.user


def page_of(request: HttpRequest, rows: Any) -> Page[Any]:
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))


def about(request: HttpRequest, classroom: Classroom) -> dict[str, Any]:
    """What the head of these pages shows: `may` has the names of actions, such as `see_runs`."""
    allowed = access.actions_in(reader(request), classroom.pk)
    may = {action.name.lower(): True for action in allowed}
    return {"classroom": classroom, "may": may}
