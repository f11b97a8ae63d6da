"""The packages that programs may import: those in the folder that sandboxes of their Python get.

`scripts/python_packages.py` fills that folder; nothing else does, so it is read once for each
installation.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from runner.languages.language import Language
from runner.languages.places import packages_folder

MOST_HEADER_LINES = 20  # of METADATA: the name is one of the first three
NOT_MODULES = frozenset({"__pycache__", "bin", "share", "include", "lib"})


@dataclass(frozen=True, slots=True)
class Packages:
    versions: Mapping[str, str] = field(default_factory=dict)  # by the names of the distributions
    # What can be imported, as far as people write it: `matplotlib` and `matplotlib.pyplot`. With
    # the name of the distribution that it is from.
    modules: Mapping[str, str] = field(default_factory=dict)


NONE = Packages()


def place_of(command: str) -> Path:
    """Where the packages for that Python are: a link to the newest installation.

    Named by its version, and by its folder if it is not Debian's: no other Python loads them.
    """
    path = Path(command)
    version = path.resolve().name  # `python3.11`
    own = "" if path.is_relative_to("/usr") else f"-{path.parent.parent.name}"
    return packages_folder() / (version + own)


def prepared_folder(command: str) -> Path | None:
    """What is mounted where that Python searches for packages; None where nothing is installed.

    Each installation has a name of its own, so what was read of one stays true.
    """
    place = place_of(command)
    try:
        found = place.parent / place.readlink()
    except OSError:
        return None
    return found if found.is_dir() else None


def installed_packages(language: Language) -> Packages:
    """None for what is not a Python. Reads an installation once, which takes 20 ms."""
    folder = prepared_folder(language.run[0]) if language.errors == "python" else None
    return NONE if folder is None else read(folder)


def packages_of(languages: Iterable[Language]) -> dict[str, dict[str, str]]:
    """The versions of the packages, by the languages' ids; a console has those of its language."""
    found = {each.id: installed_packages(each) for each in languages if not each.console}
    return {id: dict(packages.versions) for id, packages in found.items() if packages.versions}


@lru_cache(maxsize=8)
def read(folder: Path) -> Packages:
    versions: dict[str, str] = {}
    modules: dict[str, str] = {}
    for info in sorted(folder.glob("*.dist-info")):
        name, version = _header(info / "METADATA")
        if not (name and version):
            continue
        versions[name] = version
        for module in _modules(info / "RECORD"):
            modules.setdefault(module, name)
    ordered = sorted(versions, key=str.lower)
    return Packages({name: versions[name] for name in ordered}, modules)


def _header(path: Path) -> tuple[str, str]:
    found = {"Name": "", "Version": ""}
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            for _, line in zip(range(MOST_HEADER_LINES), lines, strict=False):
                key, _, value = line.partition(": ")
                if key in found and not found[key]:
                    found[key] = value.strip()
    except OSError:
        pass
    return found["Name"], found["Version"]


def _modules(record: Path) -> Iterator[str]:
    try:
        lines = record.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        parts = line.partition(",")[0].split("/")
        if parts[0] not in NOT_MODULES and (name := _dotted(parts)):
            yield name


def _dotted(parts: list[str]) -> str:
    """`a/b/__init__.py` is `a.b`, `a/b.py` too; empty for what is deeper, private or no module."""
    *folders, file = parts
    stem, _, extension = file.partition(".")
    if not (extension == "py" or extension.endswith("so")):
        return ""
    names = folders if stem == "__init__" else [*folders, stem]
    public = all(name.isidentifier() and name[0] != "_" for name in names)
    return ".".join(names) if public and 1 <= len(names) <= 2 else ""
