"""`make audit` reports what its tools find, and never calls clean what they could not look at."""

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from scripts import audit

REASON = "a reason"
CLEAN_PIP = {"dependencies": [{"name": "django", "version": "5.2", "vulns": []}], "fixes": []}
CLEAN_NPM = {"auditReportVersion": 2, "vulnerabilities": {}, "metadata": {}}
CLEAN_BANDIT: dict[str, Any] = {"results": [], "errors": []}
UNREACHABLE = (
    "requests.exceptions.ConnectionError: Max retries exceeded with url: /pypi/django/json"
)


def saying(answer: object, errors: str = "") -> audit.Run:
    """A tool that prints this."""
    said = answer if isinstance(answer, str) else json.dumps(answer)
    return lambda command: (said, errors)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "requirements-dev.txt").touch()
    return tmp_path


def exceptions(folder: Path, *each: tuple[str, str]) -> Path:
    lines = [f'[[exception]]\ntest = "{t}"\npath = "{p}"\nreason = "{REASON}"\n' for t, p in each]
    path = folder / "exceptions.toml"
    path.write_text("\n".join(lines) or "exception = []\n")
    return path


def bandit(*found: tuple[str, str]) -> audit.Run:
    results = [
        {"filename": f"./{path}", "test_id": test, "issue_text": "Bad.", "line_number": 7}
        for test, path in found
    ]
    return saying({"results": results, "errors": []})


def test_every_lock_file_is_asked_about(project: Path) -> None:
    reports = list(audit.python_packages(project, saying(CLEAN_PIP)))
    assert [r.name for r in reports] == [
        "pip-audit requirements-dev.txt",
        "pip-audit requirements.txt",
    ]
    assert audit.show(reports) == 0


def test_a_known_fault_of_a_python_package_is_named_with_its_fix(project: Path) -> None:
    fault = {"id": "PYSEC-1", "fix_versions": ["5.3"], "aliases": [], "description": "Bad."}
    answer = {"dependencies": [{"name": "django", "version": "5.2", "vulns": [fault]}]}
    report, _ = audit.python_packages(project, saying(answer))
    assert report.found == ["django 5.2: PYSEC-1, fixed in 5.3"]
    assert audit.show([report]) == 1


def test_a_service_that_knows_no_package_at_all_is_one_line(project: Path) -> None:
    """What pip-audit makes of an index that mirrors packages and nothing else; it exits with 0."""
    lost = [{"name": f"p{n}", "skip_reason": f"not found on PyPI: p{n}"} for n in range(60)]
    report, _ = audit.python_packages(project, saying({"dependencies": lost}))
    assert report.not_checked == ["60 of 60 packages, such as not found on PyPI: p0"]
    assert audit.show([report]) == 2


@pytest.mark.parametrize(
    ("answer", "errors", "why"),
    [
        ("", UNREACHABLE, UNREACHABLE),
        ("", "", "it printed nothing that can be read"),
        ("No known vulnerabilities found", "", "it printed nothing that can be read"),
        ({"dependencies": []}, "", "it looked at no package"),
        ({"message": "Not Found"}, "", "Not Found"),
        ({}, "", "no 'dependencies'"),
        ({"dependencies": [{"name": "x", "skip_reason": "not on PyPI"}]}, "", "x: not on PyPI"),
    ],
)
def test_packages_that_could_not_be_looked_up_are_not_clean(
    project: Path, answer: object, errors: str, why: str
) -> None:
    report, _ = audit.python_packages(project, saying(answer, errors))
    assert report.found == []
    assert why in report.not_checked[0]
    assert audit.show([report]) == 2


def test_a_known_fault_of_an_npm_package_is_named() -> None:
    via = [{"title": "Prototype pollution"}, "other"]
    answer = CLEAN_NPM | {"vulnerabilities": {"vite": {"severity": "high", "via": via}}}
    report = audit.npm_packages(saying(answer))
    assert report.found == ["vite (high): Prototype pollution"]
    assert audit.show([audit.npm_packages(saying(CLEAN_NPM))]) == 0


@pytest.mark.parametrize(
    "answer",
    [
        {"error": {"code": "ENOAUDIT", "summary": "Your configured registry does not support it"}},
        {"message": "request failed, reason: connect ECONNREFUSED", "method": "POST"},
        {},
        "",
    ],
)
def test_a_registry_without_an_answer_is_not_clean(answer: object) -> None:
    report = audit.npm_packages(saying(answer, "npm error"))
    assert report.not_checked
    assert audit.show([report]) == 2


def test_what_bandit_finds_needs_an_exception_for_this_test_and_path(tmp_path: Path) -> None:
    allowed = exceptions(tmp_path, ("B404", "runner/sandbox/"), ("B101", "scripts/one.py"))
    fine = bandit(("B404", "runner/sandbox/spawner.py"), ("B101", "scripts/one.py"))
    assert audit.show([audit.code(allowed, fine)]) == 0
    for test, path in (
        ("B404", "runner/sandbox2.py"),
        ("B603", "runner/sandbox/spawner.py"),
        ("B101", "scripts/one.pyx"),
    ):
        tool = bandit(("B404", "runner/sandbox/x.py"), ("B101", "scripts/one.py"), (test, path))
        report = audit.code(allowed, tool)
        assert report.found == [f"{path}:7: {test} Bad."]
        assert audit.show([report]) == 1


def test_an_exception_that_nothing_needs_any_more_is_found(tmp_path: Path) -> None:
    report = audit.code(exceptions(tmp_path, ("B404", "runner/")), saying(CLEAN_BANDIT))
    assert report.found == ["exceptions.toml: B404 in runner/ is not used"]


def test_a_file_that_bandit_cannot_read_is_not_clean(tmp_path: Path) -> None:
    errors = [{"filename": "runner/x.py", "reason": "syntax error while parsing AST from file"}]
    report = audit.code(exceptions(tmp_path), saying(CLEAN_BANDIT | {"errors": errors}))
    assert report.not_checked == ["runner/x.py: syntax error while parsing AST from file"]
    assert audit.show([report]) == 2


def test_what_is_found_counts_more_than_what_is_not_checked() -> None:
    reports = [audit.Report("a", found=["x"]), audit.Report("b", not_checked=["y"])]
    assert audit.show(reports) == 1


def test_a_tool_that_is_not_there_has_not_checked() -> None:
    command: Sequence[str] = ["/nowhere/pip-audit"]
    said, errors = audit.run(command)
    assert (said, "No such file" in errors) == ("", True)


def test_an_image_without_a_digest_is_found(tmp_path: Path) -> None:
    digest = f"sha256:{'a' * 64}"
    (tmp_path / "Dockerfile").write_text(f"FROM python:3.12@{digest} AS base\nFROM base AS web\n")
    assert audit.images(tmp_path).found == []
    (tmp_path / "docker-compose.yml").write_text("services:\n  redis:\n    image: redis:7\n")
    (found,) = audit.images(tmp_path).found
    assert found.startswith("docker-compose.yml: redis:7 has no digest")


def test_every_exception_of_this_project_has_a_reason() -> None:
    text = audit.EXCEPTIONS.read_text()
    for each in tomllib.loads(text)["exception"]:
        assert set(each) == {"test", "path", "reason"}
        assert len(each["reason"]) > 20
        assert (audit.ROOT / each["path"]).exists()
