"""What programs here cannot import says why, whatever the host has of it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.sandbox import absent_modules, interpreter
from runner.sandbox.absent_modules import leftovers
from runner.sandbox.packages import SiteFolder
from runner.sandbox.packages.explanations import NO_WINDOWS
from runner.sandbox.packages.mounts import changed
from tests.runner.sandbox.inside import printed, result

LIBRARY = Path("/usr/lib", interpreter.version())
NOWHERE = Path("/nowhere")


@pytest.fixture
def _looks_anew() -> Iterator[None]:
    absent_modules._covers.cache_clear()
    yield
    absent_modules._covers.cache_clear()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """As Debian's, of which the test suite has left parts of tkinter and idlelib."""
    for path in (
        "turtle.py", "json/__init__.py", "encodings/__init__.py", "__pycache__/json.pyc",
        "config-3.11-x86_64-linux-gnu/Makefile", "lib-dynload/_tkinter.so",
        "tkinter/test/support.py", "idlelib/idle_test/test_run.py",
        "native/__init__.cpython-311-x86_64-linux-gnu.so",
    ):  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    return tmp_path


def test_a_folder_without_the_beginning_of_a_package_is_a_leftover(library: Path) -> None:
    assert leftovers(library) == ["idlelib", "tkinter"]
    assert leftovers(NOWHERE) == []


def covered(library: Path) -> dict[str, str]:
    found = absent_modules._found(library)
    return {str(cover.path.relative_to(library)): cover.source.decode() for cover in found}


def test_leftovers_are_as_if_they_were_not_there(library: Path) -> None:
    source = covered(library)["idlelib/__init__.py"]
    with pytest.raises(ModuleNotFoundError, match=r"^No module named 'idlelib'$"):
        exec(source, {"__name__": "idlelib"})


def test_a_package_that_is_removed_is_not_covered_any_more(library: Path) -> None:
    """Else no sandbox would start before the executor is started anew."""

    def folders() -> list[Path | None]:
        return [cover.folder for cover in absent_modules._covers(library, changed(library))]

    assert library / "idlelib" in folders()
    shutil.rmtree(library / "idlelib")
    os.utime(library, (1, 1))  # the clock of a file system is slower than a test
    assert library / "idlelib" not in folders()


@pytest.mark.parametrize("complete", [False, True])
def test_tkinter_is_covered_however_much_of_it_there_is(library: Path, complete: bool) -> None:
    if complete:
        (library / "tkinter/__init__.py").touch()
    assert {"tkinter/__init__.py", "turtle.py"} <= set(covered(library))


@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize("name", NO_WINDOWS)
async def test_what_opens_windows_says_in_its_last_line_why_not(name: str, warm: bool) -> None:
    output, status = await result(f"import {name}", warm=warm)
    assert status is not None
    assert status.exit_code == 1
    assert output.splitlines()[-1] == f"ModuleNotFoundError: {NO_WINDOWS[name]}"
    assert output.count("File ") == 2  # the program's line and the file in its place


@pytest.mark.parametrize("line", ["from tkinter import ttk", "import tkinter.messagebox as box"])
async def test_a_part_of_it_says_the_same(line: str) -> None:
    output, _ = await result(line)
    assert output.endswith(f"ModuleNotFoundError: {NO_WINDOWS['tkinter']}\n")


async def test_programs_that_do_without_them_still_do() -> None:
    source = "try:\n    import tkinter\nexcept ImportError as error:\n    print(error.name)"
    assert await printed(source) == "tkinter\n"


@pytest.mark.usefixtures("_looks_anew")
@pytest.mark.parametrize("warm", [True, False])
async def test_a_leftover_of_the_host_is_not_found(
    monkeypatch: pytest.MonkeyPatch, warm: bool
) -> None:
    """In place of one that this machine may lack: a complete package, which is taken for one."""
    monkeypatch.setattr(absent_modules, "leftovers", lambda library: ["curses"])
    output, _ = await result("import curses.textpad", warm=warm)
    assert output.endswith("ModuleNotFoundError: No module named 'curses'\n")
    source = f"import os; print(os.listdir('{LIBRARY}/curses'))"
    assert await printed(source, warm=warm) == "['__init__.py']\n"


async def test_a_program_cannot_change_what_is_in_their_place() -> None:
    source = """if True:
        import importlib.util, os
        for name in ("tkinter", "turtle"):
            path = importlib.util.find_spec(name).origin
            for attempt in (lambda: open(path, "w"), lambda: os.unlink(path),
                            lambda: os.chmod(path, 0o666), lambda: os.mkdir(path + ".d")):
                try:
                    attempt()
                    print("changed", path)
                except OSError:
                    pass
        print("done")"""
    assert await printed(source) == "done\n"


@pytest.mark.parametrize("mounted", [True, False])
def test_what_cannot_be_explained_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounted: bool
) -> None:
    (tmp_path / "turtle.py").touch()
    found = tuple(absent_modules._found(tmp_path))
    site = SiteFolder(tmp_path) if mounted else None
    monkeypatch.setattr(absent_modules, "covers", lambda: found)
    monkeypatch.setattr(absent_modules, "site_folder", lambda: site)
    assert absent_modules.uncovered() == ([] if mounted else ["tkinter"])
