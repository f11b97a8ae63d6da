"""What `scripts/languages.sh` asks about the definitions, and the unpacking of toolchains.

python -m scripts.languages names java c     the languages that are meant; fails for others
python -m scripts.languages packages java    Debian's packages of one that are not installed; of
                                             `windows`: what shows windows of programs
python -m scripts.languages unpack kotlin    its wheels, npm packages and files, if they changed
python -m scripts.languages prepare java c   as `manage.py doctor --prepare`, without Django
"""

import base64
import fnmatch
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from runner.languages import LANGUAGES, PACKAGES, TOOLCHAINS, WINDOWS, missing, on_host
from runner.languages.installation import Package
from runner.management.preparation import report

ROOT = Path(__file__).resolve().parents[1]
# The X server of GUI runs with its keyboard, tkinter, and Swing where there is Java.
OF_WINDOWS = ("tigervnc-standalone-server", "x11-xkb-utils", "xkb-data", "python3-tk")
OF_SWING = ("openjdk-17-jre",)
WHEELS = ROOT / "requirements-toolchains.txt"
NPM = ROOT / "toolchains"
STAMP = ".made-of"
INSTALLED = "install ok installed"
# A package, its lines of the lock file, and the folder to be filled.
Fetch = Callable[[Package, str, Path], None]


def main(command: str, names: list[str]) -> None:
    match command:
        case "names":
            print("\n".join(wanted(names)))
        case "packages":
            print("\n".join(missing_packages(packages(names[0]))))
        case "unpack":
            unpack(names[0])
        case "prepare":
            if problem := report(wanted(names), print):
                sys.exit(f"error: {problem}")


def wanted(names: list[str]) -> list[str]:
    """All, if none is named."""
    known = [PACKAGES, *LANGUAGES, WINDOWS]
    if unknown := [name for name in names if name not in known]:
        sys.exit(f"error: no such language: {', '.join(unknown)}. There are: {', '.join(known)}.")
    return names or known


def packages(name: str) -> tuple[str, ...]:
    if name == WINDOWS:
        return (*OF_WINDOWS, *(() if missing(LANGUAGES["java"]) else OF_SWING))
    return LANGUAGES[name].install.apt


def missing_packages(names: Iterable[str]) -> list[str]:
    query = ["dpkg-query", "-Wf", "${Status}"]
    return [
        name
        for name in names
        if subprocess.run([*query, name], capture_output=True, text=True, check=False).stdout
        != INSTALLED
    ]


def unpack(name: str) -> None:
    install = LANGUAGES[name].install
    for package in install.wheels:
        _replace(package, _locked_wheel(package.name), _fetch_wheel)
    for package in install.npm:
        _replace(package, _locked_npm(package.name), _fetch_npm)
    for file in install.files:
        path = on_host(f"{TOOLCHAINS}/{file.path}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content)
        path.chmod(0o644)


def _replace(package: Package, locked: str, fetch: Fetch) -> None:
    """Makes the folder of a package anew where it was made of something else, and beside it: the
    old one serves programs until the new one is complete."""
    folder = on_host(f"{TOOLCHAINS}/{package.folder}")
    made_of = hashlib.sha256(f"{locked}\n{package}".encode()).hexdigest()
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text() == made_of:
        return
    print(f"    {package.name} into {folder}", flush=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as made:
        new = Path(made) / "new"
        new.mkdir(mode=0o755)
        fetch(package, locked, new)
        if not any(new.iterdir()):
            sys.exit(f"error: {package.name} has nothing that {package.take} matches.")
        (new / STAMP).write_text(made_of)
        if folder.exists():
            folder.rename(Path(made) / "old")
        new.rename(folder)


def taken(package: Package, path: str) -> str:
    """Where that path of the package goes, below its folder; empty if it is left out."""
    path = PurePosixPath(path).as_posix()
    if ".." in path.split("/") or path.startswith("/"):
        return ""
    inside = [fnmatch.fnmatchcase(path, pattern) for pattern in package.take]
    if not any(inside) or any(fnmatch.fnmatchcase(path, pattern) for pattern in package.leave):
        return ""
    return path.removeprefix(f"{package.below}/") if package.below else path


def _locked_wheel(name: str) -> str:
    """Its lines in the lock file: the version and the hashes."""
    found = re.search(rf"^{re.escape(name)}==.*(?:\n    .*)*", WHEELS.read_text(), re.MULTILINE)
    if found is None:
        sys.exit(f"error: {name} is not in {WHEELS.name}.")
    return found[0]


def _fetch_wheel(package: Package, locked: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        lock = Path(place) / "locked.txt"
        lock.write_text(locked)
        _call(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes",
              "--only-binary=:all:", "--dest", place, "--requirement", str(lock))  # fmt: skip
        (wheel,) = Path(place).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.infolist():
                if member.is_dir() or not (path := taken(package, member.filename)):
                    continue
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(member))
                target.chmod(0o755 if member.external_attr >> 16 & 0o100 else 0o644)


def _locked_npm(name: str) -> str:
    """Its entry in the lock file: the version and the hash."""
    locked = json.loads((NPM / "package-lock.json").read_text())["packages"]
    if (found := locked.get(f"node_modules/{name}")) is None:
        sys.exit(f"error: {name} is not in {NPM.name}/package-lock.json.")
    return json.dumps(found, sort_keys=True)


def _fetch_npm(package: Package, locked: str, folder: Path) -> None:
    """The archive alone: its scripts are not executed, and what it depends on is not fetched."""
    entry = json.loads(locked)
    with tempfile.TemporaryDirectory() as place:
        _call("npm", "pack", "--ignore-scripts", "--no-update-notifier", "--silent",
              "--pack-destination", place, f"{package.name}@{entry['version']}")  # fmt: skip
        (archive,) = Path(place).glob("*.tgz")
        check_integrity(archive.read_bytes(), entry["integrity"])
        with tarfile.open(archive) as members:
            for member in members:
                _, _, path = member.name.partition("/")  # below `package`
                if not member.isfile() or not (path := taken(package, path)):
                    continue
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as file:
                    shutil.copyfileobj(members.extractfile(member) or io.BytesIO(), file)
                target.chmod(0o755 if member.mode & 0o100 else 0o644)


def check_integrity(data: bytes, integrity: str) -> None:
    """As npm writes it: `sha512-` and the hash in base 64. Exits where it differs."""
    kind, _, expected = integrity.partition("-")
    found = base64.b64encode(hashlib.new(kind, data).digest()).decode()
    if kind not in ("sha512", "sha384", "sha256") or found != expected:
        sys.exit(f"error: {integrity} was expected, not {kind}-{found}.")


def _call(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"error: {' '.join(command[:4])} … failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
