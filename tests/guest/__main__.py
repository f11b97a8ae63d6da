"""Runs a command on a kernel of its own, with control groups of version 2 alone.

    python -m tests.guest --group delegated --user .venv/bin/python manage.py doctor

The guest is User-Mode Linux, Debian's package of that name, which `apt-get download` brings: a
kernel that is an ordinary process here, and needs no virtualization. It sees this
machine's files; what is written in it is gone when it ends. No test of `make test`: not every
machine has Debian's packages.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.services import ROOT

KERNEL = ROOT / "var" / "guest"
PACKAGE = "user-mode-linux"
GROUPS = {
    "top": "the hierarchy's top, with the whole machine",
    "delegated": "one that systemd has delegated to the guest's user",
    "container": "one that is seen as the top, in a namespace",
    "plain": "one that nobody has delegated",
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.guest")
    groups = "; ".join(f"{name}: {what}" for name, what in GROUPS.items())
    parser.add_argument("--group", choices=GROUPS, default="top", help=groups)
    parser.add_argument("--user", action="store_true", help="not as root")
    parser.add_argument("--memory", default="3G", help="of the guest (%(default)s)")
    parser.add_argument("--seconds", type=float, default=600, help="at most (%(default)s)")
    parser.add_argument(
        "command",
        nargs=argparse.REMAINDER,
        help="paths are those of this machine, but /tmp and /run are empty",
    )
    return parser.parse_args()


def fetch() -> None:
    """The kernel; nothing is installed on this machine."""
    if KERNEL.exists():
        return
    KERNEL.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        subprocess.run(["apt-get", "download", PACKAGE], cwd=folder, check=True)
        (archive,) = Path(folder).glob("*.deb")
        subprocess.run(["dpkg", "-x", archive, "unpacked"], cwd=folder, check=True)
        shutil.move(Path(folder) / "unpacked", KERNEL)


def boot(chosen: argparse.Namespace, folder: Path) -> int:
    """The command's exit status. Raises TimeoutExpired; FileNotFoundError when the guest broke."""
    order = {"command": chosen.command, "group": chosen.group, "user": chosen.user}
    (folder / "order.json").write_text(json.dumps(order))
    words = {
        "mem": chosen.memory,
        "root": "/dev/root",
        "rootfstype": "hostfs",
        "rootflags": "/",
        "con": "null",
        "con0": "null,fd:1",
        "init": ROOT / "tests/guest/init.sh",
        "modules": KERNEL / "usr/lib/uml/modules",
        "order": folder,
    }
    guest = subprocess.Popen(
        [KERNEL / "usr/bin/linux.uml", "ro", "loglevel=1", *(f"{k}={v}" for k, v in words.items())],
        stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        guest.wait(chosen.seconds)
    finally:
        with contextlib.suppress(ProcessLookupError):  # it has helpers
            os.killpg(guest.pid, signal.SIGKILL)
    return int((folder / "status").read_text())


def main() -> int:
    chosen = arguments()
    fetch()
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        return boot(chosen, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
