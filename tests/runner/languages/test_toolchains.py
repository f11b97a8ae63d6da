"""Where toolchains are on a machine."""

from pathlib import Path

import pytest

from runner.languages import on_host


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
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: user)
    folder = tmp_path / ".local/share/coderunner"
    if made:
        folder.mkdir(parents=True)
    assert on_host("/opt/coderunner/go") == (folder if own else Path("/opt/coderunner")) / "go"
