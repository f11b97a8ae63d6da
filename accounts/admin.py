"""Users in the admin. Instructors (staff) may read, and help students to sign in again; only
superusers may change."""

from collections.abc import Callable
from functools import cache
from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.mfa.admin import Authenticator
from allauth.socialaccount.admin import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.admin import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.admin_columns import UserColumn, user_columns
from accounts.audit.admin import AuditEntryAdmin  # noqa: F401  # registers itself
from accounts.classrooms.admin import ClassroomAdmin  # noqa: F401  # registers itself
from accounts.models import User
from accounts.own_data.admin import OwnDataAdmin
from accounts.sign_in import second_factor, throttle
from accounts.staff import views
from runner.protocol.names import is_printable

# The admin's own sign-in page would not count wrong passwords.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Neither would its page for changing one.
admin.site.password_change = lambda request, *_: redirect(  # type: ignore[assignment]
    "account_change_password"
)
admin.site.site_header = admin.site.site_title = "Interactive Code Runner"
admin.site.index_title = _("Administration")
admin.site.unregister(Group)  # nothing here depends on groups
# Secrets of second factors, and what settings and users manage themselves.
admin.site.unregister([Authenticator, SocialAccount, SocialApp, SocialToken, UserSession])

# Whom instructors see and help.
STUDENTS = {"is_staff": False, "is_superuser": False}


NAMES = {"username", "first_name", "last_name"}
# Django's texts do not say what a user becomes here, and advise against deleting.
HELP = {
    "is_active": _("Without it nobody signs in with this account. All that belongs to it stays."),
    "is_staff": _("An instructor: sees the programs of everybody and helps students to sign in."),
    "is_superuser": _("With staff status, an administrator: makes, changes and deletes accounts."),
}


def refuse_hidden(name: str) -> None:
    if not is_printable(name):
        raise ValidationError(_("A name may not contain line breaks or invisible characters."))


@admin.register(User)
class UserAdmin(OwnDataAdmin, DjangoUserAdmin):  # type: ignore[type-arg]  # generic only for mypy
    list_display = ("username", "email", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "last_login", "date_joined")
    search_fields = ("username", "email", "first_name", "last_name")
    ordering = ("username",)
    # What instructors see: no password hash, no permissions.
    student_fields = (
        (None, {"fields": ("username", "email", "first_name", "last_name", "is_active")}),
    )
    readonly_fields = ("date_joined", "last_login")
    actions = ("lift_locks", "remove_second_factors", "download_data")
    change_list_template = "admin/accounts/user/change_list.html"
    change_form_template = "admin/accounts/user/change_form.html"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in NAMES:
            field.validators.append(refuse_hidden)
        if field is not None and db_field.name in HELP:
            field.help_text = HELP[db_field.name]
        return field

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_display(request), *map(_displayed, user_columns())]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        return [*super().get_readonly_fields(request, obj), *map(_displayed, user_columns())]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        users: QuerySet[User] = super().get_queryset(request)
        users = users.annotate(**{column.name: column.value() for column in user_columns()})
        if not request.user.is_staff:  # who teaches a class enters the admin, too
            return users.none()
        return users if request.user.is_superuser else users.filter(**STUDENTS)

    def get_urls(self) -> list[URLPattern]:
        def admin_view(view: Callable[..., HttpResponse]) -> Any:
            return self.admin_site.admin_view(view)

        own = [
            path(
                "<int:pk>/help/",
                admin_view(self.help_to_sign_in),
                name="accounts_user_help",
            ),
            path("add-class/", admin_view(views.add_class), name="accounts_user_add_class"),
        ]
        return [*own, *super().get_urls()]

    def help_to_sign_in(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return views.help_to_sign_in(request, self.get_queryset(request).filter(**STUDENTS), pk)

    @admin.action(description=_("Lift the lock after wrong passwords"), permissions=["view"])
    def lift_locks(self, request: HttpRequest, users: QuerySet[User]) -> None:
        audit.record_help(request, users, views.LIFTED)
        throttle.lift(*users)
        messages.success(request, _count_of(users) + " " + gettext("They can sign in at once."))

    @admin.action(description=_("Remove the second factor"), permissions=["view"])
    def remove_second_factors(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Of somebody who has lost it. Instructors see students only."""
        audit.record_help(request, users, views.WITHOUT_FACTOR)
        second_factor.remove(*users)
        messages.success(
            request, _count_of(users) + " " + gettext("A password suffices to sign in again.")
        )

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


def _count_of(users: QuerySet[User]) -> str:
    count = len(users)
    return ngettext("%(count)d account.", "%(count)d accounts.", count) % {"count": count}
