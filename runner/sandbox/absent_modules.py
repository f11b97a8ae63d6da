"""Modules of Python that programs cannot use here, and packages of which a host has only a part.

The mounts of a sandbox put a file in their place that says why they cannot be imported:

* tkinter and turtle open windows, and programs have only a terminal. What is installed of tkinter
  makes no difference.
* A folder of the standard library without `__init__.py` is what another Debian package has left of
  one that is not installed. Python would import it as an empty package, and the error would come
  later and be about something else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from runner.sandbox import interpreter

NO_WINDOWS = {
    "tkinter": "tkinter opens windows, but programs here have only a terminal.",
    "turtle": "turtle draws in a window, but programs here have only a terminal.",
}
SOURCE = '"""{message}"""\nraise ModuleNotFoundError(__doc__, name=__name__)\n'
NOT_PACKAGES = {"__pycache__"}
MOST_LOCAL = 16  # entries of the folder for a site's own packages: each costs a mount


@dataclass(frozen=True, slots=True)
class Cover:
    """`path` gets the `source` of a module. `folder`: what is mounted for that, if it is no file;
    in it, `kept` stay as they are."""

    path: Path
    source: bytes
    folder: Path | None = None
    kept: tuple[Path, ...] = ()

    def arguments(self, descriptor: int) -> list[str]:
        """Of bubblewrap, which finds the source in that descriptor."""
        if self.folder is None:
            return ["--ro-bind-data", str(descriptor), str(self.path)]
        keeping = (part for path in self.kept for part in ("--ro-bind", str(path), str(path)))
        return [
            "--tmpfs", str(self.folder), *keeping,
            "--perms", "0444", "--file", str(descriptor), str(self.path),
            "--remount-ro", str(self.folder),
        ]  # fmt: skip


def covers() -> tuple[Cover, ...]:
    version = interpreter.version()
    library, local = Path("/usr/lib", version), Path("/usr/local/lib", version, "dist-packages")
    return _covers(library, local, _changed(library), _changed(local))


def uncovered() -> list[str]:
    """Of the modules that open windows those that fail with Python's own words: they are not
    installed, and the folder for a site's own packages is missing or has too many entries."""
    covered = {name for cover in covers() for name in (cover.path.stem, cover.path.parent.name)}
    return [name for name in NO_WINDOWS if name not in covered]


def _changed(folder: Path) -> int:
    """When something was added or removed: nothing can be mounted where a folder was."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=1)
def _covers(library: Path, local: Path, *_changed: int) -> tuple[Cover, ...]:
    return tuple(_found(library, local))


def _found(library: Path, local: Path) -> Iterator[Cover]:
    for name in leftovers(library):
        if name not in NO_WINDOWS:
            yield _package(library / name, f"No module named {name!r}")
    for name, message in NO_WINDOWS.items():
        if (module := library / f"{name}.py").is_file():
            yield Cover(module, _source(message))
        elif (package := library / name).is_dir():
            yield _package(package, message)
        elif local.is_dir() and len(kept := tuple(sorted(local.iterdir()))) <= MOST_LOCAL:
            yield Cover(local / name / "__init__.py", _source(message), local, kept)


def leftovers(library: Path) -> list[str]:
    """Packages without a beginning: the standard library has none that is meant so."""
    if not library.is_dir():
        return []
    folders = (path for path in library.iterdir() if path.is_dir() and path.name.isidentifier())
    parts = (path for path in folders if not any(path.glob("__init__.*")))
    return sorted({path.name for path in parts} - NOT_PACKAGES)


def _package(folder: Path, message: str) -> Cover:
    return Cover(folder / "__init__.py", _source(message), folder)


def _source(message: str) -> bytes:
    return SOURCE.format(message=message).encode()
