"""Toolchains that are no packages of Debian's: where they are on this machine, and in a sandbox."""

import os
from pathlib import Path

from runner.languages.language import Language

TOOLCHAINS = "/opt/coderunner"  # as commands name it, and as programs find it
# Where scripts/languages.sh puts them for a user who is not root.
OF_USER = ".local/share/coderunner"


def on_host(path: str) -> Path:
    """Where this machine has what commands call `path`: `TOOLCHAINS_FOLDER` may be another."""
    if path == TOOLCHAINS or path.startswith(f"{TOOLCHAINS}/"):
        # Also in `settings`, which checks it; but other Pythons than the site's import this.
        folder = os.environ.get("TOOLCHAINS_FOLDER") or _usual_folder()
        return Path(folder + path[len(TOOLCHAINS) :])
    return Path(path)


def _usual_folder() -> str:
    home = os.environ.get("HOME", "")
    of_user = os.path.join(home, OF_USER)
    return of_user if home and os.geteuid() != 0 and os.path.isdir(of_user) else TOOLCHAINS


def missing(language: Language) -> list[str]:
    """What it needs and this machine lacks."""
    return [path for path in language.needs if not on_host(path).exists()]
