"""Messages of the sign-in pages, the user names that are allowed, and mail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.mail import sends_mail

# Names are shown to instructors, typed by hand and read aloud: no look-alikes, no blanks.
username_validators = [
    RegexValidator(
        r"\A[A-Za-z0-9][A-Za-z0-9._-]{1,29}\Z",
        _(
            "Use 2 to 30 letters, digits, dots, hyphens or underscores. Begin with a letter or "
            "digit."
        ),
    )
]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _(
            "This account is deactivated. Please ask the administrator of this site."
        ),
        "email_password_mismatch": _("Wrong email address or password."),
        "email_taken": _("An account with this email address already exists."),
        "too_many_login_attempts": _(
            "Too many wrong passwords for this account. Please wait five minutes, then try again."
        ),
        "username_password_mismatch": _("Wrong username or password."),
        "username_taken": _("This username is taken. Please choose another one."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Where mail is only logged, a link that resets a password must not get into the log."""
        if sends_mail():
            super().send_mail(template_prefix, email, context)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = "", *args: Any, **more: Any
    ) -> None:
        """As allauth's, but it claims no mail that was not sent."""
        if message_template.endswith("/email_confirmation_sent.txt") and not sends_mail():
            return
        super().add_message(request, level, message_template, *args, **more)
