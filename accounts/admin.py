"""Users in the admin. Instructors (staff) may read; only superusers may change."""

from collections.abc import Callable
from functools import cache
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin_columns import UserColumn, user_columns
from accounts.models import User
from runner.protocol.names import is_printable

# The admin's own sign-in page would not count wrong passwords.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Interactive Code Runner"
admin.site.index_title = _("Administration")
admin.site.unregister(Group)  # nothing here depends on groups


NAMES = {"username", "first_name", "last_name"}


def refuse_hidden(name: str) -> None:
    if not is_printable(name):
        raise ValidationError(_("A name may not contain line breaks or invisible characters."))


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]  # generic only for mypy
    list_display = ("username", "email", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "last_login", "date_joined")
    search_fields = ("username", "email", "first_name", "last_name")
    ordering = ("username",)
    # What instructors see: no password hash, no permissions.
    student_fields = (
        (None, {"fields": ("username", "email", "first_name", "last_name", "is_active")}),
    )
    readonly_fields = ("date_joined", "last_login")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in NAMES:
            field.validators.append(refuse_hidden)
        return field

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_display(request), *map(_displayed, user_columns())]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        return [*super().get_readonly_fields(request, obj), *map(_displayed, user_columns())]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        users: QuerySet[User] = super().get_queryset(request)
        users = users.annotate(**{column.name: column.value() for column in user_columns()})
        return users if request.user.is_superuser else users.filter(is_staff=False)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        use = ("date_joined", "last_login", *map(_displayed, user_columns()))
        return (*self.student_fields, (_("Activity"), {"fields": use}))

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


@cache  # the admin compares these functions by identity
def _displayed(column: UserColumn) -> Callable[[User], Any]:
    @admin.display(description=column.title, ordering=column.name)
    def value(user: User) -> Any:
        shown = getattr(user, column.name)
        return format_html('<a href="{}">{}</a>', column.link(user), shown)

    value.__name__ = column.name  # the admin names the cell's class by it
    return value
