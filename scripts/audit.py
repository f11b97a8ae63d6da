"""What is known against the packages, images and code of this tree: `make audit`.

Exit status 0: everything was checked, and nothing was found. 1: something was found. 2: nothing was
found, but something could not be checked, such as a database that cannot be reached.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts import pin_images

ROOT = Path(__file__).resolve().parent.parent
EXCEPTIONS = Path(__file__).with_name("audit_exceptions.toml")
CODE = ("accounts", "coderunner", "deploy", "manage.py", "runner", "scripts")
SECONDS = 600  # for one tool
LOCKS = "requirements*.txt"
MOST_LINES = 5  # of one kind

Run = Callable[[Sequence[str]], tuple[str, str]]


@dataclass
class Report:
    """Of one tool: what it found, and what it could not check; one line each."""

    name: str
    found: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)


def run(command: Sequence[str]) -> tuple[str, str]:
    """Standard output and error of a tool. That it failed is seen by what it did not print."""
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return "", str(error)
    return done.stdout, done.stderr


def parsed(output: tuple[str, str], key: str) -> dict[str, Any] | str:
    """The tool's answer, which has `key`; else why there is none."""
    said, errors = output
    try:
        answer = json.loads(said)
    except ValueError:
        return errors.strip().rpartition("\n")[2] or "it printed nothing that can be read"
    if not isinstance(answer, dict) or key not in answer:
        message = answer.get("message") if isinstance(answer, dict) else None
        return str(message or f"its answer has no {key!r}: {said[:200].strip()}")
    return answer


def python_packages(root: Path, run: Run) -> Iterator[Report]:
    for lock in sorted(root.glob(LOCKS)):
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--disable-pip"]
        command += ["--require-hashes", "--format", "json", "--progress-spinner", "off"]
        report = Report(f"pip-audit {lock.name}")
        answer = parsed(run(command), "dependencies")
        if isinstance(answer, str):
            report.not_checked.append(answer)
        elif not answer["dependencies"]:
            report.not_checked.append("it looked at no package")
        else:
            report.found += faults(answer["dependencies"])
            report.not_checked += skipped(answer["dependencies"])
        yield report


def faults(packages: Sequence[dict[str, Any]]) -> Iterator[str]:
    for package in packages:
        for fault in package.get("vulns", []):
            fixed = ", ".join(fault["fix_versions"]) or "no version"
            yield f"{package['name']} {package['version']}: {fault['id']}, fixed in {fixed}"


def skipped(packages: Sequence[dict[str, Any]]) -> Iterator[str]:
    """A service that does not answer is taken by pip-audit for one that knows no package."""
    lost = [package for package in packages if "skip_reason" in package]
    if len(lost) > MOST_LINES:
        yield f"{len(lost)} of {len(packages)} packages, such as {lost[0]['skip_reason']}"
    else:
        yield from (f"{package['name']}: {package['skip_reason']}" for package in lost)


def npm_packages(run: Run) -> Report:
    report = Report("npm audit")
    answer = parsed(run(["npm", "audit", "--json", "--package-lock-only"]), "auditReportVersion")
    if isinstance(answer, str):
        report.not_checked.append(answer)
    else:
        for name, fault in answer["vulnerabilities"].items():
            titles = [via["title"] for via in fault["via"] if isinstance(via, dict)]
            report.found.append(
                f"{name} ({fault['severity']}): {'; '.join(titles) or 'by another'}"
            )
    return report


def images(root: Path) -> Report:
    """Base images and those of Compose, which a registry may replace if only a tag names them."""
    report = Report("images")
    for file, image in pin_images.named(root):
        if not image.digest:
            report.found.append(f"{file}: {image.name} has no digest (scripts/pin_images.py)")
    return report


def code(exceptions: Path, run: Run) -> Report:
    """Bandit's full set; each exception has a reason, and is in force for one test and one path."""
    report = Report("bandit")
    allowed = tomllib.loads(exceptions.read_text())["exception"]
    command = [sys.executable, "-m", "bandit", "--recursive", "--quiet", "--format", "json", *CODE]
    answer = parsed(run(command), "results")
    if isinstance(answer, str):
        report.not_checked.append(answer)
        return report
    report.not_checked += [f"{error['filename']}: {error['reason']}" for error in answer["errors"]]
    used = set()
    for found in answer["results"]:
        path, test = found["filename"].removeprefix("./"), found["test_id"]
        fitting = [n for n, each in enumerate(allowed) if fits(each, test, path)]
        used.update(fitting)
        if not fitting:
            report.found.append(f"{path}:{found['line_number']}: {test} {found['issue_text']}")
    for number, each in enumerate(allowed):
        if number not in used:
            report.found.append(f"{exceptions.name}: {each['test']} in {each['path']} is not used")
    return report


def fits(exception: dict[str, str], test: str, path: str) -> bool:
    """`path`: a file, or a folder with all below it."""
    where = exception["path"]
    inside = path == where or (where.endswith("/") and path.startswith(where))
    return bool(exception["reason"].strip()) and exception["test"] == test and inside


def show(reports: Sequence[Report]) -> int:
    for report in reports:
        lines = [f"  FOUND        {line}" for line in report.found]
        lines += [f"  NOT CHECKED  {line}" for line in report.not_checked]
        print("\n".join([report.name, *(lines or ["  nothing is known"])]))
    if any(report.found for report in reports):
        return 1
    return 2 if any(report.not_checked for report in reports) else 0


def main() -> int:
    reports = [*python_packages(ROOT, run), npm_packages(run), images(ROOT), code(EXCEPTIONS, run)]
    return show(reports)


if __name__ == "__main__":
    sys.exit(main())
