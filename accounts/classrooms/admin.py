"""Classes in the admin. Who teaches a class needs no staff status, and sees these alone."""

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.audit import AuditAction
from accounts.classrooms import codes
from accounts.classrooms.models import Classroom, Role
from accounts.classrooms.permissions import Action
from accounts.classrooms.roles import classrooms_taught, may, teaches_any

CODE_DAYS = 14
_TEACHES = "_teaches_a_class"
# Of Django's filters of choices, values and dates.
_OF_FILTERS = frozenset({"", "exact", "isnull", "gte", "lt"})


def teaches(request: HttpRequest) -> bool:
    """Asked once in each request."""
    if not hasattr(request, _TEACHES):
        user = request.user
        setattr(request, _TEACHES, user.is_authenticated and user.is_active and teaches_any(user))
    return bool(getattr(request, _TEACHES))


def may_enter(request: HttpRequest) -> bool:
    """The admin: staff, and who teaches a class."""
    return (request.user.is_active and request.user.is_staff) or teaches(request)


def is_of_filter(lookup: str, filtered: Collection[str]) -> bool:
    """Whether the list's filters ask so, which are of these fields of the rows themselves. What is
    related to them would be guessed by others letter by letter: join codes, addresses, hashes of
    passwords."""
    field, _separator, kind = lookup.partition("__")
    return field in filtered and kind in _OF_FILTERS


def first_page(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """Who teaches lands on the classes."""
    if not request.user.is_staff and teaches(request):
        return redirect("admin:accounts_classroom_changelist")
    return _index(request, extra_context)


def _kept_bytes() -> Any:
    """Of the programs, recordings and pictures of a class's runs."""
    runs: Any = Classroom.runs.rel.related_model  # of `runner`
    of_class = runs.objects.filter(classroom=OuterRef("pk")).order_by().values("classroom")
    size = F("source_bytes") + F("recording_bytes") + F("artifact_bytes")
    return of_class.annotate(size=Sum(size)).values("size")


class TermFilter(admin.AllValuesFieldListFilter):
    """A class without a term has a choice, too, which needs a name."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or gettext("without a term")}


@admin.register(Classroom)
class ClassroomAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only for mypy
    list_display = (
        "name", "term", "students", "teachers", "run_count", "kept", "archived_at", "page",
    )  # fmt: skip
    list_filter = (("term", TermFilter), "archived_at")
    filtered = frozenset({"term", "archived_at"})
    search_fields = ("name", "term")
    ordering = ("-created_at",)
    list_per_page = 50
    show_full_result_count = False
    fields = ("name", "term", "time_zone", "students", "teachers", "created_at", "archived_at")
    actions = ("archive", "new_codes")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return is_of_filter(lookup, self.filtered)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Classroom]:
        assert request.user.is_authenticated
        classes = Classroom.objects.all()
        if not request.user.is_staff:
            taught = classrooms_taught(request.user).order_by().values("pk")
            classes = classes.filter(pk__in=taught)
        students = Q(memberships__role=Role.STUDENT)
        return classes.annotate(
            student_count=Count("memberships", filter=students, distinct=True),
            teacher_count=Count("memberships", filter=~students, distinct=True),
            run_number=Count("runs", distinct=True),
            kept_bytes=Coalesce(Subquery(_kept_bytes()), 0),
        )

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.user.is_staff:
            audit.record(
                AuditAction.OPENED_CLASS,
                actor_id=request.user.pk,
                target=f"class {found.pk}",
                network=audit.network_of(request),
                detail="administration",
            )
        return found

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_enter(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_enter(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("Students"), ordering="student_count")
    def students(self, classroom: Any) -> int:
        return int(classroom.student_count)

    @admin.display(description=_("Instructors and assistants"), ordering="teacher_count")
    def teachers(self, classroom: Any) -> int:
        return int(classroom.teacher_count)

    @admin.display(description=_("Runs"), ordering="run_number")
    def run_count(self, classroom: Any) -> int:
        return int(classroom.run_number)

    @admin.display(description=_("Size"), ordering="kept_bytes")
    def kept(self, classroom: Any) -> str:
        return filesizeformat(classroom.kept_bytes)

    @admin.display(description=_("Page"))
    def page(self, classroom: Classroom) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', reverse("class", args=[classroom.pk]), _("Open the class")
        )

    @admin.action(description=_("Archive the class"), permissions=["view"])
    def archive(self, request: HttpRequest, classes: QuerySet[Classroom]) -> None:
        for classroom in self._changeable(request, classes, "archived"):
            Classroom.objects.filter(pk=classroom.pk).update(archived_at=timezone.now())
            codes.close(classroom)

    @admin.action(description=_("New code"), permissions=["view"])
    def new_codes(self, request: HttpRequest, classes: QuerySet[Classroom]) -> None:
        for classroom in self._changeable(request, classes, "new join code"):
            if not classroom.is_archived:
                codes.rotate(classroom, CODE_DAYS)

    def _changeable(
        self, request: HttpRequest, classes: QuerySet[Classroom], detail: str
    ) -> list[Classroom]:
        """Those that the user may change; each is recorded, and the count is said."""
        user = request.user
        assert user.is_authenticated
        found = [one for one in classes if may(user, one.pk, Action.CHANGE_CLASS)]
        for one in found:
            audit.record(
                AuditAction.CHANGED_CLASS,
                actor_id=user.pk,
                target=f"class {one.pk}",
                network=audit.network_of(request),
                detail=detail,
            )
        text = ngettext(
            "%(count)d class was changed.", "%(count)d classes were changed.", len(found)
        )
        messages.success(request, text % {"count": len(found)})
        if len(found) < len(classes):
            messages.warning(request, gettext("Only its instructors change a class."))
        return found


_index = admin.site.index
admin.site.index = first_page  # type: ignore[method-assign, assignment]
admin.site.has_permission = may_enter  # type: ignore[method-assign]
