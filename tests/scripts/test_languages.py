"""`make languages`: what is meant, what is taken from a package, and when it is taken again."""

import base64
import hashlib
import io
import json
import tarfile
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
    assert languages.wanted([]) == ["python-packages", *LANGUAGES, "windows"]
    assert languages.wanted(["c", "java"]) == ["c", "java"]


def test_windows_need_swing_only_where_there_is_java(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "missing", lambda _: ["/usr/bin/javac"])
    assert languages.packages("windows") == languages.OF_WINDOWS
    monkeypatch.setattr(languages, "missing", lambda _: [])
    assert languages.packages("windows") == (*languages.OF_WINDOWS, *languages.OF_SWING)


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
    for package in LANGUAGES[name].install.npm:
        assert '"integrity": "sha512-' in languages._locked_npm(package.name)


def test_an_archive_that_is_not_the_locked_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one that is, is unpacked without what nobody asked for, or what leaves the folder."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as members:
        for name in ("package/made/bin/tool", "package/made/bin/../../../out", "package/README"):
            member = tarfile.TarInfo(name)
            member.size, member.mode = 4, 0o755
            members.addfile(member, io.BytesIO(b"text"))
        link = tarfile.TarInfo("package/made/bin/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        members.addfile(link)
    data = archive.getvalue()

    def pack(*command: str) -> None:
        place = command[command.index("--pack-destination") + 1]
        Path(place, "made-up-1.0.0.tgz").write_bytes(data)

    monkeypatch.setattr(languages, "_call", pack)
    hash = base64.b64encode(hashlib.sha512(data).digest()).decode()
    locked = {"version": "1.0.0", "integrity": f"sha512-{hash}"}
    languages._fetch_npm(PACKAGE, json.dumps(locked), tmp_path)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["tool"]
    for wrong in (f"sha512-{hash[1:]}", "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=", f"sha256-{hash}"):
        with pytest.raises(SystemExit, match="was expected"):
            languages._fetch_npm(PACKAGE, json.dumps(locked | {"integrity": wrong}), tmp_path)
