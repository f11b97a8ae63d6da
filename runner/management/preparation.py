"""`manage.py doctor --prepare`: what makes compilers quicker, made on this machine once.

Class-data archives of the JVM, compiled headers and the like fit only the very version that has
made them. So they are made anew when a toolchain has changed, and beside the old ones. Whoever
lacks them waits longer, and no program fails.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from runner.languages import LANGUAGES, TOOLCHAINS, Language, missing, on_host

PREPARED = f"{TOOLCHAINS}/prepared"
STAMP = ".made-of"
SECONDS = 900  # the standard library of Go, on a slow machine
PATH = "/usr/local/bin:/usr/bin:/bin"
LAST_CHARACTERS = 500
NOT_PREPARED = "Programs in these languages run, but their compilers start later: {}."


def report(names: list[str], say: Callable[[str], object]) -> str:
    """Prepares them, says what came of each, and returns what is wrong at last; empty if nothing
    is. Raises OSError where the folder cannot be written."""
    failed = []
    for name, result in prepare(names):
        say(f"{name}: {result or 'is prepared'}")
        if result.startswith("failed"):
            failed.append(name)
    return NOT_PREPARED.format(", ".join(failed)) if failed else ""


def prepare(names: list[str]) -> Iterator[tuple[str, str]]:
    """The id of each language that has something to prepare, and what came of it; empty if all is
    as it was. Raises OSError where the folder cannot be written."""
    for name in names:
        language = LANGUAGES[name]
        if language.prepare.commands and not missing(language):
            yield name, _prepare(language)


def _prepare(language: Language) -> str:
    folder = on_host(f"{PREPARED}/{language.id}")
    made_of = _made_of(language)
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text() == made_of:
        return ""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as made:
        new, place = Path(made, "new"), Path(made, "sources")
        new.mkdir()
        place.mkdir()
        if problem := _commands(language, new, place):
            return problem
        (new / STAMP).write_text(made_of)
        _let_all_read(new)
        if folder.exists():
            folder.rename(Path(made, "old"))
        new.rename(folder)
    return "prepared"


def _commands(language: Language, new: Path, place: Path) -> str:
    """Executes them; what went wrong, or nothing. The compilers' own folder is at the path that it
    has in sandboxes: archives and caches name it."""
    for file in language.prepare.files:
        (place / file.path).write_text(file.content)
    inside = str(new).replace(str(on_host(TOOLCHAINS)), TOOLCHAINS, 1)
    variables = {**language.environment, **language.prepare.environment}
    environment = {"PATH": PATH, "HOME": str(place), "LANG": "C.UTF-8"} | {
        name: value.replace("{prepared}", inside) for name, value in variables.items() if value
    }
    for command in language.prepare.commands:
        words = [word.replace("{prepared}", inside) for word in command]
        try:
            done = subprocess.run(
                [*_walls(place), *words],
                cwd=place, env=environment, timeout=SECONDS, capture_output=True, text=True,
                errors="replace", check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"failed: {error}"
        if done.returncode != 0:
            return f"failed: {(done.stdout + done.stderr).strip()[-LAST_CHARACTERS:]}"
    return ""


def _walls(place: Path) -> list[str]:
    """Where toolchains are in another folder, it is mounted where programs find it."""
    folder = on_host(TOOLCHAINS)
    if str(folder) == TOOLCHAINS:
        return []
    bubblewrap = shutil.which("bwrap") or "bwrap"
    return [
        bubblewrap, "--unshare-net", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
        "--tmpfs", "/opt", "--bind", str(folder), TOOLCHAINS, "--chdir", str(place), "--",
    ]  # fmt: skip


def _made_of(language: Language) -> str:
    """Changes with the definition, and with the programs that it starts."""
    parts = [repr(language.prepare)]
    for path in language.needs:
        status = on_host(path).stat()  # what a link leads to
        parts.append(f"{os.path.realpath(on_host(path))} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _let_all_read(folder: Path) -> None:
    """Programs run as other users than the one that installs."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
