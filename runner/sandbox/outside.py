# size: a program of one file, which imports nothing of ours
# Starts the sandboxes of one executor. This process is small and has a single thread, so forking it
# is cheap and safe. It runs as `python3 -I -S` and uses only the standard library.
#
# A request is one message on standard input, which is a socket that preserves message boundaries:
#
#   marshal    {argv, env, uid, niceness, scheduling, size, files, system: [entry], data: [bytes],
#               control: [number], sockets: [name], screen: [number]}
#   descriptors  the sandbox's control socket, and the entrances of its resource group
#
# The answer goes over the control socket: "+", the process id in 4 bytes, and descriptors of the
# process, its disk, the master of its terminal and the listening sockets; or "-" and an error.
#
# The forked process first enters its resource group, so that everything that follows is accounted
# for. It mounts the only file system that the program may write to, with a terminal, and makes its
# network. (Bubblewrap can limit the size of a mount, but neither the number of files nor the total
# of several mounts, nor buffers of sockets.) Then it executes bubblewrap, unprivileged.
#
# For an executor that runs as root a forked process, once it is in its resource group, is root only
# in a user namespace that is made for that. On the machine, that root is the user who owns what
# programs see of the system, and as whom nothing else runs; the other users there are those of
# sandboxes. (The argument of this process is the map of these users.) As that root it does its
# work, and then becomes its sandbox's user. Any other executor's sandboxes have its own user, in
# user namespaces of their own from the beginning.

import ctypes
import fcntl
import marshal
import os
import resource
import signal
import socket
import struct
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

INSIDE_ID = 1000  # user and group, as seen from inside
FIRST_DATA = 3  # the descriptor where `data` begins, after the terminal
MOST_DESCRIPTORS = 16
REQUEST_BYTES = 1 << 17
SPACE = b"/tmp"  # there on every host; what is mounted there is seen by one sandbox alone
FOLDERS = [("folder", "root", 0o755, b""), ("own", "shm", 0o1777, b""),
           ("folder", "pts", 0o755, b""), ("folder", "nothing", 0o555, b""),
           ("file", "empty", 0o444, b""), ("folder", "channels", 0o755, b"")]  # fmt: skip
SIDE_CHANNELS = SPACE.decode() + "/channels"  # where programs find the sockets, see walls.py
SCREEN = SPACE.decode() + "/screen"  # the socket of the run's X server, which programs do not find
WAITING = 8  # connections to each that nobody has accepted yet; then a program waits in connect
# Its own, and those that a program may open. What is typed into one is read by workers of the
# kernel, up to a core for each, on nobody's account; and a machine has some thousand for all runs.
TERMINALS = 1 + 2
TERMINAL = "0"  # the first
UMASK = 0o022  # as on a desktop
CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWNET = 0x0002_0000, 0x1000_0000, 0x4000_0000
TIOCSPTLCK = 0x4004_5431
# Settings of a network, which nobody inside may change. What waits in a TCP connection belongs to
# no control group until the connection is accepted, and could grow to 32 MiB on some machines.
NETWORK = {
    "core/somaxconn": "128",  # connections that wait to be accepted, for each listening socket
    "ipv4/tcp_rmem": "4096 32768 65536",  # bytes of a buffer: at least, first, at most
    "ipv4/tcp_wmem": "4096 16384 131072",
    "ipv4/tcp_max_tw_buckets": "4096",  # connections that are over, 256 bytes each
}
SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1
MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER = 4, 36
END_SECONDS = 5
SCHED_SETATTR = {"x86_64": 314, "aarch64": 274}.get(os.uname().machine)

# Kept by the kernel for each user and namespace: setrlimit(2).
COUNTED = (
    resource.RLIMIT_NPROC, resource.RLIMIT_SIGPENDING, resource.RLIMIT_MSGQUEUE,
    resource.RLIMIT_MEMLOCK,
)  # fmt: skip
USERS = "".join(sys.argv[1:])

libc = ctypes.CDLL(None, use_errno=True)


def checked(what: str, result: int) -> None:
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


def make_users(users: str) -> int:
    """A descriptor of a user namespace that has `users`, as in uid_map, and no process.

    Its maps are written by this process, which stays outside. Raises OSError.
    """
    made, tell_made = os.pipe()
    may_end, end = os.pipe()
    if (process := os.fork()) == 0:
        try:
            os.close(end)
            own_namespace()
            os.write(tell_made, b"!")
            os.read(may_end, 1)
        except OSError as error:
            os.write(tell_made, str(error).encode())
        finally:
            os._exit(0)
    try:
        os.close(tell_made)
        if (said := os.read(made, 500)) != b"!":
            raise OSError(said.decode(errors="replace"))
        for name in ("uid_map", "gid_map"):
            write(f"/proc/{process}/{name}", users)
        return os.open(f"/proc/{process}/ns/user", os.O_RDONLY | os.O_CLOEXEC)
    finally:
        for descriptor in (made, may_end, end):
            os.close(descriptor)
        os.waitpid(process, 0)


