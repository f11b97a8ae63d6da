"""Packages are installed beside the last installation, by their hashes, and then take its place."""

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from runner.languages import PYTHON, installed_packages, place_of, prepared_folder
from runner.sandbox.interpreter import describe
from runner.sandbox.packages import explanations
from scripts import python_packages
from scripts.python_packages import LOCK, LOCK_OF_PYPY, OWN_LIST, USUAL_OWN_LIST, locks, main


def wheel(folder: Path, name: str, version: str = "1.0", source: str = "") -> str:
    """A line of a lock file for a package that is made in `folder`."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": source,
        f"{name}/tests/test_it.py": "assert False",
        f"{name}/tests_of_mine/kept.py": "",
        f"{name}.pth": "import sys; sys.stderr.write('started')",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{name} = {name}:main\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With a lock file of one package, and nothing installed."""
    for name in ("project", "wheels"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(python_packages, "ROOT", tmp_path / "project")
    monkeypatch.setenv("PYTHON_PACKAGES_FOLDER", str(tmp_path / "installed"))
    monkeypatch.setenv("UV_FIND_LINKS", str(tmp_path / "wheels"))
    monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv(OWN_LIST, raising=False)
    line = wheel(tmp_path / "wheels", "mine", source="x = 1\ndef main(): 1 / 0\n")
    (tmp_path / "project" / LOCK).write_text(line)
    return tmp_path


def install() -> Path:
    assert main(["python"]) == 0
    found = prepared_folder(PYTHON.run[0])
    assert found is not None
    return found


def imported(folder: Path, source: str) -> str:
    """What a Python prints that finds the folder as a sandbox's does, by `site`."""
    program = f"import site; site.addsitedir({str(folder)!r})\n{source}"
    command = [PYTHON.run[0], "-I", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def test_what_the_lock_file_names_is_installed(project: Path) -> None:
    folder = install()
    assert installed_packages(PYTHON).versions == {"mine": "1.0"}
    assert imported(folder, "import mine; print(mine.x)") == "1\n"  # nothing at the start
    assert {path.name for path in folder.iterdir()} == {
        "mine", "mine-1.0.dist-info", "__pycache__", "sitecustomize.py", *explanations(),
    }  # fmt: skip
    assert {path.name for path in (folder / "mine").iterdir()} == {
        "__init__.py", "__pycache__", "tests_of_mine",
    }  # fmt: skip


def test_code_is_compiled_for_where_sandboxes_find_it_and_is_not_held_against_sources(
    project: Path,
) -> None:
    folder = install()
    (compiled,) = (folder / "mine/__pycache__").iterdir()
    assert compiled.read_bytes()[4:8] == (1).to_bytes(4, "little")  # PEP 552: unchecked
    source = "import mine; print(mine.main.__code__.co_name)"
    (folder / "mine/__init__.py").write_text("1 / 0")
    assert imported(folder, source) == "main\n"
    assert b"/usr/local/lib/python3" in compiled.read_bytes()


def test_nothing_is_done_where_all_is_installed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = install()
    before = folder.stat().st_ino
    capsys.readouterr()
    assert install().stat().st_ino == before
    assert "up to date" in capsys.readouterr().out


def test_a_wrong_hash_leaves_the_last_installation(project: Path) -> None:
    folder = install()
    (project / "project" / LOCK).write_text(f"mine==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(SystemExit, match="uv ended with"):
        install()
    assert prepared_folder(PYTHON.run[0]) == folder
    assert [path.name for path in folder.parent.glob("*new*")] == []


def test_a_package_without_a_hash_is_refused(project: Path) -> None:
    (project / "project" / LOCK).write_text("mine==1.0\n")
    with pytest.raises(SystemExit):
        install()
    assert not place_of(PYTHON.run[0]).exists()


def test_the_last_installation_stays_for_sandboxes_that_have_it(project: Path) -> None:
    """… until there is a newer one than that of now."""
    folders = [install()]
    for version in ("1.1", "1.2"):
        line = wheel(project / "wheels", "mine", version)
        (project / "project" / LOCK).write_text(line)
        folders.append(install())
    assert [folder.is_dir() for folder in folders] == [False, True, True]
    assert installed_packages(PYTHON).versions == {"mine": "1.2"}


def test_an_operators_own_list_is_installed_beside_ours(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = project / "own.txt"
    own.write_text(wheel(project / "wheels", "theirs", "2.0"))
    monkeypatch.setenv(OWN_LIST, str(own))
    install()
    assert installed_packages(PYTHON).versions == {"mine": "1.0", "theirs": "2.0"}
    monkeypatch.setenv(OWN_LIST, str(project / "nothing.txt"))
    with pytest.raises(SystemExit, match="names no file"):
        install()


def test_a_list_beside_ours_needs_no_variable(project: Path) -> None:
    """Images are built with it: no variable reaches that build."""
    line = wheel(project / "wheels", "theirs", "2.0")
    (project / "project" / USUAL_OWN_LIST).write_text(line)
    install()
    assert installed_packages(PYTHON).versions == {"mine": "1.0", "theirs": "2.0"}


def test_pypy_has_our_list_alone(project: Path) -> None:
    """Theirs agrees with CPython's versions, which PyPy cannot have."""
    (project / "project" / USUAL_OWN_LIST).write_text("theirs==2.0\n")
    described = describe(PYTHON.run[0])
    names = [path.name for path in locks(described._replace(tag="pypy39"))]
    assert names == [LOCK_OF_PYPY]
    assert [path.name for path in locks(described)] == [LOCK, USUAL_OWN_LIST]


def test_a_python_that_is_not_here_is_named(project: Path) -> None:
    with pytest.raises(SystemExit, match=r"no such Python here: python3\.99"):
        main(["python3.99"])


def test_users_of_sandboxes_can_read_everything(project: Path) -> None:
    folder = install()
    modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*")}
    assert modes <= {0o755, 0o644}
