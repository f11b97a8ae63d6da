"""Modules of Python that programs cannot use here, and packages of which a host has only a part.

The mounts of a sandbox put a file in their place that says why they cannot be imported:

* tkinter and turtle open windows, which a run without a screen does not have. What is installed of
  tkinter makes no difference. (Where it is not installed, `packages/` has the explanation.)
* A folder of the standard library without `__init__.py` is what another Debian package has left of
  one that is not installed. Python would import it as an empty package, and the error would come
  later and be about something else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from runner.languages import PYTHON
from runner.sandbox import interpreter
from runner.sandbox.packages import site_folder
from runner.sandbox.packages.explanations import NO_WINDOWS, explaining
from runner.sandbox.packages.mounts import changed

NOT_PACKAGES = {"__pycache__"}


@dataclass(frozen=True, slots=True)
class Cover:
    """`path` gets the `source` of a module. `folder`: what is mounted for that, if it is no
    file."""

    path: Path
    source: bytes
    folder: Path | None = None

    @property
    def module(self) -> str:
        return self.path.stem if self.folder is None else self.folder.name

    @property
    def sources(self) -> tuple[bytes, ...]:
        return (self.source,)

    def arguments(self, descriptor: int) -> list[str]:
        """Of bubblewrap, which finds the source in that descriptor."""
        if self.folder is None:
            return ["--ro-bind-data", str(descriptor), str(self.path)]
        return [
            "--tmpfs", str(self.folder),
            "--perms", "0444", "--file", str(descriptor), str(self.path),
            "--remount-ro", str(self.folder),
        ]  # fmt: skip


def covers(python: str = "", *, screen: bool = False) -> tuple[Cover, ...]:
    """`python`: see interpreter.py. `screen`: of a GUI run, whose modules may open windows."""
    library = Path(interpreter.describe(python or PYTHON.run[0]).library)
    found = _covers(library, changed(library))
    return tuple(cover for cover in found if cover.module not in NO_WINDOWS or not screen)


def uncovered() -> list[str]:
    """Of the modules that open windows those that fail with Python's own words: they are not
    installed, and nothing can be mounted where Python searches for packages."""
    covered = {name for cover in covers() for name in (cover.path.stem, cover.path.parent.name)}
    return [name for name in NO_WINDOWS if name not in covered and site_folder() is None]


@lru_cache(maxsize=16)
def _covers(library: Path, _changed: int) -> tuple[Cover, ...]:
    return tuple(_found(library))


def forget_host() -> None:
    """See walls.py."""
    _covers.cache_clear()


def _found(library: Path) -> Iterator[Cover]:
    for name in leftovers(library):
        if name not in NO_WINDOWS:
            yield _package(library / name, f"No module named {name!r}")
    for name, message in NO_WINDOWS.items():
        if (module := library / f"{name}.py").is_file():
            yield Cover(module, explaining(message))
        elif (package := library / name).is_dir():
            yield _package(package, message)


def leftovers(library: Path) -> list[str]:
    """Packages without a beginning: the standard library has none that is meant so."""
    if not library.is_dir():
        return []
    folders = (path for path in library.iterdir() if path.is_dir() and path.name.isidentifier())
    parts = (path for path in folders if not any(path.glob("__init__.*")))
    return sorted({path.name for path in parts} - NOT_PACKAGES)


def _package(folder: Path, message: str) -> Cover:
    return Cover(folder / "__init__.py", explaining(message), folder)
