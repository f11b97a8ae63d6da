"""The likely cause of an error, from what real programs print, and from hostile output."""

import random
import time
from pathlib import Path

import pytest

from runner.languages import PYTHON, Packages, errors, find_cause
from runner.limits import Limits
from runner.protocol.reasons import FIGURES, ReasonCode
from runner.run_state import Outcome, explain
from tests.runner.languages.test_python_errors import HEADER, OWN, printed

FILES = {"main.py", "helper.py", "package/part.py"}
PROGRAMS: dict[str, tuple[str, tuple[str, dict[str, str]] | None]] = {
    "a package": ("import pygame_zero", ("module_missing", {"module": "pygame_zero"})),
    "a part of a package": (
        "from sklearn_extra.cluster import KMedoids",
        ("module_missing", {"module": "sklearn_extra"})),
    "in a function": (
        "def f():\n    import nonsense\nf()", ("module_missing", {"module": "nonsense"})),
    "a package like a module": ("import jsons", ("module_missing", {"module": "jsons"})),
    "a slip": (
        "import maht", ("module_misspelt", {"module": "maht", "suggestion": "math"})),
    "two letters swapped": (
        "import rnadom", ("module_misspelt", {"module": "rnadom", "suggestion": "random"})),
    "a capital": (
        "import Random", ("module_misspelt", {"module": "Random", "suggestion": "random"})),
    "the singular": (
        "from statistic import mean",
        ("module_misspelt", {"module": "statistic", "suggestion": "statistics"})),
    "an own file misspelt": (
        "import helpr", ("module_misspelt", {"module": "helpr", "suggestion": "helper"})),
    "an own folder misspelt": (
        "import pakcage", ("module_misspelt", {"module": "pakcage", "suggestion": "package"})),
    "a module is no package": ("import os.nothing", None),
    "an own file is no package": ("import helper.nothing", None),
    "keys of Windows": ("import msvcrt\nmsvcrt.getch()", ("windows_only", {"name": "msvcrt"})),
    "sounds of Windows": ("import winsound", ("windows_only", {"name": "winsound"})),
    "the registry": ("import winreg", ("windows_only", {"name": "winreg"})),
    "a package of Windows": ("import win32com.client", ("windows_only", {"name": "win32com"})),
    "keys of all windows": ("import keyboard", ("windows_only", {"name": "keyboard"})),
    "os.startfile": (
        "import os\nos.startfile('x')", ("windows_only", {"name": "os.startfile"})),
    "libraries of Windows": (
        "import ctypes\nctypes.windll.user32", ("windows_only", {"name": "ctypes.windll"})),
    "imported from ctypes": (
        "from ctypes import windll", ("windows_only", {"name": "ctypes.windll"})),
    "an event loop of Windows": (
        "import asyncio\nasyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())",
        ("windows_only", {"name": "asyncio.WindowsSelectorEventLoopPolicy"})),
    "a window of a process": (
        "import subprocess\nsubprocess.STARTUPINFO()",
        ("windows_only", {"name": "subprocess.STARTUPINFO"})),
    "the version of Windows": (
        "import sys\nsys.getwindowsversion()", ("windows_only", {"name": "sys.getwindowsversion"})),
    "an error of Windows": (
        "try:\n    1 / 0\nexcept WindowsError:\n    pass",
        ("windows_only", {"name": "WindowsError"})),
    "a drive": (
        "open('C:\\\\Users\\\\ada\\\\x.txt')", ("windows_only", {"name": "C:\\Users\\ada\\x.txt"})),
    "a drive with slashes": (
        "open('D:/notes.txt')", ("windows_only", {"name": "D:/notes.txt"})),
    "a long path": (
        f"open('C:/{'x' * 100}')", ("windows_only", {"name": f"C:/{'x' * 57}"})),
    "a command of Windows": (
        "import subprocess\nsubprocess.run(['cmd', '/c', 'dir'])",
        ("windows_only", {"name": "cmd"})),
    "a program of Windows": (
        "import subprocess\nsubprocess.Popen('notepad.exe')",
        ("windows_only", {"name": "notepad.exe"})),
    "an ordinary file": ("open('notes.txt')", None),
    "an ordinary attribute": ("import os\nos.startfiles", None),
    "a recursion": ("def f(): f()\nf()", ("endless_recursion", {})),
    "a recursion of two": ("def f(): g()\ndef g(): f()\nf()", ("endless_recursion", {})),
    "a recursion in a method": (
        "class A:\n    def __getattr__(self, n): return getattr(self, n + 'x')\nA().a",
        ("endless_recursion", {})),
    "a recursion in repr": (
        "class A:\n    def __repr__(self): return f'{self}'\nprint(A())",
        ("endless_recursion", {})),
    "too much memory": ("[0] * (1 << 60)", ("out_of_memory", {})),
    "no name": (
        "import urllib.request as r\nr.urlopen('http://name.invalid')", ("no_internet", {})),
    "no network": (
        "raise OSError(101, 'Network is unreachable')", ("no_internet", {})),
    "threads": (
        "raise RuntimeError(\"can't start new thread\")", ("too_many_processes", {})),
    "open files": (
        "raise OSError(24, 'Too many open files')", ("too_many_open_files", {})),
    "a window": (
        "raise ModuleNotFoundError("
        "'tkinter opens windows, but programs here have only a terminal.')",
        ("needs_window", {"module": "tkinter"})),
    "a screen": (
        "class error(Exception): pass\nerror.__module__ = 'pygame'\n"
        "raise error('No available video device')", ("needs_window", {"module": "pygame"})),
    "any other error": ("{}['a']", None),
    "a division": ("1 / 0", None),
    "an error that speaks of a module": ("raise ValueError(\"No module named 'x'\")", None),
    "the first of two": (
        "try:\n    import nonsense\nexcept ImportError as e:\n    raise ValueError('v') from e",
        None),
}  # fmt: skip


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_cause_of_an_error(name: str, tmp_path: Path) -> None:
    source, expected = PROGRAMS[name]
    found = find_cause(PYTHON, printed(tmp_path, source)[-32 * 1024 :], FILES)
    assert found == expected


