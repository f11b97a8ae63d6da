"""What this machine's sandbox can enforce: found out by trying."""

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from runner.languages import LANGUAGES
from runner.limits import Limits
from runner.sandbox import doctor, rungs
from tests.services import ROOT


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A PATH with all that is needed but bubblewrap, for every user of this machine."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        for program in ("setpriv", "true"):
            Path(folder, program).symlink_to(f"/usr/bin/{program}")
        monkeypatch.setenv("PATH", folder)
        yield folder


def doctor_command(*arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": path or os.environ["PATH"], "SECRET_KEY": "x"}
    command = [sys.executable, "manage.py", "doctor", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_here_all_is_well() -> None:
    checks = doctor.examine(Limits())
    assert [check for check in checks if not check.ok] == []
    assert {check.name for check in checks} >= {"bwrap", "unprivileged namespaces", "Python"}
    assert doctor.rung(Limits()) == rungs.chosen().name


@pytest.mark.usefixtures("bare")
def test_without_bubblewrap_nothing_runs_and_one_command_mends_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    failed = [check for check in doctor.examine(Limits()) if not check.ok]
    assert [(check.name, check.fix) for check in failed] == [
        ("bwrap", "apt-get install -y bubblewrap")
    ]
    with caplog.at_level(logging.ERROR):
        assert doctor.rung(Limits()) == ""
    assert "apt-get install -y bubblewrap" in caplog.text


def test_a_bubblewrap_that_may_not_start_containers_is_found_out(bare: str) -> None:
    bwrap = Path(bare, "bwrap")
    bwrap.write_text(
        "#!/bin/sh\necho 'bwrap: No permissions to create a new namespace' >&2\nexit 1"
    )
    bwrap.chmod(0o755)
    failed = [check for check in doctor.examine(Limits()) if not check.ok]
    assert [check.name for check in failed] == ["unprivileged namespaces"]
    assert "No permissions" in failed[0].seen
    assert failed[0].fix


def test_a_language_that_prints_something_else_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = replace(LANGUAGES["python"], self_test=("print(6 * 7)", "43\r\n"))
    monkeypatch.setitem(LANGUAGES, "python", broken)
    (failed,) = [check for check in doctor.examine(Limits()) if not check.ok]
    assert failed.name == "Python"
    assert "42" in failed.seen


def test_the_command_says_what_enforces_limits() -> None:
    done = doctor_command()
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Limits are enforced by: {rungs.chosen().name}." in done.stdout
    assert "missing" not in done.stdout


def test_the_command_fails_when_runs_would_be_refused(bare: str) -> None:
    done = doctor_command(path=bare)
    assert done.returncode == 1
    assert "missing  bwrap" in done.stdout
    assert "apt-get install -y bubblewrap" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_command_speaks_json_to_programs() -> None:
    report = json.loads(doctor_command("--json").stdout)
    assert (report["ok"], report["limits_by"]) == (True, rungs.chosen().name)
    assert {"name", "ok", "seen", "fix"} == set(report["checks"][0])
