"""Creates one student and one instructor on the first start of a new site."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import User

NAMES = {"student": False, "instructor": True}  # whether they are staff


class Command(BaseCommand):
    help = (
        "Makes a student and an instructor when there are no users yet, and prints how to sign in."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            self.stdout.write(
                "Forgot a password? Set a new one: .venv/bin/python manage.py changepassword "
                "student (or instructor)"
            )
            return
        passwords = make_demo_users()
        width = max(map(len, passwords))
        lines = [f"  {name:<{width}}  {password}" for name, password in passwords.items()]
        rule = "-" * 64
        self.stdout.write(
            "\n".join(
                [
                    rule,
                    f"Sign in at http://127.0.0.1:{settings.PORT} as",
                    *lines,
                    "The passwords are shown only once. Change them after you sign in.",
                    rule,
                ]
            )
        )


@transaction.atomic
def make_demo_users() -> dict[str, str]:
    """Their names and passwords."""
    passwords = {name: secrets.token_urlsafe(9) for name in NAMES}
    for name, password in passwords.items():
        User.objects.create_user(name, password=password, is_staff=NAMES[name])
    return passwords
