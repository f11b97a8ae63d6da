from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from runner.protocol.typescript import typescript


class Command(BaseCommand):
    help = "Write static/src/protocol.gen.ts from the messages of runner/protocol."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when the file is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "static" / "src" / "protocol.gen.ts"
        text = typescript()
        if not options["check"]:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            raise CommandError(f"{path} is stale: run `manage.py protocol_ts`.")
