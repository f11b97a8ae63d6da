from typing import Any

from allauth.account.forms import AddEmailForm as AllauthAddEmailForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.flows.manage_email import email_already_exists
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.mail import sends_mail


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Username or email address")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["remember"].label = _("Stay signed in on this computer")


class SignupForm(AllauthSignupForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Username")
        self.fields["email"].label = _("Email address (optional)")
        self.fields["email"].help_text = (
            _("Lets you sign in and reset a forgotten password. Instructors can see it.")
            if sends_mail()
            else _("You can also sign in with it. Instructors can see it.")
        )

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """As allauth's, but a form sent twice by a double click makes one account, not an error."""
        try:
            with transaction.atomic():
                user, response = super().try_save(request)
        except IntegrityError:
            name = self.cleaned_data["username"]
            text = _("The account %(name)s was created. Please sign in.") % {"name": name}
            messages.info(request, text)
            return None, redirect("account_login")
        return user, response


class AddEmailForm(AllauthAddEmailForm):  # type: ignore[misc]  # allauth has no types
    def clean_email(self) -> str:
        """As at sign-up, an address belongs to one account."""
        email: str = super().clean_email()
        email_already_exists(email, user=self.user, always_raise=True)
        return email

    def save(self, request: HttpRequest) -> Any:
        """An old address that was never confirmed is gone at once; the new one takes its place."""
        address = super().save(request)
        self.user.refresh_from_db(fields=["email"])
        if not self.user.email:
            self.user.email = address.email
            self.user.save(update_fields=["email"])
        return address
