from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.own_data import LastAdministrator, delete_account


class Command(BaseCommand):
    help = "Delete an account with its snippets, runs and recordings. Nobody can undo it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, username: str, yes: bool, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username!r}.")
        if not yes and input(f"Delete {username} and all that belongs to it? [y/N] ") != "y":
            raise CommandError("Nothing was deleted.")
        try:
            delete_account(user, by=None)
        except LastAdministrator:
            raise CommandError(f"{username} is the only administrator of the site.") from None
        self.stdout.write(f"{username} was deleted.")
