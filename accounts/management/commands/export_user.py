import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import audit
from accounts.audit import AuditAction
from accounts.models import User
from accounts.own_data import archive


class Command(BaseCommand):
    help = "Write everything that the site keeps of a user to a zip file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("file", type=Path, help="the zip file to make; it may not exist yet")

    def handle(self, *args: Any, username: str, file: Path, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username!r}.")
        audit.record(AuditAction.DOWNLOADED_DATA, subject_id=user.pk, detail="by a command")
        try:
            with file.open("xb") as written:
                for piece in archive.pieces(user, sys.maxsize, sys.maxsize):
                    written.write(piece)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error}") from error
        self.stdout.write(f"{file}: {file.stat().st_size} bytes")
