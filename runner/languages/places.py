"""Where a machine keeps what programs run on, beside what Debian has installed; in a sandbox it is
where commands name it.

The variables are read here and not in `settings.py`, because the scripts that install these things,
and the sandbox, know no Django.
"""

import os
from pathlib import Path

from runner.languages.language import Language

TOOLCHAINS = "/opt/coderunner"  # as commands name it, and as programs find it
# Where the scripts put all of it for a user who is not root: `choose_toolchains_folder` in
# scripts/lib.sh.
OF_USER = ".local/share/coderunner"
PYTHONS = Path("/opt/python")


def toolchains_folder() -> Path:
    """`TOOLCHAINS_FOLDER`; by default the machine's, or the user's own where there is one."""
    if chosen := os.environ.get("TOOLCHAINS_FOLDER", "").strip():
        return Path(chosen)
    home = os.environ.get("HOME", "")
    of_user = os.path.join(home, OF_USER)
    # `isdir`: the home of another user, which may not be entered, is none of ours.
    own = home and os.geteuid() != 0 and os.path.isdir(of_user)
    return Path(of_user if own else TOOLCHAINS)


def on_host(path: str) -> Path:
    """Where this machine has what commands call `path`."""
    if path == TOOLCHAINS or path.startswith(f"{TOOLCHAINS}/"):
        return Path(f"{toolchains_folder()}{path[len(TOOLCHAINS) :]}")
    return Path(path)


def missing(language: Language) -> list[str]:
    """What it needs and this machine lacks."""
    return [path for path in language.needs if not on_host(path).exists()]


def packages_folder() -> Path:
    """The packages that programs may import, a folder for each Python: `PYTHON_PACKAGES_FOLDER`.

    By default where toolchains are.
    """
    chosen = os.environ.get("PYTHON_PACKAGES_FOLDER", "").strip()
    return Path(chosen) if chosen else toolchains_folder()


def stubs_folder() -> Path:
    """What editors know of the packages, for web workers: `PYTHON_STUBS_FOLDER`.

    By default beside the packages, where both are on one machine.
    """
    chosen = os.environ.get("PYTHON_STUBS_FOLDER", "").strip()
    return Path(chosen) if chosen else packages_folder() / "stubs"


def pythons_folder() -> Path:
    """Further versions of Python, as `3.14/bin/python3`: `PYTHONS_FOLDER`."""
    return Path(os.environ.get("PYTHONS_FOLDER", "").strip() or PYTHONS)
