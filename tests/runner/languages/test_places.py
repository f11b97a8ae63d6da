"""Where toolchains and packages are on a machine."""

import os
import subprocess
from pathlib import Path

import pytest

from runner.languages import on_host, place_of, stubs_folder
from runner.languages.places import OF_USER


def test_they_are_where_the_setting_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLCHAINS_FOLDER", "/srv/toolchains")
    assert on_host("/opt/coderunner/node/bin/node") == Path("/srv/toolchains/node/bin/node")
    assert on_host("/opt/coderunners") == Path("/opt/coderunners")
    assert on_host("/usr/bin/gcc") == Path("/usr/bin/gcc")


@pytest.mark.parametrize(
    ("user", "made", "own"), [(1000, True, True), (1000, False, False), (0, True, False)]
)
def test_without_it_those_of_a_user_come_first(
    user: int, made: bool, own: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOOLCHAINS_FOLDER", raising=False)
    monkeypatch.delenv("PYTHON_PACKAGES_FOLDER", raising=False)
    monkeypatch.delenv("PYTHON_STUBS_FOLDER", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: user)
    folder = tmp_path / ".local/share/coderunner"
    if made:
        folder.mkdir(parents=True)
    expected = folder if own else Path("/opt/coderunner")
    assert on_host("/opt/coderunner/go") == expected / "go"
    # Whoever installs packages by the same scripts puts them there, too.
    assert place_of("/usr/bin/python3").parent == expected
    assert stubs_folder() == expected / "stubs"


@pytest.mark.parametrize(("root", "chosen"), [(True, ""), (False, ""), (False, "/srv/tools")])
def test_scripts_put_them_where_executors_look(root: bool, chosen: str, tmp_path: Path) -> None:
    """`id` is asked by the script, so another one says who calls it."""
    (tmp_path / "id").write_text(f"#!/bin/sh\necho {0 if root else 1000}\n")
    (tmp_path / "id").chmod(0o755)
    home = tmp_path / "home"
    home.mkdir()
    script = (
        '. scripts/lib.sh; PATH="$1:$PATH"; choose_toolchains_folder; echo "${TOOLCHAINS_FOLDER:-}"'
    )
    done = subprocess.run(
        ["bash", "-c", script, "bash", str(tmp_path)],
        env={"HOME": str(home), "PATH": os.environ["PATH"], "TOOLCHAINS_FOLDER": chosen},
        capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    of_user = home / OF_USER
    assert done.stdout.strip() == (chosen or ("" if root else str(of_user)))
    assert of_user.is_dir() is (not root and not chosen)
