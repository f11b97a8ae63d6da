#!/usr/bin/python3 -IS
"""`delegate COMMAND …`: gives an executor control groups and users for its sandboxes, then becomes
it, without any privilege that reaches beyond these.

1. As root: makes the mounted control groups of this container writable, and gives them to the user
   `executor`; not the limits of the container itself.
2. Enters a user namespace in which `executor` is root, and in which the ids FIRST to LAST are ids
   that /etc/subuid and /etc/subgid provide. So each sandbox can have a user of its own.
3. Drops all capabilities but those that end and inspect its own sandboxes, and executes COMMAND.

Step 2 of an ordinary user is done by `newuidmap` and `newgidmap`. What cannot be done is left out:
then `manage.py executor` says what is missing, and refuses to start without control groups.
"""

import ctypes
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

USER = "executor"
FIRST, LAST = 62_000, 65_533  # as in runner/sandbox/uids.py
CONTROLLERS = {"cpu", "cpuacct", "memory", "pids"}  # of version 1, each with a mount
HANDED_OVER = ("cgroup.procs", "cgroup.subtree_control", "cgroup.threads")
MOUNTS = Path("/proc/self/mountinfo")
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_BIND = 2, 4, 8, 32, 4096
CLONE_NEWUSER = 0x1000_0000
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 24, 38
# To end sandboxes, to be their users, and for the watchdog to measure them. All in the namespace.
KILL, SETGID, SETUID, SYS_PTRACE = 5, 6, 7, 19
KEPT = {KILL, SETGID, SETUID, SYS_PTRACE}

libc = ctypes.CDLL(None, use_errno=True)
Ids = tuple[int, int, int]  # first inside, first outside, how many


def checked(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def say(what: str, error: object) -> None:
    print(f"delegate: {what}: {error}", file=sys.stderr, flush=True)


def give_groups(uid: int, gid: int) -> None:
    """Control groups of either version that are mounted here."""
    for line in MOUNTS.read_text().splitlines():
        before, _, after = line.partition(" - ")
        place, options = before.split()[4:6]
        kind, _, controllers = after.split()
        if kind != "cgroup2" and not (kind == "cgroup" and CONTROLLERS & {*controllers.split(",")}):
            continue
        try:
            if "ro" in options.split(","):
                flags = MS_REMOUNT | MS_BIND | MS_NOSUID | MS_NODEV | MS_NOEXEC
                checked(libc.mount(None, place.encode(), None, flags, None))
            for path in (place, *(f"{place}/{name}" for name in HANDED_OVER)):
                if os.path.exists(path):
                    os.chown(path, uid, gid)
        except OSError as error:
            say(f"the control group {place} cannot be used", error.strerror)


def subordinate(file: str, user: str, known: list[Ids]) -> list[Ids]:
    """FIRST to LAST, as far as a line of `user` provides ids that are known in this namespace."""
    try:
        lines = [line.split(":") for line in Path("/etc", file).read_text().splitlines()]
    except OSError:
        return []
    for name, first, count in (line for line in lines if len(line) == 3):
        ids = (FIRST, int(first), min(int(count), LAST - FIRST + 1))
        if name == user and any(
            inside <= ids[1] and ids[1] + ids[2] <= inside + many for inside, _, many in known
        ):
            return [ids]
    return []


def known(file: str) -> list[Ids]:
    """The ids of this user namespace."""
    lines = Path("/proc/self", file).read_text().splitlines()
    return [(int(i), int(o), int(n)) for i, o, n in (line.split() for line in lines)]


def words(ids: list[Ids]) -> Iterator[str]:
    return (str(number) for each in ids for number in each)


def enter_namespace(maps: Callable[[int], None]) -> None:
    """Raises OSError where no user namespace may be made.

    `maps(pid)` writes the maps of this process; from outside, by a process that stays there."""
    may_begin, begin = os.pipe()
    if (helper := os.fork()) == 0:
        os.close(begin)
        try:
            if os.read(may_begin, 1):
                maps(os.getppid())
                os._exit(0)
        except (OSError, subprocess.CalledProcessError) as error:
            say("no users for sandboxes", error)
        os._exit(1)
    os.close(may_begin)
    try:
        checked(libc.unshare(CLONE_NEWUSER))
        os.write(begin, b"!")
    finally:
        os.close(begin)
        ended = os.waitpid(helper, 0)[1]
    if ended != 0:  # and there is no way back
        sys.exit("delegate: the user namespace was given no users")
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)


def write_maps(pid: int, uids: list[Ids], gids: list[Ids]) -> None:
    for name, ids in (("uid_map", uids), ("gid_map", gids)):
        lines = "".join(f"{' '.join(words([each]))}\n" for each in ids)
        Path("/proc", str(pid), name).write_text(lines)


def ask_for_maps(pid: int, uids: list[Ids], gids: list[Ids]) -> None:
    for program, ids in (("newuidmap", uids), ("newgidmap", gids)):
        subprocess.run([program, str(pid), *words(ids)], check=True)


def drop_capabilities() -> None:
    """From the next program on; it is root in the namespace."""
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for number in set(range(last + 1)) - KEPT:
        checked(libc.prctl(PR_CAPBSET_DROP, number, 0, 0, 0))


def may_ask() -> bool:
    """Whether `newuidmap` is there and has its privilege."""
    bound = "NoNewPrivs:\t1" in Path("/proc/self/status").read_text()
    return not bound and all(map(shutil.which, ("newuidmap", "newgidmap")))


def enter_own_users(name: str, uid: int, gid: int, *, root: bool) -> bool:
    """Whether sandboxes have users of their own now, and this process no other privilege."""
    uids = subordinate("subuid", name, known("uid_map"))
    gids = subordinate("subgid", name, known("gid_map"))
    if not (uids and gids):
        say("sandboxes share a user", f"/etc/subuid and /etc/subgid have no ids for {name} here")
        return False
    if not (root or may_ask()):
        say("sandboxes share a user", "newuidmap and newgidmap are missing, or have no privilege")
        return False
    maps = write_maps if root else ask_for_maps
    if root:
        os.setgroups([])
    try:
        enter_namespace(lambda pid: maps(pid, [(0, uid, 1), *uids], [(0, gid, 1), *gids]))
    except OSError as error:
        say("sandboxes share a user", error.strerror)
        return False
    drop_capabilities()
    return True


def main(command: list[str]) -> None:
    root = os.geteuid() == 0
    try:
        user = pwd.getpwnam(USER) if root else pwd.getpwuid(os.geteuid())
    except KeyError as error:
        sys.exit(f"delegate: {error.args[0]}")
    if root:
        give_groups(user.pw_uid, user.pw_gid)
    uid, gid = user.pw_uid, user.pw_gid
    if not enter_own_users(user.pw_name, uid, gid, root=root) and root:
        os.setgroups([])
        os.setresgid(gid, gid, gid)
        os.setresuid(uid, uid, uid)
    checked(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:] or sys.exit(__doc__))
