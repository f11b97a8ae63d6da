"""In the guest: the control group and the user that a command is to have, and then the command.

Runs on the system's Python, as root, before anything else does.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

TOP = Path("/sys/fs/cgroup")
OWN = TOP / "service"
PYTHON = Path(__file__).parents[2] / ".venv/bin/python"
SEEN_AS_TOP = ("container", "compose")
DELEGATE = Path(__file__).parents[2] / "deploy/container/delegate.py"
EXECUTOR, IDS = 10_002, "executor:1900000000:3534\n"
HANDED_OVER = ("cgroup.procs", "cgroup.subtree_control", "cgroup.threads")
HANDLER = Path(__file__).with_name("handler.sh")
CRASHES = Path("/run/crashes")  # also in handler.sh
SWAP = "/dev/ubda"
USER = "coderunner"
UID = 10_001
ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LC_ALL": "C.UTF-8",
    "HOME": "/tmp",
    "NO_COLOR": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


def enter(group: str) -> None:
    """One as a program may find itself in; GROUPS of __main__.py says what they are."""
    if group == "top":
        return
    (TOP / "cgroup.subtree_control").write_text("+cpu +memory +pids")
    OWN.mkdir()
    (OWN / "cgroup.procs").write_text(str(os.getpid()))
    if group == "delegated":  # as systemd does it
        os.setxattr(OWN, "user.delegate", b"1")
        for path in (OWN, *(OWN / name for name in HANDED_OVER)):
            os.chown(path, UID, UID)


def command(words: list[str], group: str, *, user: bool) -> list[str]:
    if user:
        words = ["setpriv", f"--reuid={UID}", f"--regid={UID}", "--clear-groups", *words]
    if group == "compose":  # as docker-compose.yml starts an executor
        kept = ",".join(f"+{name}" for name in ("sys_admin", "chown", "setuid", "setgid"))
        words = ["setpriv", f"--bounding-set=-all,{kept}", "--inh-caps=-all", str(DELEGATE), *words]
    if group in SEEN_AS_TOP:
        mount = f"umount {TOP}; mount -t cgroup2 cgroup2 {TOP}"
        if group == "compose":
            mount += f"; mount -o remount,bind,ro {TOP}"
        words = ["unshare", "--mount", "--cgroup", "sh", "-c", f'{mount}; exec "$@"', "sh", *words]
    return words


def hand_over_crashes() -> None:
    """To a program that runs as root, as Ubuntu's and Fedora's do."""
    CRASHES.touch(0o644)
    Path("/proc/sys/kernel/core_pattern").write_text(f"|{HANDLER} %P %u %e")


def add_swap() -> None:
    for words in (["mkswap", SWAP], ["swapon", SWAP]):
        subprocess.run(words, check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL)


def main() -> int:
    order = json.loads(Path(sys.argv[1], "order.json").read_text())
    for line in ("set lo up", "add host0 type dummy"):  # a network to be kept out of
        subprocess.run(["ip", "link", *line.split()], check=True, env=ENVIRONMENT)
    with open("/etc/passwd", "a") as users, open("/etc/group", "a") as groups:
        users.write(f"{USER}:x:{UID}:{UID}::/tmp:/bin/sh\n")
        groups.write(f"{USER}:x:{UID}:\n")
        users.write(f"executor:x:{EXECUTOR}:{EXECUTOR}::/tmp:/bin/sh\n")
        groups.write(f"executor:x:{EXECUTOR}:\n")
    for name in ("subuid", "subgid"):
        Path("/etc", name).write_text(IDS)
    for folder in PYTHON.resolve().parents:  # it may be root's alone
        folder.chmod(0o755)
    if order["crash_handler"]:
        hand_over_crashes()
    if order["swap"]:
        add_swap()
    enter(order["group"])
    words = command(order["command"], order["group"], user=order["user"])
    return subprocess.run(words, env=ENVIRONMENT).returncode


if __name__ == "__main__":
    sys.exit(main())
