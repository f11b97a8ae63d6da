"""Messages of the sign-in pages, and the user names that are allowed."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

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
        "account_inactive": _("This account is deactivated. Please ask your instructor."),
        "email_password_mismatch": _("Wrong email address or password."),
        "email_taken": _("An account with this email address already exists."),
        "too_many_login_attempts": _(
            "Too many wrong passwords for this account. Please wait five minutes, then try again."
        ),
        "username_password_mismatch": _("Wrong username or password."),
        "username_taken": _("This username is taken. Please choose another one."),
    }
