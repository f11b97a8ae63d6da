"""What every page of an assignment begins with."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from accounts.audit import AuditAction, network_of
from runner import access
from runner.access import Action
from runner.classes.page import View, about, reader
from runner.infrastructure import sentences
from runner.infrastructure.http.not_found import or_404
from runner.models import Assignment, HandIn
from runner.protocol.refusals import NotAllowed


def of_assignment(action: Action) -> Callable[[View], View]:
    """The view gets the assignment in place of the ids of class and assignment, as `of_class`."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        @never_cache
        def wrapped(request: HttpRequest, pk: int, number: int, **more: Any) -> HttpResponseBase:
            return view(request, _opened(request, pk, number, action), **more)

        return wrapped

    return decorate


@or_404()
def _opened(request: HttpRequest, pk: int, number: int, action: Action) -> Assignment:
    try:
        # Who may do nothing in the class learns nothing of its assignments.
        access.classroom(reader(request), pk, action, network_of(request))
        return access.assignment(reader(request), pk, number, Action.SEE_ASSIGNMENTS)
    except NotAllowed as error:
        raise PermissionDenied(sentences.of_refusal(error)) from error


@or_404()
def opened_hand_in(request: HttpRequest, assignment: Assignment, number: int) -> HandIn:
    found = access.hand_in(reader(request), assignment, number)
    access.note_opened(reader(request), found, AuditAction.OPENED_HAND_IN, network_of(request))
    return found


def about_assignment(request: HttpRequest, assignment: Assignment) -> dict[str, Any]:
    return about(request, assignment.classroom) | {"assignment": assignment}