INSTALLED = Packages(
    {"numpy": "2.4.6", "pillow": "13.0.0", "scikit-learn": "1.9.1", "matplotlib": "3.11.2"},
    {"numpy": "numpy", "PIL": "pillow", "PIL.Image": "pillow", "sklearn": "scikit-learn",
     "sklearn.linear_model": "scikit-learn", "matplotlib": "matplotlib",
     "matplotlib.pyplot": "matplotlib"},
)  # fmt: skip
MISSPELT, MISSING, PACKAGE = "module_misspelt", "module_missing", "package_missing"
NOT_INSTALLABLE: tuple[str, dict[str, str]] = ("not_installable", {})
ALREADY = "installed_already"
OF_PACKAGES: dict[str, tuple[str, tuple[str, dict[str, str]] | None]] = {
    "a package of another name": (
        "import cv2", (PACKAGE, {"module": "cv2", "package": "opencv-python"})),
    "a part of one": (
        "from skimage.io import x", (PACKAGE, {"module": "skimage", "package": "scikit-image"})),
    "an installed package misspelt": (
        "import numpi", (MISSPELT, {"module": "numpi", "suggestion": "numpy"})),
    "with a capital": ("import Numpy", (MISSPELT, {"module": "Numpy", "suggestion": "numpy"})),
    "its part misspelt": (
        "raise ModuleNotFoundError(\"No module named 'matplotlib.pylot'\")",
        (MISSPELT, {"module": "matplotlib.pylot", "suggestion": "matplotlib.pyplot"})),
    "its part misspelt, after from": (
        "raise ImportError(\"cannot import name 'linear_modle' from 'sklearn' (/usr/x.py)\")",
        (MISSPELT, {"module": "sklearn.linear_modle", "suggestion": "sklearn.linear_model"})),
    "a part that is not there": (
        "raise ModuleNotFoundError(\"No module named 'matplotlib.nonsense'\")", None),
    "the package in place of its module": (
        "import pillow", (MISSPELT, {"module": "pillow", "suggestion": "PIL"})),
    "the same with a line": (
        "import scikit_learn", (MISSPELT, {"module": "scikit_learn", "suggestion": "sklearn"})),
    "another package": ("import torch", (MISSING, {"module": "torch"})),
    "an installation": ("!pip install torch", NOT_INSTALLABLE),
    "without a sign": ("x = 1\npip install torch==2.1", NOT_INSTALLABLE),
    "with Python": ("python3 -m pip install --user torch", NOT_INSTALLABLE),
    "of a notebook": ("%pip install -U numpy", (ALREADY, {"package": "numpy"})),
    "what is there": ("!pip3 install scikit_learn>=1", (ALREADY, {"package": "scikit-learn"})),
    "an installation of nothing": ("pip install", NOT_INSTALLABLE),
    "by a command": (
        "import subprocess, sys\n"
        "raise subprocess.CalledProcessError(1, [sys.executable, '-m', 'pip', 'install', 'x'])",
        NOT_INSTALLABLE),
    "another command": (
        "import subprocess\nraise subprocess.CalledProcessError(1, ['pip-tool', 'list'])", None),
    "the module pip": (
        "raise ModuleNotFoundError(\"No module named 'pip'\")", NOT_INSTALLABLE),
    "another syntax error": ("print(1", None),
    "a line that only speaks of it": ("say pip install", None),
}  # fmt: skip


