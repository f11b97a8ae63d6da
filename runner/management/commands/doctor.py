import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from runner.languages import LANGUAGES
from runner.management.language_checks import check_languages, untried
from runner.management.preparation import report
from runner.sandbox import Check, chosen_backend, examine, refused, weak_limits

NOT_HERE = "Programs cannot be run on this machine."
LOOPBACK = "`manage.py executor` does not start here; `manage.py serve` runs programs on loopback."
NOT_ALL = "Programs in these languages cannot be run on this machine: {}."
NOT_TRIED = (
    "Languages are not tried here; executors try them: programs cannot be run on this machine."
)


class Command(BaseCommand):
    help = "Check what the sandbox of this machine can enforce, and what is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--languages",
            nargs="*",
            metavar="LANGUAGE",
            help="try each language in the sandbox, or those named",
        )
        parser.add_argument(
            "--untried",
            action="store_true",
            help="of these languages: those that are installed and have not passed yet",
        )
        parser.add_argument(
            "--prepare",
            nargs="*",
            metavar="LANGUAGE",
            help="make what lets the compilers of this machine start sooner",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["prepare"] is not None:
            if problem := report(_known(options["prepare"]), self.stdout.write):
                raise CommandError(problem, returncode=1)
        elif options["languages"] is not None:
            names = _known(options["languages"])
            if options["untried"]:
                names = self._untried(names)
            self._check_languages(names, as_json=options["json"])
        else:
            self._check_machine(options)

    def _untried(self, names: list[str]) -> list[str]:
        """None where programs cannot be run at all, as where an image is built."""
        names = untried(names)
        if names and refused(examine(settings.LIMITS, allow_weak=True)):
            self.stdout.write(NOT_TRIED)
            return []
        return names

    def _check_languages(self, names: list[str], *, as_json: bool) -> None:
        checks = []
        for check in check_languages(names):
            checks.append(check)
            if as_json:
                continue
            if check.ok:
                line = f"ok       {LANGUAGES[check.id].labelled(check.version)}"
                self.stdout.write(f"{line:32} {check.seconds:6.2f} s")
            else:
                self.stdout.write(self.style.ERROR(f"missing  {check.name}: {check.seen}"))
                self.stdout.write(f"         {check.fix}")
        failed = [check.id for check in checks if not check.ok]
        if as_json:
            shown = [asdict(check) for check in checks]
            self.stdout.write(json.dumps({"ok": not failed, "languages": shown}, indent=2))
        if failed:
            raise CommandError(NOT_ALL.format(", ".join(failed)), returncode=1)

    def _check_machine(self, options: dict[str, Any]) -> None:
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


def _known(names: list[str]) -> list[str]:
    """All, if none is named."""
    if unknown := [name for name in names if name not in LANGUAGES]:
        there_are = ", ".join(LANGUAGES)
        raise CommandError(f"No such language: {', '.join(unknown)}. There are: {there_are}.")
    return names or list(LANGUAGES)


def _word(check: Check) -> str:
    if check.ok:
        return "ok"
    return "missing" if check.needed else "without"
