"""Pages on which people download and delete what the site keeps of them."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.classrooms.starts import exam_of
from accounts.models import User
from accounts.own_data.deletion import LastAdministrator, delete_account, is_last_administrator
from accounts.own_data.download import DownloadRefused, download
from accounts.own_data.forms import DeleteForm
from accounts.own_data.parts import parts


@require_safe
@login_required
@never_cache
def own_data(request: HttpRequest) -> HttpResponse:
    """GET /accounts/data/"""
    return render(request, "own_data/own_data.html", {"counts": _counts(_user(request))})


@require_POST
@login_required
@never_cache
def download_data(request: HttpRequest) -> HttpResponseBase:
    """POST /accounts/data/download/"""
    if exam_of(_user(request)) is not None:
        messages.error(request, _("During an exam you cannot download your data."))
        return redirect("own-data")
    try:
        return download(request, _user(request))
    except DownloadRefused:
        text = _("There is a download already, or there were many. Please try again in an hour.")
        messages.error(request, text)
        return redirect("own-data")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
@never_cache
def delete_own_account(request: HttpRequest) -> HttpResponse:
    """GET and POST /accounts/data/delete/"""
    user = _user(request)
    form = DeleteForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            delete_account(user, user, audit.network_of(request))
        except LastAdministrator:
            return redirect("own-data-delete")  # which says why
        name = user.username
        logout(request)
        return render(request, "own_data/deleted.html", {"name": name})
    context = {"form": form, "counts": _counts(user), "is_last": is_last_administrator(user)}
    return render(request, "own_data/delete.html", context)


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _counts(user: User) -> list[tuple[str, int]]:
    return [(str(part.title), part.count(user)) for part in parts()]