def enter_users(namespace: int) -> None:
    """Becomes root there. Whoever made a user namespace may enter it."""
    checked("users", libc.setns(namespace, CLONE_NEWUSER))
    os.setgroups([])
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)
    may_write_own_settings()


def own_namespace() -> None:
    """What the kernel counts for each user has a limit in a namespace too: its maker's."""
    limits = {number: resource.getrlimit(number) for number in COUNTED}
    for number in limits:
        with_most(number)
    checked("user namespace", libc.unshare(CLONE_NEWUSER))
    for number, limit in limits.items():
        resource.setrlimit(number, limit)


def with_most(number: int) -> None:
    try:  # noqa: SIM105 - contextlib costs 2 ms
        resource.setrlimit(number, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (OSError, ValueError):
        pass  # as many as this process may have


def may_write_own_settings() -> None:
    """A process that changed its user may not until it says so."""
    checked("prctl", libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0))


def become_user(uid: int) -> None:
    """In a user namespace, as bubblewrap's is below it: nobody inside learns the number."""
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    may_write_own_settings()
    checked("user namespace", libc.unshare(CLONE_NEWUSER))
    map_user(uid, uid)


def sign_in(uid: int) -> None:
    """Whose session this is, as getlogin(3) asks, where it is nobody's yet."""
    try:  # noqa: SIM105
        write("/proc/self/loginuid", str(uid))
    except OSError:
        pass  # then there is a file of who is signed in: utmp(5)


def keep_crashes() -> None:
    """No crash in the sandbox is handed to a handler of this machine, which is root.

    A program is started for it with a limit of 0, and not with 1 (core(5)). No process in the
    sandbox may change that: see seccomp. A socket would get it whatever the limit (Linux 6.16).
    """
    with open("/proc/sys/kernel/core_pattern") as file:
        handler = file.read(1)
    if handler == "@":
        raise OSError("kernel.core_pattern is a socket, which would get crashes of programs")
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
    except (OSError, ValueError):  # this process may have 0 at most
        if handler == "|":
            raise OSError("RLIMIT_CORE is 0, and must be at least 1") from None


def set_priority(niceness: int, scheduling: bytes) -> None:
    """`scheduling` is a `struct sched_attr`, or empty: see priority.py."""
    os.nice(niceness)
    if scheduling and SCHED_SETATTR is not None:
        libc.syscall(SCHED_SETATTR, 0, scheduling, 0)  # where it is refused, echoes are slower


def separate(uid: int, users: int) -> None:
    """A mount namespace and a network, in `users` or else in a user namespace of this user's."""
    if users >= 0:
        enter_users(users)
        checked("namespaces", libc.unshare(CLONE_NEWNS | CLONE_NEWNET))
    else:
        gid = os.getegid()  # has no number in the namespace until it is mapped
        checked("user namespace", libc.unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET))
        map_user(uid, gid)
    set_up_network()


def map_user(uid: int, gid: int) -> None:
    write("/proc/self/setgroups", "deny")
    write("/proc/self/uid_map", f"{INSIDE_ID} {uid} 1")
    write("/proc/self/gid_map", f"{INSIDE_ID} {gid} 1")


def mount_space(
    size: int, files: int, entries: "list[tuple[str, str, int, bytes]]", owner: "int | None"
) -> int:
    """A directory descriptor of the file system, to measure it from outside.

    `files`: beside `entries`. `owner`: of the folders that are the program's own, if it is not
    this process's user."""
    below = ((kind, f"root/{path}", mode, content) for kind, path, mode, content in entries)
    entries = [*FOLDERS, *below]
    options = f"size={size},nr_inodes={files + len(entries)},mode=0755".encode()
    mounted = libc.mount(b"sandbox", SPACE, b"tmpfs", MS_NOSUID | MS_NODEV, options)
    checked("mount", mounted)
    space = os.open(SPACE, os.O_PATH | os.O_DIRECTORY)
    os.umask(0)
    for entry in entries:
        make(space, *entry, owner)
    os.umask(UMASK)
    return space


def make(space: int, kind: str, path: str, mode: int, content: bytes, owner: "int | None") -> None:
    if owner is None and kind != "own":
        mode = (mode & 0o7) * 0o111  # what others may, as the program would be the owner
    if kind == "link":
        os.symlink(content, path, dir_fd=space)
    elif kind == "file":
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        file = os.open(path, flags, mode, dir_fd=space)
        os.write(file, content)
        os.close(file)
    else:
        os.mkdir(path, mode, dir_fd=space)
    if owner is not None and kind == "own":
        os.chown(path, owner, owner, dir_fd=space)


