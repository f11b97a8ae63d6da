"""Whether the lock files are up to date. Works offline; `make lock` compiles them."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# `uv pip compile --universal`: without it packages that only other platforms need are missing.
OPTIONS = ("--universal", "--generate-hashes")
PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==([\w.!+]+)(?: ; [^\\]+)?(?: \\)?")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
WANTED_BY = re.compile(r"    #(?: via|  ) -r (\S+)")


def normal(name: str) -> str:
    """As PEP 503 spells it: `PyYAML` and `pyyaml` are one package."""
    return re.sub(r"[-_.]+", "-", name).lower()


def direct(text: str) -> dict[str, str]:
    """Packages and versions of a `.in` file."""
    pins = (PIN.fullmatch(line) for line in text.splitlines())
    return {normal(pin[1]): pin[2] for pin in pins if pin}


class Compiled:
    """A file that `uv pip compile` has written."""

    def __init__(self, path: Path, source: str) -> None:
        self.name = path.name
        self.direct: dict[str, str] = {}  # what the .in file itself asks for
        self.not_understood: list[str] = []
        self._hashes: dict[str, int] = {}
        text = path.read_text()
        self.header = text[: text.find("==")]
        name = version = ""
        for line in text.splitlines():
            if pin := PIN.fullmatch(line):
                name, version = normal(pin[1]), pin[2]
                self._hashes.setdefault(f"{name}=={version}", 0)
            elif HASH.fullmatch(line):
                self._hashes[f"{name}=={version}"] += 1
            elif (reason := WANTED_BY.fullmatch(line)) and reason[1] == source:
                self.direct[name] = version
            elif not line.lstrip().startswith("#"):
                self.not_understood.append(line)

    def without_hash(self) -> list[str]:
        return [pin for pin, hashes in self._hashes.items() if not hashes]


def check_requirements(source: Path) -> Iterator[str]:
    path = source.with_suffix(".txt")
    if not path.exists():
        yield f"{path.name} is missing"
        return
    compiled, wanted = Compiled(path, source.name), direct(source.read_text())
    for option in OPTIONS:
        if option not in compiled.header:
            yield f"{path.name} was compiled without {option}"
    for pin in compiled.without_hash():
        yield f"{path.name}: {pin} has no hash"
    for line in compiled.not_understood:
        yield f"{path.name}: neither a pin nor a hash: {line}"
    for name in sorted(wanted.keys() | compiled.direct.keys()):
        old, new = compiled.direct.get(name), wanted.get(name)
        if old != new:
            yield f"{name} is {new} in {source.name}, {old} in {path.name}"


def check_npm(folder: Path) -> Iterator[str]:
    package = json.loads((folder / "package.json").read_text())
    locked = json.loads((folder / "package-lock.json").read_text())["packages"]
    kinds = ("dependencies", "devDependencies", "engines")
    if any(package.get(kind) != locked[""].get(kind) for kind in kinds):
        yield "package-lock.json was compiled from another package.json"
    for name, entry in locked.items():
        if name and "integrity" not in entry:
            yield f"package-lock.json: {name} has no hash"
        for optional in entry.get("optionalDependencies", {}):
            # Native parts of other platforms: `npm ci` fails there when they are not listed.
            if not any(place.endswith(f"node_modules/{optional}") for place in locked):
                yield f"package-lock.json: {optional}, which {name} may need, is not listed"


def problems(folder: Path) -> Iterator[str]:
    for source in sorted(folder.glob("requirements*.in")):
        yield from check_requirements(source)
    for package in (folder / "package.json", folder / "toolchains" / "package.json"):
        if package.exists():
            yield from check_npm(package.parent)


def main() -> int:
    found = list(problems(ROOT))
    print("\n".join([*found, "Run `make lock`."] if found else ["every lock file is up to date"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
