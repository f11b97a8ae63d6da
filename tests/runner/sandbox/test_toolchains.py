"""Toolchains that are no packages of Debian's."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from coderunner import environment
from runner.languages import PYTHON, missing, on_host
from runner.sandbox import walls
from runner.sandbox.uids import sandbox_uids
from tests.runner.sandbox.inside import printed

LOOKS = """if True:
    import os
    print(open("/opt/coderunner/made/up").read())
    for change in (lambda: open("/opt/coderunner/made/up", "w"),
                   lambda: open("/opt/coderunner/new", "w"),
                   lambda: os.unlink("/opt/coderunner/made/up")):
        try:
            change()
        except OSError as error:
            print(error.errno)
    print(os.path.exists("/opt/coderunner/out"))"""


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """In a folder that sandboxes' users may enter."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        place = Path(name)
        (place / "tools/made").mkdir(parents=True)
        (place / "tools/made/up").write_text("a tool")
        (place / "secret").write_text("secret")
        (place / "tools/out").symlink_to(place / "secret")
        for path in (place, *place.rglob("*")):
            path.chmod(0o755)
        monkeypatch.setenv("TOOLCHAINS_FOLDER", str(place / "tools"))
        walls.look_again()
        yield place


@pytest.fixture(autouse=True)
def _afterwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    walls.look_again()


async def test_programs_read_them_and_nothing_else(folder: Path) -> None:
    assert await printed(LOOKS) == "a tool\n30\n30\n30\nFalse\n"


async def test_what_sandboxes_cannot_enter_is_left_out(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Else no program would start."""
    folder.chmod(0o700)
    assert walls.look_again()
    seen = await printed("import os; print(os.path.exists('/opt/coderunner'))")
    assert seen == f"{not sandbox_uids.separate}\n"
    walls.look_again()  # at the next heartbeat
    assert caplog.text.count("Sandboxes cannot read") == sandbox_uids.separate


async def test_there_is_no_folder_without_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLCHAINS_FOLDER", "/not/there")
    walls.look_again()
    assert await printed("import os; print(os.listdir('/opt'))") == "['commands']\n"


def test_paths_of_commands_are_found_on_this_machine(folder: Path) -> None:
    assert on_host("/opt/coderunner/made/up").read_text() == "a tool"
    assert on_host("/opt/coderunners") == Path("/opt/coderunners")
    assert on_host("/usr/bin/python3") == Path("/usr/bin/python3")
    needs = ("/opt/coderunner/made/up", "/opt/coderunner/made/down", "/usr/bin/python3")
    assert missing(replace(PYTHON, needs=needs)) == ["/opt/coderunner/made/down"]


def test_the_setting_is_an_absolute_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLCHAINS_FOLDER", "tools")
    with pytest.raises(ImproperlyConfigured, match="TOOLCHAINS_FOLDER"):
        environment.folder("TOOLCHAINS_FOLDER", "/opt/coderunner")
