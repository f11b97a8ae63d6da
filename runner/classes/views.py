"""Pages of a class: the list of classes, one class, its settings, its rules, its join code."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.audit import AuditAction
from accounts.classrooms import codes, members
from accounts.models import Classroom, ClassRules, Membership, Role
from runner import access
from runner.access import Action
from runner.classes.forms import ClassForm, day_name
from runner.classes.page import about, of_class, page_of, reader
from runner.classes.rules_form import RulesForm, ShownRules

CODE_DAYS = 14


@require_safe
@login_required
@never_cache
def class_list(request: HttpRequest) -> HttpResponse:
    """The reader's classes; for staff, with `?all`, those of the site."""
    user = reader(request)
    everybody = user.is_staff and "all" in request.GET
    classes = access.classrooms_of(user) if everybody else user.classrooms.all()
    page = page_of(request, classes.order_by("archived_at", "-created_at", "-pk"))
    roles = access.roles_of(user)
    rows = [(one, Role(roles[one.pk]).label if one.pk in roles else "") for one in page]
    context = {
        "page": page,
        "rows": rows,
        "everybody": everybody,
        "may_make": access.may_make_classes(user),
        "query": "all&" if everybody else "",
    }
    return render(request, "classes/class_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def new_class(request: HttpRequest) -> HttpResponse:
    """Who makes a class is its instructor."""
    user = reader(request)
    if not access.may_make_classes(user):
        raise PermissionDenied
    form = ClassForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            classroom = form.save()
            try:
                members.add_member(classroom, user, Role.INSTRUCTOR)
            except members.TooManyMembers:
                transaction.set_rollback(True)
                messages.error(request, _("You are in too many classes."))
                return redirect("class-list")
            _record(request, classroom, "made")
        return redirect("class", classroom.pk)
    return render(request, "classes/form.html", {"form": form, "title": _("New class")})


@require_safe
@of_class(Action.SEE_CLASS)
def class_page(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    teaching = Membership.objects.filter(classroom=classroom, role=Role.INSTRUCTOR)
    shown = about(request, classroom)
    link = ""
    if "see_join_code" in shown["may"] and classroom.join_code:
        link = request.build_absolute_uri(reverse("join", args=[classroom.join_code]))
    context = shown | {
        "instructors": teaching.select_related("user").order_by("user__username")[:20],
        "timetable": [(day_name(one["day"]), one) for one in classroom.timetable],
        "rules": ShownRules.of(classroom),
        "link": link,
        "code_is_over": bool(link)
        and (classroom.join_code_expires_at or timezone.now()) <= timezone.now(),
        "member": access.role_in(reader(request), classroom.pk) is not None,
        "code_days": CODE_DAYS,
    }
    return render(request, "classes/class.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_class(Action.CHANGE_CLASS)
def settings_of_class(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    form = ClassForm(
        request.POST if request.method == "POST" else None, instance=classroom, user=reader(request)
    )
    if request.method == "POST" and form.is_valid():
        _record(request, classroom, "settings")
        form.save()
        return redirect("class", classroom.pk)
    context = about(request, classroom) | {"form": form, "title": _("Settings of the class")}
    return render(request, "classes/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_class(Action.CHANGE_RULES)
def rules_of_class(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    """An exam is in these rules: it begins and ends by itself, at the times that they name."""
    rules = ClassRules.objects.filter(pk=classroom.pk).first() or ClassRules(classroom=classroom)
    form = RulesForm(
        request.POST if request.method == "POST" else None, instance=rules, zone=classroom.time_zone
    )
    if request.method == "POST" and form.is_valid():
        exam = rules.exam_starts_at
        _record(request, classroom, f"rules, exam {exam} to {rules.exam_ends_at}"[:300])
        form.save()
        return redirect("class", classroom.pk)
    context = about(request, classroom) | {"form": form, "title": _("Rules of the class")}
    return render(request, "classes/form.html", context)


@require_POST
@of_class(Action.CHANGE_CLASS)
def archive(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    """It ends, or goes on with `do=reopen`. Nothing is deleted, and nobody joins it meanwhile."""
    reopened = request.POST.get("do") == "reopen"
    _record(request, classroom, "reopened" if reopened else "archived")
    Classroom.objects.filter(pk=classroom.pk).update(
        archived_at=None if reopened else timezone.now()
    )
    if not reopened:
        codes.close(classroom)
    return redirect("class", classroom.pk)


@require_POST
@of_class(Action.CHANGE_CLASS)
def join_code(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    """A new code for `days`, or none with `do=close`."""
    if request.POST.get("do") == "close" or classroom.is_archived:
        _record(request, classroom, "join code closed")
        codes.close(classroom)
        return redirect("class", classroom.pk)
    days = request.POST.get("days", "")
    wanted = int(days) if days.isdecimal() and len(days) < 5 else CODE_DAYS
    _record(request, classroom, "new join code")
    codes.rotate(classroom, wanted)
    messages.success(request, _("The class has a new join code. The old one does not work."))
    return redirect("class", classroom.pk)


def _record(request: HttpRequest, classroom: Classroom, detail: str) -> None:
    audit.record(
        AuditAction.CHANGED_CLASS,
        actor_id=reader(request).pk,
        target=f"class {classroom.pk}",
        network=audit.network_of(request),
        detail=detail,
    )
