"""Joining a class by its code or link. Wrong codes are counted for each user and address."""

from http import HTTPStatus

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.classrooms import codes
from accounts.classrooms.members import TooManyMembers
from runner.classes.page import reader


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def join_form(request: HttpRequest) -> HttpResponse:
    """A field for the code."""
    if request.method == "POST":
        return _join(request, request.POST.get("code", ""))
    return render(request, "classes/join.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def join_by_link(request: HttpRequest, code: str) -> HttpResponse:
    """A link changes nothing by being opened: it names the class, and asks."""
    if request.method == "POST":
        return _join(request, code)
    if not _may_try(request):
        return _too_many(request)
    try:
        classroom = codes.classroom_of(code)
    except codes.WrongCode:
        return _wrong(request)
    return render(request, "classes/join.html", {"classroom": classroom, "code": code})


def _join(request: HttpRequest, code: str) -> HttpResponse:
    if not _may_try(request):
        return _too_many(request)
    try:
        member, is_new = codes.join(reader(request), code)
    except codes.WrongCode:
        return _wrong(request)
    except TooManyMembers:
        text = _("The class is full, or you are in too many classes.")
        return render(request, "classes/join.html", {"problem": text}, status=HTTPStatus.CONFLICT)
    name = member.classroom.name
    text = _("You are now in the class %s.") if is_new else _("You are in the class %s already.")
    messages.success(request, text % name)
    return redirect("class", member.classroom_id)


def _may_try(request: HttpRequest) -> bool:
    limit = {"app": "allauth.account", "action": "join_code", "limit_get": True}
    return ratelimit.consume(request, user=request.user, **limit) is not None


def _wrong(request: HttpRequest) -> HttpResponse:
    text = _("This code does not work. It may be mistyped, replaced or too old: ask for a new one.")
    return render(request, "classes/join.html", {"problem": text}, status=HTTPStatus.NOT_FOUND)


def _too_many(request: HttpRequest) -> HttpResponse:
    text = _("There were many tries. Please wait five minutes.")
    status = HTTPStatus.TOO_MANY_REQUESTS
    return render(request, "classes/join.html", {"problem": text}, status=status)