@pytest.mark.parametrize("name", OF_PACKAGES)
def test_the_cause_is_told_by_what_is_installed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "installed_packages", lambda _: INSTALLED)
    source, expected = OF_PACKAGES[name]
    cause = find_cause(PYTHON, printed(tmp_path, source)[-32 * 1024 :], FILES)
    assert cause == expected
    if cause:
        assert set(cause[1]) == set(FIGURES.get(cause[0], ()))


@pytest.mark.parametrize("name", [name for name, (_, cause) in PROGRAMS.items() if cause])
def test_a_cause_becomes_a_reason_with_all_its_figures(name: str, tmp_path: Path) -> None:
    cause = find_cause(PYTHON, printed(tmp_path, PROGRAMS[name][0])[-32 * 1024 :], FILES)
    code, figures = explain(Outcome.FAILED, Limits(), 1, cause=cause)
    assert code != ReasonCode.EXIT_CODE
    assert set(figures) == set(FIGURES.get(code, ()))


def test_what_is_known_to_be_full_comes_first() -> None:
    cause = (ReasonCode.MODULE_MISSING, {"module": "x"})
    assert (
        explain(Outcome.FAILED, Limits(), 1, short_of="disk_bytes", cause=cause)[0] == "disk_full"
    )


def test_an_interpreter_that_gave_up_on_its_stack_was_in_a_recursion() -> None:
    output = (
        b"Fatal Python error: _Py_CheckRecursiveCall: Cannot recover from stack overflow.\r\n"
        b"Python runtime state: initialized\r\n\r\nCurrent thread 0x1 (most recent call first):\r\n"
    )
    assert find_cause(PYTHON, output, FILES) == ("endless_recursion", {})


NO_MODULE = b"ModuleNotFoundError: No module named "


@pytest.mark.parametrize(
    "line",
    [
        NO_MODULE + b"'<script>alert(1)</script>'",
        NO_MODULE + b"'" + b"a" * 20_000 + b"'",
        NO_MODULE + b"'\x1b]0;title\x07'",
        NO_MODULE + "'\u202emoc'".encode(),
        NO_MODULE + b"''",
        NO_MODULE + b"'.....'",
        b"FileNotFoundError: [Errno 2] No such file or directory: '" + b"C:\\" * 9000 + b"'",
        b"AttributeError: module 'os' has no attribute '" + b"x" * 9000,
        NO_MODULE + b"'" + b"ab" * 15_000 + b"'",
        b"subprocess.CalledProcessError: Command '" + b"pip " * 8000,
        b"SyntaxError: " + b"pip install " * 2500,
    ],
)
def test_hostile_output_gives_short_figures_at_once(line: bytes) -> None:
    began = time.monotonic()
    cause = find_cause(PYTHON, HEADER + OWN + line + b"\r\n", FILES)
    assert time.monotonic() - began < 1
    for figure in cause[1].values() if cause else ():
        assert len(str(figure)) <= 60
        assert not set(str(figure)) & set("<>\x1b\x07\u202e")


def test_any_bytes_are_read() -> None:
    chance = random.Random(7)
    for _ in range(300):
        find_cause(PYTHON, chance.randbytes(chance.randrange(2000)), FILES)
