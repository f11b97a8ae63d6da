"""`make languages`: what is meant, what is taken from a package, and when it is taken again."""

from pathlib import Path

import pytest

from runner.languages import LANGUAGES
from runner.languages.installation import Package
from scripts import languages

PACKAGE = Package("made-up", "made-up", ("made/bin/*", "made/lib/*"), ("*/tests/*",), "made")


def test_an_unknown_name_is_refused_in_one_line() -> None:
    with pytest.raises(SystemExit) as refused:
        languages.wanted(["java", "klingon"])
    assert str(refused.value).startswith("error: no such language: klingon. There are: ")
    assert "\n" not in str(refused.value)


def test_all_are_meant_if_none_is_named() -> None:
    assert languages.wanted([]) == ["python-packages", *LANGUAGES]
    assert languages.wanted(["c", "java"]) == ["c", "java"]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("made/bin/tool", "bin/tool"),
        ("made/lib/deep/down.so", "lib/deep/down.so"),
        ("made/lib/tests/one", ""),
        ("made/share/doc", ""),
        ("made/lib/../../../etc/passwd", ""),
        ("/made/bin/tool", ""),
    ],
)
def test_only_what_is_asked_for_is_taken_and_nothing_leaves_the_folder(
    path: str, place: str
) -> None:
    assert languages.taken(PACKAGE, path) == place


def test_a_package_is_fetched_again_only_when_its_lock_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOOLCHAINS_FOLDER", str(tmp_path))
    fetched: list[str] = []

    def fetch(package: Package, locked: str, folder: Path) -> None:
        fetched.append(locked)
        (folder / "tool").write_text(locked)

    for locked in ("1", "1", "2"):
        languages._replace(PACKAGE, locked, fetch)
        assert (tmp_path / "made-up" / "tool").read_text() == locked
    assert fetched == ["1", "2"]
    assert [path.name for path in tmp_path.iterdir()] == ["made-up"]


def test_a_failed_download_leaves_the_old_toolchain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOOLCHAINS_FOLDER", str(tmp_path))
    languages._replace(PACKAGE, "1", lambda *into: into[2].joinpath("tool").touch())
    with pytest.raises(SystemExit, match="made-up has nothing"):
        languages._replace(PACKAGE, "2", lambda *_: None)
    assert (tmp_path / "made-up" / "tool").exists()


@pytest.mark.parametrize("name", LANGUAGES)
def test_what_a_language_unpacks_is_locked(name: str) -> None:
    for package in LANGUAGES[name].install.wheels:
        assert "--hash=sha256:" in languages._locked_wheel(package.name)
    lock = (languages.NPM / "package-lock.json").read_text()
    for package in LANGUAGES[name].install.npm:
        assert f'"node_modules/{package.name}"' in lock
