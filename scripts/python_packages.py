"""Installs what programs of students may import, for each Python of this machine.

Into a folder of its own (`PYTHON_PACKAGES_FOLDER`), which sandboxes mount: never into the
project's virtualenv, nor into the host's Python. An installation is made beside the last one and
then takes its place, so that no sandbox sees half of one. The last one stays until the next, for
sandboxes that were started with it.

    python -m scripts.python_packages [--list] [language ...]
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from runner.languages import (
    LANGUAGES,
    PYTHON,
    Language,
    place_of,
    prepared_folder,
    stubs_folder,
)
from runner.sandbox.interpreter import Description, describe
from runner.sandbox.packages.explanations import BACKEND, MATPLOTLIB, explanations
from scripts.python_stubs import make_if_needed

ROOT = Path(__file__).resolve().parent.parent
LOCK, LOCK_OF_PYPY = "requirements-programs.txt", "requirements-programs-pypy.txt"
# Of the operator, beside ours: a file that is in no commit, which images are built with, too.
OWN_LIST, USUAL_OWN_LIST = "PYTHON_PACKAGES_FILE", "requirements-programs-own.txt"
LAYOUT = 1  # of an installation: a higher number makes all anew
# Not to be imported: scripts for a shell, and lines that every start of an interpreter would read.
UNWANTED = ("bin", "*.pth", ".lock", "share/man", "include")
TESTS = "tests"  # of packages themselves, with test_*.py: two fifths of an installation
KEPT = 2  # installations of one Python: the new one, and that of sandboxes that run
COMPILE = "--invalidation-mode unchecked-hash"  # not held against sources, which nobody can change


def pythons(names: list[str]) -> Iterator[Language]:
    """Those that are here, each interpreter once."""
    commands = set()
    for language in LANGUAGES.values():
        command = language.run[0]
        wanted = not names or language.id in names
        if language.errors == "python" and wanted and os.access(command, os.X_OK):
            if command not in commands:
                yield language
            commands.add(command)


def locks(description: Description) -> list[Path]:
    """Raises SystemExit where the operator's own is not to be found.

    PyPy has ours alone: a list that agrees with that of CPython names versions it cannot have.
    """
    if description.tag.startswith("pypy"):
        return [ROOT / LOCK_OF_PYPY]
    usual = ROOT / USUAL_OWN_LIST
    chosen = os.environ.get(OWN_LIST, "").strip()
    own = Path(chosen) if chosen else usual
    if chosen and not own.is_file():
        raise SystemExit(f"{OWN_LIST} names no file: {own}")
    return [ROOT / LOCK, *([own] if own.is_file() else [])]


def checksum(paths: list[Path], description: Description) -> str:
    """Of everything that an installation is made from."""
    parts = [*(path.read_bytes() for path in paths), *explanations().values(), BACKEND]
    parts += [repr((LAYOUT, description)).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def install(language: Language) -> None:
    command, place = language.run[0], place_of(language.run[0])
    description = describe(command)
    compile_library(command, description)
    wanted = locks(description)
    target = place.with_name(f"{place.name}.{checksum(wanted, description)}")
    if place.is_symlink() and place.resolve() == target.resolve() and target.is_dir():
        print(f"{place}: up to date")
        return
    print(f"==> Installing the packages for {command} into {place}", flush=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f"{place.name}.new-{os.getpid()}")
    try:
        fill(new, command, wanted, description)
        if target.exists():
            shutil.rmtree(target)
        new.rename(target)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    put_in_place(place, target)
    print(f"    {megabytes(target)} MB", flush=True)


def compile_library(command: str, description: Description) -> None:
    """Of a Python that is not Debian's: the official images come without compiled files, and each
    start would take 0.3 s."""
    library = Path(description.library)
    if not Path(command).is_relative_to("/usr") and not (library / "__pycache__").exists():
        print(f"    Compiling {library}", flush=True)
        run(
            [command, "-I", "-m", "compileall", "-qq", "-j", "0", *COMPILE.split(), str(library)], 1
        )


def fill(folder: Path, command: str, wanted: list[Path], description: Description) -> None:
    """Raises SystemExit if anything cannot be installed: then all stays as it was."""
    lists = [part for path in wanted for part in ("--requirement", str(path))]
    run(
        [uv(), "pip", "install", "--no-config", "--python", command, "--target", str(folder),
         "--require-hashes", "--only-binary", ":all:", "--link-mode", "copy", *lists]
    )  # fmt: skip
    for pattern in UNWANTED:
        for path in folder.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in [path for path in folder.rglob(TESTS) if path.is_dir()]:
        if any(path.rglob("test_*.py")):
            shutil.rmtree(path)
    for name, source in explanations().items():
        (folder / name).write_bytes(source)
    if (defaults := folder / MATPLOTLIB).is_file():
        defaults.write_bytes(defaults.read_bytes() + BACKEND)
    (folder / "sitecustomize.py").touch()  # ours is mounted there, for a Python that has none
    print("    Compiling", flush=True)
    run(
        [command, "-I", "-m", "compileall", "-qq", "-j", "0", *COMPILE.split(),
         "-s", str(folder), "-p", description.site, str(folder)],
        also=1,  # what was written for other versions cannot be compiled
    )  # fmt: skip
    run(["chmod", "-R", "a+rX,go-w", str(folder)])


def run(command: list[str], also: int = 0) -> None:
    code = subprocess.run(command, cwd="/", check=False).returncode
    if code not in (0, also):
        raise SystemExit(f"error: {command[0]} ended with {code}")


def uv() -> str:
    """Of this virtualenv, or any."""
    found = shutil.which("uv", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
    if found is None:
        raise SystemExit("error: uv is missing. Run scripts/python_packages.sh, which installs it.")
    return found


def put_in_place(place: Path, target: Path) -> None:
    """At once: a link is replaced by another."""
    link = place.with_name(f"{place.name}.link-{os.getpid()}")
    link.symlink_to(target.name)
    link.rename(place)
    others = (path for path in place.parent.glob(f"{place.name}.*") if path != target)
    made = sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)
    target.touch()
    for path in made[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def megabytes(folder: Path) -> int:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files) // 1_000_000


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python_packages", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--list", action="store_true", help="say for which Pythons, and where to")
    parser.add_argument("languages", nargs="*", help="python, pypy, python3.14 ...; default: all")
    options = parser.parse_args(arguments)
    found = list(pythons(options.languages))
    if unknown := set(options.languages) - {language.id for language in found}:
        raise SystemExit(f"error: no such Python here: {', '.join(sorted(unknown))}")
    for language in found:
        if options.list:
            print(f"{language.id}\t{language.run[0]}\t{place_of(language.run[0])}")
        else:
            install(language)
            if language.run[0] == PYTHON.run[0]:
                make_if_needed(prepared_folder(language.run[0]), stubs_folder())
    return 0


if __name__ == "__main__":
    sys.exit(main())
