"""allauth's forms with this site's fields, labels and throttles."""

import hmac
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm as AllauthAddEmailForm
from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.core import context
from allauth.core.internal import ratelimit
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.mail import sends_mail
from accounts.sign_in.candidates import by_address
from accounts.sign_in.throttle import LOGIN_CHARACTERS
from runner.infrastructure.http.after_response import after_response

CODE_CHARACTERS = 200


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Username or email address")
        # Before anything looks at it: what is compared with a name costs the square of its length.
        self.fields["login"].validators.append(MaxLengthValidator(LOGIN_CHARACTERS))
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["remember"].label = _("Stay signed in on this computer")


class WithSignupCode:
    """Mixin of sign-up forms: with SIGNUP=code only those who know the code have an account made.

    Whoever does not know it is told nothing else, so that the form tells no names of accounts.
    """

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    _errors: Any

    def ask_for_code(self) -> None:
        if settings.SIGNUP == "code":
            widget = forms.TextInput(attrs={"autocomplete": "off"})
            help_text = _("Your instructor tells it to you.")
            code = forms.CharField(
                label=_("Sign-up code"),
                widget=widget,
                help_text=help_text,
                max_length=CODE_CHARACTERS,
            )
            self.fields = {"code": code, **self.fields}

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        tries = ratelimit.consume(
            context.request, app="allauth.account", action="signup_code", key="site"
        )
        if tries is None:
            raise forms.ValidationError(
                _("There were too many wrong codes. Please wait five minutes, then try again.")
            )
        if not hmac.compare_digest(code.encode(), settings.SIGNUP_CODE.encode()):
            raise forms.ValidationError(_("This is not the sign-up code of this site."))
        tries.rollback()
        return code

    def full_clean(self) -> None:
        super().full_clean()  # type: ignore[misc]  # of the form that this is mixed into
        if "code" in self._errors:
            for other in set(self._errors) - {"code"}:
                del self._errors[other]


class SignupForm(WithSignupCode, AllauthSignupForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for_code()
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
    def save(self, request: HttpRequest) -> Any:
        """An old address that was never confirmed is gone at once; the new one takes its place.

        An address that stands in another account is taken like any other: only who receives its
        mail can confirm it.
        """
        address = super().save(request)
        self.user.refresh_from_db(fields=["email"])
        if not self.user.email:
            self.user.email = address.email
            self.user.save(update_fields=["email"])
        return address


class ChangePasswordForm(AllauthChangePasswordForm):  # type: ignore[misc]
    def clean_oldpassword(self) -> str:
        """Wrong ones count as at sign-in."""
        password: str = self.cleaned_data["oldpassword"]
        adapter = get_adapter()
        if not adapter.reauthenticate(self.user, password):
            raise adapter.validation_error("enter_current_password")
        return password

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        if self.user.must_change_password and password == self.cleaned_data.get("oldpassword"):
            raise forms.ValidationError(_("Choose one that your instructor does not know."))
        return password


class ResetPasswordForm(AllauthResetPasswordForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        """Looks nobody up: that would take its time."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Nobody waits for it, so the answer takes equally long for every address."""
        email: str = self.cleaned_data["email"]
        if sends_mail():
            after_response(request, lambda: _send_reset_links(request, email))
        return email


def _send_reset_links(request: HttpRequest, email: str) -> None:
    users = [user for user in by_address(email) if user.is_active]
    if not users:
        return
    with context.request_context(request):
        if any_confirmed := [user for user in users if _confirmed(user, email)]:
            users = any_confirmed
        request_password_reset(request, email, users, None)


def _confirmed(user: Any, email: str) -> bool:
    return bool(user.emailaddress_set.filter(email=email, verified=True).exists())
