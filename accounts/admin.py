"""Users for the admin. Instructors (staff) look at students; only superusers change anything."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from runner.models import Run

# The admin's own sign-in page would not count wrong passwords.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Interactive Code Runner"
admin.site.index_title = _("Administration")
admin.site.unregister(Group)  # nothing here depends on groups


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]  # generic only for mypy
    list_display = ("username", "email", "is_staff", "is_active", "last_login", "run_count")
    list_filter = ("is_staff", "is_active", "last_login", "date_joined")
    search_fields = ("username", "email", "first_name", "last_name")
    ordering = ("username",)
    # What instructors see: no password hash, no permissions.
    student_fields = (
        (None, {"fields": ("username", "email", "first_name", "last_name", "is_active")}),
        (_("Use"), {"fields": ("date_joined", "last_login", "run_count")}),
    )
    readonly_fields = ("run_count", "date_joined", "last_login")

    @admin.display(description=_("Runs"), ordering="run_count")
    def run_count(self, user: User) -> int:
        return user.run_count  # type: ignore[attr-defined, no-any-return]  # annotated below

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        users: QuerySet[User] = super().get_queryset(request)
        # A subquery, not a join: counted for the users of one page, not for all.
        runs = Run.objects.filter(owner=OuterRef("pk")).order_by().values("owner")
        count = Coalesce(Subquery(runs.annotate(count=Count("pk")).values("count")), 0)
        users = users.annotate(run_count=count)
        return users if request.user.is_superuser else users.filter(is_staff=False)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return self.student_fields

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return request.user.is_staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return request.user.is_superuser
