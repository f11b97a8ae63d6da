"""Pages of the admin for teachers: helping a student to sign in again, accounts for a class."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import audit
from accounts.models import User
from accounts.sign_in import second_factor, throttle
from accounts.staff import class_list

# Hashing a password takes a third of a second, twice that on a busy machine; proxies wait half a
# minute: who is cut off then never sees the passwords of the accounts that were made.
MOST_ACCOUNTS = 40
# In the audit trail.
LIFTED, WITHOUT_FACTOR, NEW_PASSWORD = "lock lifted", "second factor removed", "new password"


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("New password"),
        required=False,
        strip=False,
        max_length=200,
        help_text=gettext_lazy("Leave this empty to get one that nobody can guess."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "vTextField"}),
    )

    def __init__(self, *args: Any, student: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.student = student

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password, self.student)
        return password or class_list.new_password()


@never_cache
@sensitive_post_parameters()
def help_to_sign_in(request: HttpRequest, students: Any, pk: int) -> HttpResponse:
    """What a student may need who cannot sign in. POST `do` is one of `password`, `lift` and
    `remove_factor`.

    `students`: those whom this member of the staff may help.
    """
    student = get_object_or_404(students, pk=pk)
    form = NewPasswordForm(student=student)
    shown = ""
    if request.method == "POST":
        chosen = request.POST.get("do")
        if chosen == "lift":
            audit.record_help(request, [student], LIFTED)
            throttle.lift(student)
            messages.success(request, _("Wrong passwords are forgotten. Try to sign in again."))
        elif chosen == "remove_factor":
            audit.record_help(request, [student], WITHOUT_FACTOR)
            second_factor.remove(student)
            messages.success(request, _("The second factor is removed. A password suffices."))
        else:
            form = NewPasswordForm(request.POST, student=student)
            if form.is_valid():
                audit.record_help(request, [student], NEW_PASSWORD)
                shown = form.cleaned_data["password"]
                _give_password(student, shown)
    context = {
        "student": student,
        "form": form,
        "shown": shown,
        "has_factor": second_factor.has_one(student),
    }
    title = _("Help %(name)s to sign in") % {"name": student.username}
    return _page(request, "help_to_sign_in", title, context)


def _give_password(student: User, password: str) -> None:
    """The student replaces it at the next sign-in, and is signed out everywhere."""
    student.set_password(password)
    student.must_change_password = True
    student.save(update_fields=["password", "must_change_password"])
    throttle.lift(student)


class ClassListForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("CSV file"), required=False)
    names = forms.CharField(
        label=gettext_lazy("or names, one a line"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 60, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        text, file = fields.get("names", ""), fields.get("file")
        if file:
            text = self._content(file)
        try:
            fields["entries"] = class_list.read(text, MOST_ACCOUNTS)
        except class_list.BadList as error:
            raise forms.ValidationError(error.problems) from error
        return fields

    def _content(self, file: Any) -> str:
        if file.size > class_list.MOST_BYTES:
            raise forms.ValidationError(_("This file is too large to be a list of names."))
        try:
            return class_list.decoded(file.read())
        except class_list.NotText as error:
            text = _("This file is not text. Save the list as “CSV UTF-8”.")
            raise forms.ValidationError(text) from error


@never_cache
def add_class(request: HttpRequest) -> HttpResponse:
    """Accounts from a list, for administrators. Names and passwords are shown once."""
    if not request.user.is_superuser:
        raise PermissionDenied
    form = ClassListForm(request.POST or None, request.FILES or None)
    made: list[class_list.NewAccount] = []
    if request.method == "POST" and form.is_valid():
        audit.record_added_class(request, len(form.cleaned_data["entries"]))
        made = class_list.make_accounts(form.cleaned_data["entries"])
    context = {"form": form, "made": made, "most": MOST_ACCOUNTS}
    return _page(request, "add_class", _("Add a class"), context)


def _page(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    about = admin.site.each_context(request) | {"title": title, "opts": User._meta} | context
    return TemplateResponse(request, f"admin/accounts/user/{name}.html", about)
