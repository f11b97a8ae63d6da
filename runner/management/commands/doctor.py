import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from runner.sandbox import Check, chosen_backend, examine, refused, weak_limits

NOT_HERE = "Programs cannot be run on this machine."
LOOPBACK = "`manage.py executor` does not start here; `manage.py serve` runs programs on loopback."


class Command(BaseCommand):
    help = "Check what the sandbox of this machine can enforce, and what is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        checks = examine(settings.LIMITS, allow_weak=settings.ALLOW_WEAK_LIMITS)
        ok = not refused(checks)
        weak = any(check.name == "limits" for check in checks) and weak_limits()
        if options["json"]:
            backend = chosen_backend().name if ok else None
            shown = [asdict(check) for check in checks]
            report = {"ok": ok, "limits_by": backend, "weak_limits": bool(weak), "checks": shown}
            self.stdout.write(json.dumps(report, indent=2))
        else:
            self._print(checks, weak=bool(weak))
            if ok:
                self.stdout.write(f"Limit backend: {chosen_backend().name}.")
        if not ok:
            only_weak = weak and [check.name for check in refused(checks)] == ["limits"]
            raise CommandError(LOOPBACK if only_weak else NOT_HERE, returncode=1)

    def _print(self, checks: list[Check], *, weak: bool) -> None:
        for check in checks:
            wrong = check in refused(checks) or (weak and check.name == "limits")
            line = f"{_word(check):7}  {check.name}: {check.seen}"
            self.stdout.write(self.style.ERROR(line) if wrong else line)
            if not check.ok and check.fix:
                self.stdout.write(f"         {check.fix}")


def _word(check: Check) -> str:
    if check.ok:
        return "ok"
    return "missing" if check.needed else "without"
