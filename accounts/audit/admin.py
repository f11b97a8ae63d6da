"""The audit trail in the admin: for superusers, who cannot change it either."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry, User


class StaffFilter(admin.SimpleListFilter):
    """What one member of the staff did."""

    title = _("member of staff")
    parameter_name = "staff"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterator[tuple[str, str]]:
        staff = User.objects.filter(is_staff=True).order_by("username")
        for pk, name in staff.values_list("pk", "username"):
            yield str(pk), name

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.value()
        return queryset.filter(actor=chosen) if chosen and chosen.isdecimal() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only for mypy
    list_display = (
        "last_at", "actor_name", "action", "subject_name", "target", "detail", "network", "count",
    )  # fmt: skip
    list_filter = ("action", "last_at", StaffFilter)
    search_fields = ("actor_name", "subject_name", "network", "target")
    search_help_text = _("Search by who, whose, network, or id of a run or snippet")
    date_hierarchy = "last_at"
    ordering = ("-last_at",)
    list_per_page = 100
    show_full_result_count = False
    fields = (
        "at", "last_at", "count", "actor_name", "action", "subject_name", "target", "detail",
        "network",
    )  # fmt: skip

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
