"""Signing in and up as this site does it: throttles, messages, user names, mail."""

import logging
from ipaddress import IPv6Address, ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.mail import sends_mail
from accounts.models import User
from accounts.sign_in import candidates, throttle
from runner.infrastructure.http.after_response import after_response

logger = logging.getLogger(__name__)

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
        "too_many_login_attempts": _(
            "Too many wrong passwords for this account. Please wait five minutes, then try again."
        ),
        "too_many_everywhere": _(
            "Somebody has tried many wrong passwords for this account. Please sign in with a "
            "browser that you have used before, wait an hour, or ask your instructor."
        ),
        "username_password_mismatch": _("Wrong username or password."),
        "username_taken": _("This username is taken. Please choose another one."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """An IPv4 address that is written as an IPv6 one is the same network."""
        address = ip_address(super().get_client_ip(request))
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return str(mapped or address)

    # --- Passwords -------------------------------------------------------------------------------
    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The account that is meant, active or not. Each try is counted: see `throttle.py`."""
        login = credentials.get("username") or credentials.get("email") or ""
        return self._tried(
            request, login, candidates.accounts_of(login), credentials.get("password") or ""
        )

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether it is the password of somebody who is signed in."""
        return self._tried(self.request, user.username, [user], password) is not None

    def _tried(
        self, request: HttpRequest, login: str, accounts: list[User], password: str
    ) -> User | None:
        try:
            tries = throttle.password_try(request, login, accounts)
        except throttle.TooManyTries as error:
            raise self.too_many_tries(error) from error
        with tries:
            by_address = "@" in login
            user = candidates.whose_password(password, tries.accounts, by_address=by_address)
            if user is None:
                user_login_failed.send(
                    sender=__name__, credentials={"username": login}, request=request
                )
            else:
                tries.right(user)
        return user

    def too_many_tries(self, error: throttle.TooManyTries) -> Any:
        """The `ValidationError` for a form."""
        return self.validation_error(
            "too_many_everywhere" if error.everywhere else "too_many_login_attempts"
        )

    def set_password(self, user: User, password: str) -> None:
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """By allauth's, signing in again would lead to the form for another new password."""
        return reverse("account_login")

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """After a reset by mail: `signals.py` lifts the lock of the account."""

    # --- Sign-up ---------------------------------------------------------------------------------
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGNUP != "closed")

    # --- Mail ------------------------------------------------------------------------------------
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sent once the response is out, so that its time tells nothing about who has an account.

        Where mail is only logged, a link that resets a password must not get into the log.
        """
        if sends_mail() and self._may_send_to(email):
            site = get_current_site(self.request)
            about = {"request": self.request, "email": email, "current_site": site}
            mail = self.render_mail(template_prefix, email, about | context)
            after_response(self.request, lambda: _deliver(mail))

    def _may_send_to(self, email: str) -> bool:
        """Forms that strangers send must not fill mailboxes. Pages do not tell: see above."""
        may = ratelimit.consume(
            self.request, app="allauth.account", action="mail", key=email.lower(), limit_get=True
        )
        if may is None:
            logger.warning("An email was not sent: there were too many.")
        return may is not None

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = "", *args: Any, **more: Any
    ) -> None:
        """As allauth's, but it claims no mail that was not sent, and says nothing that a page says
        itself: whichever window opens a page first shows a message."""
        if message_template.endswith("/email_confirmation_sent.txt") and not sends_mail():
            return
        if message_template.endswith("/logged_out.txt") and "told_by_page" in request.POST:
            return
        super().add_message(request, level, message_template, *args, **more)


def _deliver(mail: EmailMessage) -> None:
    try:
        mail.send()
    except OSError as error:  # SMTP errors are; their texts may hold addresses
        logger.error("An email could not be sent: %s", type(error).__name__)
