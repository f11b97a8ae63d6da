"""Further versions of Python, each a language of its own: `python3.14`.

They are made from the definition of Python, so there is no file for each. Web workers know them by
their ids, as those of another machine's executor.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from runner.languages.installation import Install
from runner.languages.language import Language, Windows
from runner.languages.places import pythons_folder

VERSION = re.compile(r"3\.(\d{1,2})([a-z0-9.-]{0,16})")
DEBIANS = "/usr/bin/python3"
ID = re.compile(f"python({VERSION.pattern})")


def is_version(id: str) -> bool:
    return ID.fullmatch(id) is not None


def is_stable(id: str) -> bool:
    """Of CPython: Debian's, or another that is no preview and no build of its own kind."""
    named = ID.fullmatch(id)
    return id == "python" or (named is not None and not named[3])


def version_of_python(python: Language, id: str) -> Language | None:
    """None for an id of another form."""
    if not (named := ID.fullmatch(id)):
        return None
    command = f"{pythons_folder()}/{named[1]}/bin/python3"
    return replace(
        python,
        id=id,
        name=f"{python.name} {named[1]}",
        order=python.order + 1,
        needs=(command,),
        version=(command, "--version"),
        run=(command, *python.run[1:]),
        install=Install(),  # with the machine, not by `make languages`
        windows=Windows(python.windows.imports, (_tkinter(command),)),
    )


def _tkinter(command: str) -> str:
    return f"{Path(command).parent.parent}/lib/python3*/lib-dynload/_tkinter*.so"


def other_python(language: Language) -> str:
    """The command of its interpreter, if it is a Python and not Debian's: sandboxes are then made
    for that. Else empty."""
    command = language.run[0]
    is_python = language.errors == "python" and Path(command).name in ("python3", "pypy3")
    return command if is_python and command != DEBIANS else ""


def found_versions(python: Language) -> Iterator[Language]:
    """Those of this machine, the newest first."""
    folder: Path = pythons_folder()
    names = (path.name for path in folder.glob("*") if (path / "bin/python3").exists())
    matches = (match for name in names if (match := VERSION.fullmatch(name)))
    for match in sorted(matches, key=lambda match: (int(match[1]), match[2]), reverse=True):
        if language := version_of_python(python, f"python{match[0]}"):
            yield language
