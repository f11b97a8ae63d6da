"""Templates of interviews: each is its owner's alone."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from runner import access
from runner.infrastructure.http.not_found import or_404
from runner.interviews import store
from runner.interviews.forms import (
    MOST_FILES,
    BeginForm,
    TemplateForm,
    with_more_rows,
)
from runner.interviews.page import reader, refused
from runner.interviews.testing import MOST_TESTS
from runner.models import InterviewTemplate
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed, Refused

ROWS = {"files": MOST_FILES, "tests": MOST_TESTS}


@require_safe
@login_required
@never_cache
def template_list(request: HttpRequest) -> HttpResponse:
    templates = access.interview_templates(_maker(request)).order_by("title", "pk")
    context = {"templates": templates, "form": BeginForm()}
    return render(request, "interviews/template_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def new_template(request: HttpRequest) -> HttpResponse:
    user = _maker(request)
    return _edit(request, InterviewTemplate(owner=user), _("New interview template"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
@or_404()
def edit_template(request: HttpRequest, number: int) -> HttpResponse:
    """Interviews that were begun with it stay as they are."""
    template = access.interview_template(_maker(request), number)
    return _edit(request, template, _("Change the interview template"))


def _edit(request: HttpRequest, template: InterviewTemplate, title: str) -> HttpResponse:
    """A `POST` with `more` asks for one more row of `files` or `tests`, and saves nothing."""
    sent: QueryDict | None = request.POST if request.method == "POST" else None
    more = request.POST.get("more", "")
    if sent is not None and more in ROWS:
        sent = with_more_rows(sent, more, ROWS[more])
    form = TemplateForm(sent, instance=template)
    if sent is not None and more not in ROWS and form.is_valid() and _save(request, form):
        return redirect("interview-templates")
    context: dict[str, Any] = {"form": form, "title": title, "is_new": template.pk is None}
    return render(request, "interviews/template_form.html", context)


def _save(request: HttpRequest, form: TemplateForm) -> bool:
    user, template = reader(request), form.instance
    template.changed_at = timezone.now()
    with transaction.atomic():
        try:
            if template.pk is None:
                _check_room(user)
        except NotAllowed as refusal:
            refused(request, refusal)
            return False
        form.save()
    return True


def _check_room(user: User) -> None:
    """For one more. To be called in a transaction."""
    User.objects.select_for_update(no_key=True).filter(pk=user.pk).exists()
    limit = settings.LIMITS.interview_templates_per_user
    if access.interview_templates(user).count() >= limit:
        raise NotAllowed(ReasonCode.TOO_MANY_INTERVIEWS, limit=limit)


@require_POST
@login_required
@or_404()
def copy_template(request: HttpRequest, number: int) -> HttpResponse:
    user = _maker(request)
    template = access.interview_template(user, number)
    template.pk, template.changed_at = None, timezone.now()
    template.title = _("%(title)s (copy)") % {"title": template.title[:180]}
    try:
        with transaction.atomic():
            _check_room(user)
            template.save(force_insert=True)
    except NotAllowed as refusal:
        refused(request, refusal)
        return redirect("interview-templates")
    return redirect("interview-template", template.pk)


@require_POST
@login_required
@or_404()
def delete_template(request: HttpRequest, number: int) -> HttpResponse:
    access.interview_template(_maker(request), number).delete()
    return redirect("interview-templates")


@require_POST
@login_required
@or_404()
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """A new interview. `candidate`: a name for the list."""
    user = _maker(request)
    template = access.interview_template(user, number)
    form = BeginForm(request.POST)
    if not form.is_valid():
        raise PermissionDenied
    try:
        access.check_sharing(user)
        interview = store.begin(user, template, form.cleaned_data["candidate"])
    except Refused as refusal:
        refused(request, refusal)
        return redirect("interview-templates")
    return redirect("interview", interview.pk)


def _maker(request: HttpRequest) -> User:
    """Who may make classes."""
    user = reader(request)
    if not access.may_make_classes(user):
        raise PermissionDenied
    return user