def open_terminal(owner: "int | None") -> "tuple[int, int]":
    """Master and slave of the sandbox's first terminal, which is the program's own."""
    options = f"newinstance,ptmxmode=0666,mode=0620,max={TERMINALS}"
    if owner is not None:
        options += f",uid={owner},gid={owner}"
    flags = MS_NOSUID | MS_NOEXEC
    mounted = libc.mount(b"sandbox", SPACE + b"/pts", b"devpts", flags, options.encode())
    checked("mount of terminals", mounted)
    folder = SPACE.decode() + "/pts"
    master = os.open(f"{folder}/ptmx", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    fcntl.ioctl(master, TIOCSPTLCK, struct.pack("i", 0))
    return master, os.open(f"{folder}/{TERMINAL}", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)


def listening(path: str) -> int:
    """A socket that programs may connect to. They cannot change it: its folder is mounted read-only
    for them. What waits in it is charged to the run, whose processes have sent it."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    os.chmod(path, 0o666)  # noqa: S103
    listener.listen(WAITING)
    return listener.detach()


def set_up_network() -> None:
    """An empty one, in which programs reach themselves by 127.0.0.1 and ::1."""
    for name, value in NETWORK.items():
        write(f"/proc/sys/net/{name}", value)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def memory_file(content: bytes) -> int:
    descriptor = os.memfd_create("sandbox")
    os.write(descriptor, content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def become(request: "dict[str, Any]", descriptors: "list[int]", users: int, problem: str) -> None:
    """Returns when it failed, or cannot begin because of a `problem`. `users`: see make_users."""
    control = socket.socket(fileno=descriptors[0])
    if problem:
        return control.sendall(f"-{problem}".encode())
    step = "control group"
    try:
        for entrance in descriptors[1:]:
            os.write(entrance, b"0")
        step = "crashes"
        keep_crashes()
        step = "user"  # where memory runs short the kernel ends a program, never the executor
        write("/proc/self/oom_score_adj", "1000")
        set_priority(request["niceness"], request["scheduling"])
        sign_in(request["uid"])
        step = "disk"
        owner = request["uid"] if USERS else None
        separate(request["uid"], users)
        space = mount_space(request["size"], request["files"], request["system"], owner)
        master, slave = open_terminal(owner)
        listeners = [listening(f"{SIDE_CHANNELS}/{name}") for name in request["sockets"]]
        screen = {number: listening(SCREEN) for number in request["screen"]}
        step = "user"
        if owner is not None:
            become_user(owner)
        step = "start"
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        sources = dict(enumerate([slave] * FIRST_DATA))
        sources |= dict(enumerate(map(memory_file, request["data"]), FIRST_DATA))
        sources |= dict.fromkeys(request["control"], descriptors[0]) | screen
        # Moved above the low targets first: a source may have the number of another's target.
        parked = {t: fcntl.fcntl(s, fcntl.F_DUPFD_CLOEXEC, 100) for t, s in sources.items()}
        answer, own = struct.pack(">ci", b"+", os.getpid()), os.pidfd_open(os.getpid())
        socket.send_fds(control, [answer], [own, space, master, *listeners])
        for target, source in parked.items():
            os.dup2(source, target)
        os.execve(request["argv"][0], request["argv"], request["env"])
    except Exception as error:
        control.send(f"-{step}: {error}".encode())


def children() -> "list[int]":
    with open(f"/proc/self/task/{os.getpid()}/children") as file:
        return [int(child) for child in file.read().split()]


def end_orphans() -> None:
    """Kills inner halves of bubblewrap whose outer half has died.

    The two are not tied to each other while the container is being created, or stands empty. The
    orphan becomes a child of this process, and is in the session of the dead outer half.
    """
    for child in children():
        try:
            if os.getsid(child) not in (child, os.getsid(0)):
                os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it has just ended


def end_all() -> None:
    """The executor has ended, so all sandboxes do."""
    signal.alarm(END_SECONDS)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    while left := children():
        try:
            for child in left:
                os.kill(child, signal.SIGKILL)
            os.wait()
        except (ProcessLookupError, ChildProcessError):
            pass  # it ended on its own just now, when nobody was to wait for it


def main() -> None:
    checked("prctl", libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0))  # see end_orphans
    # Python ignores some signals, and whoever started us in the background others.
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    users, problem = -1, ""
    try:
        users = make_users(USERS) if USERS else -1
    except OSError as error:
        problem = f"user: {error}"
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody here waits for the dead
    requests = socket.socket(fileno=0)
    while True:
        message, ancillary, _, _ = requests.recvmsg(
            REQUEST_BYTES, socket.CMSG_SPACE(4 * MOST_DESCRIPTORS), socket.MSG_CMSG_CLOEXEC
        )
        if not message:
            return end_all()
        packed = b"".join(data for _, _, data in ancillary)
        descriptors = [number for (number,) in struct.iter_unpack("i", packed)]
        try:
            if os.fork() == 0:
                try:
                    become(marshal.loads(message), descriptors, users, problem)
                finally:
                    os._exit(1)
        except OSError:
            pass  # no process to be had: the closed control socket tells
        finally:
            for number in descriptors:
                os.close(number)
            end_orphans()


main()
