"""Runs a command on a kernel of its own, with control groups of version 2 alone.

    python -m tests.guest --group delegated --user .venv/bin/python manage.py doctor
    python -m tests.guest --group compose .venv/bin/python manage.py doctor
    python -m tests.guest --crash-handler --swap 1G --seconds 7200 \\
        .venv/bin/python -m pytest -q tests/sandbox tests/guest/attacks.py

The guest is User-Mode Linux, Debian's package of that name: a kernel that is an ordinary process
here, and needs no virtualization. It sees this machine's files; what is written in it is gone when
it ends. No test of `make test`: not every machine has Debian's packages, and `insmod`.
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

# Debian 12's, which is 6.1, does not start on a processor with AMX: it has more registers.
SUITE = "forky"
PACKAGES = ("user-mode-linux", "libc6")
KERNEL = ROOT / "var" / f"guest-{SUITE}"
MIRROR = "http://deb.debian.org/debian"
LINKER = b"/lib64/ld-linux-x86-64.so.2\0"
GROUPS = {
    "top": "the hierarchy's top, with the whole machine",
    "delegated": "one that systemd has delegated to the guest's user",
    "container": "one that is seen as the top, in a namespace",
    "compose": "the same, read-only, and root with an executor's capabilities starts delegate.py",
    "plain": "one that nobody has delegated",
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.guest")
    groups = "; ".join(f"{name}: {what}" for name, what in GROUPS.items())
    parser.add_argument("--group", choices=GROUPS, default="top", help=groups)
    parser.add_argument("--user", action="store_true", help="not as root")
    parser.add_argument(
        "--crash-handler",
        action="store_true",
        help="what crashes is handed to a program of the guest's root, which notes it",
    )
    parser.add_argument("--swap", metavar="SIZE", help="on a disk of its own, such as 1G")
    parser.add_argument("--memory", default="3G", help="of the guest (%(default)s)")
    parser.add_argument("--seconds", type=float, default=600, help="at most (%(default)s)")
    parser.add_argument(
        "command",
        nargs=argparse.REMAINDER,
        help="paths are those of this machine, but /tmp and /run are empty",
    )
    return parser.parse_args()


def fetch() -> None:
    """The kernel, with the C library it wants; nothing is installed on this machine."""
    if KERNEL.exists():
        return
    KERNEL.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KERNEL.parent) as path:
        folder = Path(path)
        (folder / "lists/partial").mkdir(parents=True)
        (folder / "sources").write_text(f"deb {MIRROR} {SUITE} main")
        options = {
            "Dir::Etc::SourceList": folder / "sources",
            "Dir::Etc::SourceParts": "/dev/null",
            "APT::Default-Release": "",
            "Dir::State::Lists": folder / "lists",  # where apt removes all else
            "Dir::Cache": folder / "cache",
            "APT::Sandbox::User": "root",  # whose the folder is
        }
        apt = ["apt-get", "-q", *(f"-o{name}={value}" for name, value in options.items())]
        subprocess.run([*apt, "update"], check=True)
        subprocess.run([*apt, "download", *PACKAGES], cwd=folder, check=True)
        for archive in folder.glob("*.deb"):
            subprocess.run(["dpkg", "-x", archive, folder / "unpacked"], check=True)
        link(folder / "unpacked")
        (folder / "unpacked").rename(KERNEL)


def link(unpacked: Path) -> None:
    """The kernel to the C library beside it, seen from the folder usr: this machine's is older."""
    kernel = unpacked / "usr/bin/linux.uml"
    program = kernel.read_bytes()
    assert program.count(LINKER) == 1
    kernel.write_bytes(program.replace(LINKER, LINKER[1:] + b"\0"))


def boot(chosen: argparse.Namespace, folder: Path) -> int:
    """The command's exit status. Raises TimeoutExpired; FileNotFoundError when the guest broke."""
    order = {
        "command": chosen.command,
        "group": chosen.group,
        "user": chosen.user,
        "crash_handler": chosen.crash_handler,
        "swap": chosen.swap is not None,
    }
    (folder / "order.json").write_text(json.dumps(order))
    words = {
        "mem": chosen.memory,
        "loglevel": 1,
        "seccomp": "auto",  # as its way to see system calls: faster than ptrace
        "root": "/dev/root",
        "rootfstype": "hostfs",
        "rootflags": "/",
        "con": "null",
        "con0": "null,fd:1",
        "init": ROOT / "tests/guest/init.sh",
        "modules": KERNEL / "usr/lib/uml/modules",
        "order": folder,
    }
    if chosen.swap:
        words["ubd0"] = folder / "swap"
        subprocess.run(["truncate", f"--size={chosen.swap}", folder / "swap"], check=True)
    libraries = str(KERNEL / "usr/lib/x86_64-linux-gnu")
    guest = subprocess.Popen(
        [KERNEL / "usr/bin/linux.uml", "ro", *(f"{k}={v}" for k, v in words.items())],
        cwd=KERNEL / "usr", env={"HOME": str(folder), "LD_LIBRARY_PATH": libraries},
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
    if shutil.which("insmod") is None:
        sys.exit("insmod is missing: apt-get install kmod")
    fetch()
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        return boot(chosen, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
