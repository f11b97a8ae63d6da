"""`make release`, in a repository with this project's own files."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.release import NAMED, current_version
from tests.services import ROOT

CHANGES = """\
# Changelog

## Unreleased

### Added
- Programs may draw.

## 0.0.1 - 2020-01-01
- The first one.
"""
SCRIPT = ROOT / "scripts" / "release.py"


def git(repository: Path, *arguments: str) -> str:
    command = ["git", "-C", str(repository), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in NAMED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "CHANGELOG.md").write_text(CHANGES)
    for variable in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{variable}_NAME", "A maintainer")
        monkeypatch.setenv(f"{variable}_EMAIL", "maintainer@example.org")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "all")
    return tmp_path


def release(repository: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, SCRIPT, *arguments],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def assert_nothing_changed(repository: Path) -> None:
    assert git(repository, "log", "--format=%s") == "all"
    assert git(repository, "tag") == ""


def test_every_place_names_the_version_of_the_project() -> None:
    for name, patterns in NAMED.items():
        for pattern in patterns:
            assert pattern.format(current_version(ROOT)) in (ROOT / name).read_text(), name


def test_a_release_is_a_commit_and_a_tag(repository: Path) -> None:
    code, output = release(repository, "97.0.1")
    assert code == 0, output
    assert git(repository, "log", "--format=%s").splitlines()[0] == "release: Version 97.0.1."
    assert git(repository, "cat-file", "-t", "v97.0.1") == "tag"
    assert git(repository, "rev-parse", "v97.0.1^{commit}") == git(repository, "rev-parse", "HEAD")
    assert git(repository, "status", "--porcelain") == ""


def test_a_release_names_its_version_everywhere(repository: Path) -> None:
    old = current_version(ROOT)
    release(repository, "97.0.1")
    assert current_version(repository) == "97.0.1"
    for name, patterns in NAMED.items():
        text = (repository / name).read_text()
        assert all(pattern.format("97.0.1") in text for pattern in patterns), name
        assert not any(pattern.format(old) in text for pattern in patterns), name


def test_a_release_dates_what_was_unreleased(repository: Path) -> None:
    release(repository, "97.0.1")
    lines = (repository / "CHANGELOG.md").read_text().splitlines()
    assert lines[:4] == ["# Changelog", "", "## Unreleased", ""]
    heading, day = lines[4].split(" - ")
    assert heading == "## 97.0.1"
    assert day.count("-") == 2
    assert lines[5:] == CHANGES.splitlines()[3:]


def test_a_changed_file_stops_a_release(repository: Path) -> None:
    (repository / "render.yaml").write_text("")
    assert release(repository, "97.0.1") == (
        1,
        "No release: There are changes that are not committed.\n",
    )
    assert_nothing_changed(repository)


def test_nothing_unreleased_stops_a_release(repository: Path) -> None:
    release(repository, "97.0.1")
    code, output = release(repository, "97.0.2")
    assert (code, output) == (
        1,
        "No release: CHANGELOG.md lists nothing under `## Unreleased`.\n",
    )
    assert current_version(repository) == "97.0.1"


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        ("1.0", "A version is three numbers such as 1.2.3, not '1.0'."),
        ("v1.0.0", "A version is three numbers such as 1.2.3, not 'v1.0.0'."),
        ("0.0.1", "0.0.1 is older than"),
    ],
)
def test_a_wrong_version_stops_a_release(repository: Path, version: str, reason: str) -> None:
    code, output = release(repository, version)
    assert code == 1
    assert output.startswith(f"No release: {reason}")
    assert_nothing_changed(repository)


def test_a_version_is_released_once(repository: Path) -> None:
    git(repository, "tag", "v97.0.1")
    assert release(repository, "97.0.1") == (1, "No release: The tag v97.0.1 exists already.\n")


def test_a_release_needs_a_version(repository: Path) -> None:
    assert release(repository)[0] == 2
    assert_nothing_changed(repository)
