"""What editors learn of a package from its sources, and how it is kept for web servers."""

import ast
import json
from pathlib import Path

import brotli
import pytest

from runner.languages import PYTHON
from scripts import python_packages, python_stubs
from scripts.python_stubs import make, make_if_needed
from scripts.stub_maker import stub_of

SOURCE = '''
"""A package.

With a history."""
from __future__ import annotations
import os
from .shapes import Circle
try:
    import fast as engine
except ImportError:
    engine = None
LIMIT = 3
NAMES = ["a"]
default = Circle()
Alias = dict[str, int]

def draw(shape: Circle, *, size=10, style=dict(a=1), deep=-1) -> str:
    """Draws it.

    At length."""
    return os.path.join(shape, size)

def make(kind):
    def inner():
        return 1
    return Circle(kind)

class Model(Circle):
    """A model."""
    color = "red"
    def __init__(self, width: int, other):
        self.width = width
        self.items = []
        self.other = other
    @property
    def area(self): return self.width ** 2
    @some.decorator(1)
    def fit(self, x):
        if x: return self
        return self
'''
EXPECTED = '''
"""A package."""
import typing
import os
from .shapes import Circle as Circle
import fast as engine
LIMIT: int
NAMES: list
default: Circle
Alias = dict[str, int]

def draw(shape: Circle, *, size=10, style=..., deep=-1) -> str:
    """Draws it."""
    ...

def make(kind) -> Circle:
    ...

class Model(Circle):
    """A model."""
    width: int
    items: list
    color: str

    def __init__(self, width: int, other):
        ...

    @property
    def area(self):
        ...

    def fit(self, x) -> typing.Self:
        ...
'''


def test_signatures_stay_and_code_goes() -> None:
    made = stub_of(SOURCE, exports=True)
    assert made
    assert made.strip() == EXPECTED.strip()
    ast.parse(made)


def test_documentation_can_be_left_out() -> None:
    assert "Draws" not in (stub_of(SOURCE, documentation=False) or "")


@pytest.mark.parametrize("source", ["def f(:", "\0", "print 'old'"])
def test_what_cannot_be_parsed_has_no_stub(source: str) -> None:
    assert stub_of(source) is None


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    folder = tmp_path / "python3.11.abc"
    files = {
        "shapes/__init__.py": "from .round import Circle",
        "shapes/round.py": "class Circle: pass",
        "shapes/round.pyi": "class Circle:\n    radius: float  # its own\n",
        "shapes/tests/test_round.py": "x = 1",
        "shapes/_vendor/other.py": "y = 1",
        "single.py": "def one() -> int: return 1",
        "turtle.py": "raise ImportError('no window')",
        "_private.py": "z = 1",
        "shapes-1.0.dist-info/METADATA": "",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def read(target: Path, name: str) -> dict[str, str]:
    version = json.loads((target / "index.json").read_text())["packages"][name]
    files: dict[str, str] = json.loads(
        brotli.decompress((target / f"{name}.{version}.br").read_bytes())
    )["files"]
    return files


def test_each_package_becomes_a_file(packages: Path, tmp_path: Path) -> None:
    target = tmp_path / "stubs"
    assert set(make(packages, target)) == {"shapes", "single"}
    assert read(target, "shapes") == {
        "shapes/__init__.pyi": "import typing\nfrom .round import Circle as Circle\n",
        "shapes/round.pyi": "class Circle:\n    radius: float  # its own\n",
    }
    assert list(read(target, "single")) == ["single.pyi"]
    assert {path.stat().st_mode & 0o777 for path in target.iterdir()} == {0o644}


def test_they_are_made_once_for_each_installation(
    packages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "stubs"
    make_if_needed(packages, target)
    first = capsys.readouterr().out
    make_if_needed(packages, target)
    assert ("2 packages" in first, capsys.readouterr().out) == (True, "")
    newer = packages.rename(packages.with_name("python3.11.def"))
    (newer / "single.py").unlink()
    make_if_needed(newer, target)
    assert "single" not in json.loads((target / "index.json").read_text())["packages"]
    assert not list(tmp_path.glob("stubs.*"))


def test_they_follow_each_installation(
    packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where packages are up to date, such as those of a version without stubs."""
    target = tmp_path / "stubs"
    monkeypatch.setattr(python_packages, "pythons", lambda _: iter([PYTHON]))
    monkeypatch.setattr(python_packages, "install", lambda _: None)
    monkeypatch.setattr(python_packages, "prepared_folder", lambda _: packages)
    monkeypatch.setattr(python_packages, "stubs_folder", lambda: target)
    assert python_packages.main([]) == 0
    assert json.loads((target / "index.json").read_text())["packages"]


def test_what_is_too_large_is_cut_and_then_left_out(
    packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(python_stubs, "MOST_BYTES", 120)
    (packages / "single.py").write_text('def one() -> int:\n    """' + "x" * 300 + '"""')
    (packages / "shapes/_hidden.py").write_text("def long_name_of_a_function(): pass\n" * 9)
    (packages / "huge.py").write_text("def long_name_of_a_function(): pass\n" * 9)
    target = tmp_path / "stubs"
    assert set(make(packages, target)) == {"shapes", "single"}
    assert "xxx" not in read(target, "single")["single.pyi"]
    assert "shapes/_hidden.pyi" not in read(target, "shapes")
