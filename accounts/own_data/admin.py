"""Deleting accounts in the admin, and downloading what the site keeps of a student."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.own_data.deletion import LastAdministrator, delete_account, is_last_administrator
from accounts.own_data.download import DownloadRefused, download
from accounts.own_data.parts import parts


class OwnDataAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only for mypy
    """For superusers, who alone may delete users. Gives the action `download_data`."""

    @admin.action(description=_("Download the data of one account"), permissions=["delete"])
    def download_data(self, request: HttpRequest, users: QuerySet[User]) -> HttpResponseBase | None:
        problem = gettext("Choose one account.")
        if len(users) == 1:
            try:
                return download(request, users[0])
            except DownloadRefused:
                problem = gettext(
                    "There is a download already, or there were many. Please try again in an hour."
                )
        self.message_user(request, problem, messages.ERROR)
        return None

    def get_deleted_objects(self, objs: Iterable[Any], request: HttpRequest) -> Any:
        """Counts in place of Django's list of every snippet and run, which may be many."""
        users = list(objs)
        protected = [str(user) for user in users] if is_last_administrator(*users) else []
        counts = {str(part.title): sum(part.count(user) for user in users) for part in parts()}
        return (
            [str(user) for user in users],
            {str(_("users")): len(users)} | counts,
            set(),
            protected,
        )

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        self._delete(request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._delete(request, queryset)

    def _delete(self, request: HttpRequest, users: Iterable[User]) -> None:
        for user in users:
            try:
                delete_account(user, request.user, audit.network_of(request))
            except LastAdministrator:  # the other one was deleted in this moment
                text = gettext("%(name)s is the only administrator left and was not deleted.")
                messages.error(request, text % {"name": user.username})
