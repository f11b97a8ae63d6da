"""Where a machine keeps what programs run on, beside what Debian has installed.

The variables are read here and not in `settings.py`, because the scripts that install these things,
and the sandbox, know no Django.
"""

import os
from pathlib import Path

OF_MACHINE = Path("/opt/coderunner")
PYTHONS = Path("/opt/python")


def packages_folder() -> Path:
    """The packages that programs may import, a folder for each Python: `PYTHON_PACKAGES_FOLDER`.

    By default where toolchains are: in the machine's folder, which root makes; else, where there is
    none, in the user's own.
    """
    for variable in ("PYTHON_PACKAGES_FOLDER", "TOOLCHAINS_FOLDER"):
        if chosen := os.environ.get(variable, "").strip():
            return Path(chosen)
    if os.geteuid() == 0 or OF_MACHINE.is_dir():
        return OF_MACHINE
    return Path.home() / ".local/share/coderunner"


def stubs_folder() -> Path:
    """What editors know of the packages, for web workers: `PYTHON_STUBS_FOLDER`.

    By default beside the packages, where both are on one machine.
    """
    chosen = os.environ.get("PYTHON_STUBS_FOLDER", "").strip()
    return Path(chosen) if chosen else packages_folder() / "stubs"


def pythons_folder() -> Path:
    """Further versions of Python, as `3.14/bin/python3`: `PYTHONS_FOLDER`."""
    return Path(os.environ.get("PYTHONS_FOLDER", "").strip() or PYTHONS)
