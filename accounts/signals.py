"""What follows from signing in and from a new password."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.sign_in import known_browsers, throttle


@receiver(user_logged_in)
def remember_browser(request: HttpRequest, user: User, **_: Any) -> None:
    known_browsers.remember(request, user)


@receiver([password_changed, password_reset, password_set])
def forget_wrong_passwords(user: User, **_: Any) -> None:
    """They were tried for a password that is no more."""
    throttle.lift(user)
