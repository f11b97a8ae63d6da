"""Modules of ours among the packages of programs. They are found where nothing else has their name.

* Some say why they cannot be used here: tkinter and turtle open windows, and programs have only a
  terminal; pip has no package index to install from.
* `coderunner` shows pictures and the like beside the terminal; `coderunner_mpl` lets matplotlib.
"""

from functools import cache
from pathlib import Path

NO_WINDOWS = {
    "tkinter": "tkinter opens windows, but programs here have only a terminal.",
    "turtle": "turtle draws in a window, but programs here have only a terminal.",
}
SOURCE = '"""{message}"""\nraise ModuleNotFoundError(__doc__, name=__name__)\n'
OWN = {
    "pip.py": "pip.py",
    "coderunner.py": "show.py",
    "coderunner_mpl.py": "matplotlib_backend.py",
}
# At the end of matplotlib's own defaults, where packagers choose a backend: no variable is needed.
MATPLOTLIB, BACKEND = "matplotlib/mpl-data/matplotlibrc", b"\n#backend: module://coderunner_mpl\n"


def explaining(message: str) -> bytes:
    """A module that cannot be imported, with the reason."""
    return SOURCE.format(message=message).encode()


@cache
def explanations() -> dict[str, bytes]:
    """Sources by the names of files."""
    modules = {f"{name}.py": explaining(message) for name, message in NO_WINDOWS.items()}
    own = {name: Path(__file__).with_name(source).read_bytes() for name, source in OWN.items()}
    return {**modules, **own}
