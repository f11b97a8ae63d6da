"""Modules that say why they cannot be used here. They are found where nothing else has their name.

* tkinter and turtle open windows, and programs have only a terminal.
* pip has no package index to install from.
"""

from functools import cache
from pathlib import Path

NO_WINDOWS = {
    "tkinter": "tkinter opens windows, but programs here have only a terminal.",
    "turtle": "turtle draws in a window, but programs here have only a terminal.",
}
SOURCE = '"""{message}"""\nraise ModuleNotFoundError(__doc__, name=__name__)\n'
PIP = Path(__file__).with_name("pip.py")


def explaining(message: str) -> bytes:
    """A module that cannot be imported, with the reason."""
    return SOURCE.format(message=message).encode()


@cache
def explanations() -> dict[str, bytes]:
    """Sources by the names of files."""
    modules = {f"{name}.py": explaining(message) for name, message in NO_WINDOWS.items()}
    return {**modules, "pip.py": PIP.read_bytes()}
