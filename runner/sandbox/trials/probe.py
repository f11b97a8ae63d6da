# The program that doctor runs in a sandbox, like a student's. It checks the isolation from inside
# and prints for each check whether it passed and what was observed.

import ctypes
import errno
import fcntl
import json
import os
import socket
import termios
from collections.abc import Callable

libc = ctypes.CDLL(None, use_errno=True)


def refused(result: int) -> str:
    """The error of a call that must fail; empty when it did not."""
    return errno.errorcode[ctypes.get_errno()] if result < 0 else ""


def lines(path: str) -> list[str]:
    with open(path) as file:
        return file.readlines()


def own_status() -> dict[str, str]:
    pairs = (line.partition(":") for line in lines("/proc/self/status"))
    return {name: value for name, _, value in pairs}


def user() -> tuple[bool, str]:
    status = own_status()
    privileges = int(status["CapEff"], 16) | int(status["CapBnd"], 16)
    ok = os.getuid() != 0 and privileges == 0 and int(status["NoNewPrivs"]) == 1
    return ok, f"user {os.getuid()}, privileges {privileges:#x}"


def network() -> tuple[bool, str]:
    interfaces = [line.split(":")[0].strip() for line in lines("/proc/net/dev")[2:]]
    try:
        socket.create_connection(("192.0.2.1", 80), 2)
        return False, "a connection was made"
    except OSError as error:
        return interfaces == ["lo"] and error.errno == errno.ENETUNREACH, f"{interfaces}"


def processes() -> tuple[bool, str]:
    seen = sum(name.isdigit() for name in os.listdir("/proc"))
    return seen == 3, f"{seen} to be seen"


def files() -> tuple[bool, str]:
    system = ("/", "/usr", "/etc", "/dev", "/home", "/opt", "/root", "/run", "/sys", "/var")
    writable = [place for place in system if os.access(place, os.W_OK)]
    foreign = [place for place in ("/etc/machine-id", "/var/lib/dpkg", "/sys/kernel", "/.dockerenv")
               if os.path.lexists(place)]  # fmt: skip
    wrong = writable + foreign
    return not wrong, f"too many: {wrong}" if wrong else "the system's, to be read"


def disk() -> tuple[bool, str]:
    spaces = [os.statvfs(place) for place in (".", "/tmp", "/var/tmp", "/dev/shm")]
    same = len({(space.f_blocks, space.f_files, space.f_fsid) for space in spaces}) == 1
    size = spaces[0].f_blocks * spaces[0].f_frsize
    return same and spaces[0].f_files > 0, f"{size >> 20} MB and {spaces[0].f_files} files in all"


def calls() -> tuple[bool, str]:
    error = refused(libc.unshare(0x1000_0000))
    return own_status()[
        "Seccomp"
    ].strip() == "2" and error == "EPERM", f"unshare: {error or 'allowed'}"


def terminal() -> tuple[bool, str]:
    try:
        fcntl.ioctl(0, termios.TIOCSTI, b"x")
    except OSError as error:
        return error.errno == errno.EPERM, "nobody else types into it"
    return False, "a program may type into it"


WALLS: dict[str, Callable[[], tuple[bool, str]]] = {
    "an ordinary user": user,
    "no network": network,
    "no other processes": processes,
    "files": files,
    "disk": disk,
    "system calls": calls,
    "terminal": terminal,
}
for name, wall in WALLS.items():
    print(json.dumps([name, *wall()]))
