"""Programs find installed packages where their Python searches anyway, and nothing else shows."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.languages import PYTHON, place_of, prepared_folder
from runner.sandbox import interpreter
from runner.sandbox.packages import explanations, mounts, site_folder
from tests.installed import small_installation
from tests.runner.sandbox.inside import printed, result

FOLDER = Path(interpreter.describe(PYTHON.run[0]).site)
SHOWN = """if True:
    import os, sys
    print(sys.path, sorted(sys.modules), dict(os.environ), sys.flags)"""


@pytest.fixture
def installed() -> Iterator[Path]:
    with small_installation() as folder:
        yield folder


@pytest.fixture
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_PACKAGES_FOLDER", str(tmp_path / "nowhere"))


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("warm", [True, False])
async def test_a_package_is_found_where_python_searches_anyway(warm: bool) -> None:
    source = "import small; print(small.VALUE, small.__file__)"
    assert await printed(source, warm=warm) == f"42 {FOLDER}/small/__init__.py\n"


@pytest.mark.parametrize("warm", [True, False])
async def test_nothing_shows_that_packages_are_mounted(
    nothing_installed: None, monkeypatch: pytest.MonkeyPatch, warm: bool
) -> None:
    before = await printed(SHOWN, warm=warm)
    with small_installation():
        assert await printed(SHOWN, warm=warm) == before


@pytest.mark.usefixtures("installed")
async def test_a_new_installation_takes_the_place_of_the_last_and_leaves_it_to_who_has_it(
    installed: Path,
) -> None:
    """What runs keeps its own; what starts then gets the new one."""
    link = place_of(PYTHON.run[0])
    new = installed.with_name(f"{link.name}.two")
    shutil.copytree(installed, new)
    (new / "small/__init__.py").write_text("VALUE = 43\n")
    assert await printed("import small; print(small.VALUE)") == "42\n"
    other = link.with_name("other")
    other.symlink_to(new.name)
    other.rename(link)
    assert await printed("import small; print(small.VALUE)") == "43\n"


@pytest.mark.usefixtures("nothing_installed")
async def test_without_packages_the_hosts_own_folder_is_there_with_the_explanations() -> None:
    listed = set((await printed(f"import os; print(*os.listdir({str(FOLDER)!r}))")).split())
    own = {path.name for path in FOLDER.iterdir()}
    assert listed == own | explanations().keys()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", ["tkinter", "turtle"])
async def test_what_opens_windows_still_says_why_not(name: str) -> None:
    output, _ = await result(f"import {name}")
    assert output.splitlines()[-1].endswith("but programs here have only a terminal.")


async def test_a_folder_that_sandboxes_cannot_read_is_not_mounted(installed: Path) -> None:
    """Else nothing would start any more."""
    if os.geteuid() != 0:
        pytest.skip("here sandboxes read what this user reads")
    installed.parent.chmod(0o700)
    assert prepared_folder(PYTHON.run[0]) == installed
    output, _ = await result("import small")
    assert output.endswith("ModuleNotFoundError: No module named 'small'\n")


def test_where_the_host_has_no_such_folder_the_nearest_is_mounted_anew(tmp_path: Path) -> None:
    for name in ("bin", "lib"):
        (tmp_path / name).mkdir()
    folder, prepared = tmp_path / "lib/python3/site", tmp_path / "prepared"
    found = mounts._prepared(folder, prepared, {})
    assert found is not None
    assert found.arguments(9) == [
        "--tmpfs", f"{tmp_path}/lib", "--ro-bind", str(prepared), str(folder),
        "--remount-ro", f"{tmp_path}/lib",
    ]  # fmt: skip


def test_too_many_entries_of_the_host_are_not_hidden(
    tmp_path: Path, nothing_installed: None
) -> None:
    for number in range(mounts.MOST_LOCAL + 1):
        (tmp_path / f"package{number}").mkdir()
    assert mounts._made(PYTHON.run[0], tmp_path, None, True, 0) is None
    (tmp_path / "package0").rmdir()
    found = mounts._made(PYTHON.run[0], tmp_path, None, True, 1)
    assert found is not None
    assert len(found.kept) == mounts.MOST_LOCAL


def test_a_python_without_a_sitecustomize_gets_ours_in_that_folder(tmp_path: Path) -> None:
    """… and one that has its own does not: the other would never be found."""
    (tmp_path / "sitecustomize.py").touch()
    own = {tmp_path / "sitecustomize.py": b"wait"}
    found = mounts._prepared(tmp_path, tmp_path, own)
    assert found is not None
    assert (found.waits, found.files) == (True, own)
    missing = {tmp_path / "nothing.py": b"wait"}
    without = mounts._prepared(tmp_path, tmp_path, missing)
    assert without is not None
    assert (without.waits, without.files) == (False, {})
    assert (site := site_folder()) is not None
    assert not site.waits  # Debian's Python, which has one


async def test_start_files_of_the_hosts_packages_do_nothing_in_programs() -> None:
    """A `.pth` of the host is executed by each start of its Python."""
    others = interpreter.describe(PYTHON.run[0]).others
    files = [path for folder in others for path in Path(folder).glob("*.pth")]
    source = f"print(*(len(open(path).read()) for path in {[str(path) for path in files]}))"
    assert set((await printed(source)).split()) <= {"0"}


def test_the_interpreter_says_where_it_searches() -> None:
    """By the order of its own `sys.path`."""
    command = [PYTHON.run[0], "-I", "-c", "import sys; print(*sys.path)"]
    searched = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    description = interpreter.describe(PYTHON.run[0])
    assert searched.index(description.library) < searched.index(description.site)
