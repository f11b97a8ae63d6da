"""What every page of an interview begins with."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from accounts.models import User
from runner import access
from runner.infrastructure import sentences
from runner.infrastructure.http.not_found import or_404
from runner.models import Interview
from runner.protocol.refusals import NotAllowed, Refused

View = Callable[..., HttpResponse]


def reader(request: HttpRequest) -> User:
    assert request.user.is_authenticated
    return request.user


def of_interviewer(view: Callable[..., HttpResponse]) -> View:
    """The view gets the interview in place of its number: for its owner and its interviewers."""

    @never_cache
    @login_required
    @or_404()
    @wraps(view)
    def decorated(request: HttpRequest, number: int, **given: Any) -> HttpResponse:
        try:
            found, _role = access.interview(reader(request), number)
        except NotAllowed as refusal:  # an exam
            messages.error(request, sentences.of_refusal(refusal))
            return redirect("class-list")
        return view(request, found, **given)

    return decorated


def of_owner(view: Callable[..., HttpResponse]) -> View:
    """The same for its owner alone; to interviewers there is no such page."""

    @never_cache
    @login_required
    @or_404()
    @wraps(view)
    def decorated(request: HttpRequest, number: int, **given: Any) -> HttpResponse:
        return view(request, _own(request, number), **given)

    return decorated


def _own(request: HttpRequest, number: int) -> Interview:
    try:
        return access.own_interview(reader(request), number)
    except NotAllowed as refusal:
        raise Http404 from refusal


def refused(request: HttpRequest, refusal: Refused) -> None:
    messages.error(request, sentences.of_refusal(refusal))
