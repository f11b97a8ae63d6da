import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from runner.sandbox import Check, chosen_backend, examine, refused


class Command(BaseCommand):
    help = "Check what the sandbox of this machine can enforce, and what is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        checks = examine(settings.LIMITS)
        ok = not refused(checks)
        if options["json"]:
            backend = chosen_backend().name if ok else None
            report = {"ok": ok, "limits_by": backend, "checks": [asdict(check) for check in checks]}
            self.stdout.write(json.dumps(report, indent=2))
        else:
            for check in checks:
                self.stdout.write(f"{_word(check):7}  {check.name}: {check.seen}")
                if not check.ok and check.fix:
                    self.stdout.write(f"         {check.fix}")
            if ok:
                self.stdout.write(f"Limit backend: {chosen_backend().name}.")
        if not ok:
            raise CommandError("Programs cannot be run on this machine.", returncode=1)


def _word(check: Check) -> str:
    if check.ok:
        return "ok"
    return "missing" if check.needed else "without"
