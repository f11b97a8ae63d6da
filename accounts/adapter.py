"""What sign-in says to students, and which names they may take."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.validators import RegexValidator

# Names are shown to instructors, typed by hand and read aloud: no look-alikes, no blanks.
username_validators = [
    RegexValidator(
        r"\A[A-Za-z0-9][A-Za-z0-9._-]{1,29}\Z",
        "Use 2 to 30 letters, digits, dots, hyphens or underscores, beginning with a letter or "
        "digit.",
    )
]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account has been closed. Please ask your instructor.",
        "email_password_mismatch": "The email address or the password is wrong.",
        "email_taken": "There is already an account with this email address.",
        "too_many_login_attempts": (
            "Too many wrong passwords for this account. Please wait five minutes, then try again."
        ),
        "username_password_mismatch": "The username or the password is wrong.",
        "username_taken": "This username is taken. Please choose another one.",
    }
