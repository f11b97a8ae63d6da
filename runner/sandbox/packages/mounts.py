"""The folder where a Python searches for packages, as programs find it.

* Where packages are installed (`runner/languages/packages.py`), that installation is mounted there.
  It holds the explanations, too, so that it costs one mount.
* Elsewhere a folder with what the host itself has there, and the explanations.

It is one that this Python searches anyway, so nothing of it shows in `sys.path` or the environment.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from runner.languages import PYTHON, prepared_folder
from runner.sandbox import interpreter
from runner.sandbox.packages.explanations import explanations
from runner.sandbox.uids import sandbox_uids

EMPTY = "/tmp/empty"  # a file that `outside.py` has made
# At the end of it, for `site`: then it is not there, as for who has started that Python elsewhere.
NOT_THERE = b"""raise ModuleNotFoundError(f"No module named {__name__!r}", name=__name__)\n"""
MOST_LOCAL = 16  # entries of the host's own folder: each costs a mount


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """`folder` of a sandbox is `source` of the host, or else has `kept` of the host's own there.
    `files` are beside these. `anew`: the folder that is mounted anew for that, if there is one."""

    folder: Path
    source: Path | None = None
    anew: Path | None = None
    kept: tuple[Path, ...] = ()
    files: Mapping[Path, bytes] = field(default_factory=dict)
    waits: bool = False  # its interpreter, for a program

    @property
    def sources(self) -> tuple[bytes, ...]:
        return tuple(self.files.values())

    def arguments(self, descriptor: int) -> list[str]:
        """Of bubblewrap, which finds the files in descriptors from that one on."""
        keep = [part for path in self.kept for part in ("--ro-bind", str(path), str(path))]
        mount = ["--ro-bind", str(self.source), str(self.folder)] if self.source else []
        put = ["--ro-bind-data"] if self.source else ["--perms", "0444", "--file"]
        numbered = enumerate(self.files, descriptor)
        files = [part for number, path in numbered for part in (*put, str(number), str(path))]
        if self.anew is None:
            return [*mount, *files]
        anew = str(self.anew)
        return ["--tmpfs", anew, *keep, *mount, *files, "--remount-ro", anew]


def site_folder(python: str = "", *, waits: bool = True) -> SiteFolder | None:
    """None if nothing can be mounted there. Raises SandboxFailed.

    `waits`: with what lets an interpreter wait for its program."""
    command = python or PYTHON.run[0]
    folder = Path(interpreter.describe(command).site)
    return _made(command, folder, prepared_folder(command), waits, changed(folder))


def without_start_files(python: str = "") -> list[str]:
    """Arguments of bubblewrap. What the host's packages let every start of an interpreter do, by
    their `.pth` files, is the host's business: programs start as on a machine without them."""
    others = [Path(folder) for folder in interpreter.describe(python or PYTHON.run[0]).others]
    return [part for folder in others for part in _emptied(folder, changed(folder))]


@lru_cache(maxsize=32)
def _emptied(folder: Path, _changed: int) -> list[str]:
    found = sorted(folder.glob("*.pth"))[:MOST_LOCAL]
    return [part for path in found for part in ("--ro-bind", EMPTY, str(path))]


def forget_mounts() -> None:
    """See walls.py."""
    _emptied.cache_clear()
    _made.cache_clear()


def changed(folder: Path) -> int:
    """When something was added or removed: nothing can be mounted where a folder was."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=32)
def _made(
    command: str, folder: Path, prepared: Path | None, waits: bool, _changed: int
) -> SiteFolder | None:
    own = _customized(command, folder) if waits else {}
    if prepared is not None and readable(prepared):
        return _prepared(folder, prepared, own)
    if not folder.is_dir() or len(there := sorted(folder.iterdir())) > MOST_LOCAL:
        return None
    files = {**{folder / name: source for name, source in explanations().items()}, **own}
    named = {path.relative_to(folder).parts[0].partition(".")[0] for path in files}
    kept = tuple(path for path in there if path.name.partition(".")[0] not in named)
    return SiteFolder(folder, anew=folder, kept=kept, files=files, waits=bool(own))


def _prepared(folder: Path, prepared: Path, own: dict[Path, bytes]) -> SiteFolder | None:
    """`prepared` has a file for each that is mounted in it."""
    if not all((prepared / path.relative_to(folder)).is_file() for path in own):
        own = {}
    there = folder
    while not there.is_dir():
        there = there.parent
    if there == folder:
        return SiteFolder(folder, source=prepared, files=own, waits=bool(own))
    kept = tuple(sorted(there.iterdir()))  # the host has no such folder to be mounted on
    if len(kept) > MOST_LOCAL or there.parent == there:
        return None
    return SiteFolder(folder, prepared, there, kept, own, waits=bool(own))


def _customized(command: str, folder: Path) -> dict[Path, bytes]:
    """Our `sitecustomize`, for a Python without one: what its library has comes first."""
    if any(Path(interpreter.describe(command).library).glob("sitecustomize.*")):
        return {}
    path = folder / "sitecustomize.py"
    files = interpreter.customized(command, path, path, after=NOT_THERE)
    return {Path(name): data for name, data in files.items()}


def readable(folder: Path) -> bool:
    """For the users of sandboxes, who may go only where everybody may. Below /tmp is what
    `outside.py` mounts for each."""
    if not os.access(folder, os.R_OK | os.X_OK) or folder.is_relative_to("/tmp"):
        return False
    return not sandbox_uids.separate or all(
        path.stat().st_mode & 0o001 for path in (folder, *folder.parents)
    )
