# Starts the sandboxes of one executor. This process is small and has a single thread, so forking it
# is cheap and safe. It runs as `python3 -I -S` and uses only the standard library.
#
# A request is one message on standard input, which is a socket that preserves message boundaries:
#
#   marshal    {argv, env, uid, niceness, scheduling, size, files, data: [bytes], control: [number]}
#   descriptors  the sandbox's control socket, its terminal, and the entrances of its resource group
#
# The answer goes over the control socket: "+", the process id in 4 bytes, and two descriptors, of
# the process and of its disk; or "-" and an error message.
#
# The forked process first enters its resource group, so that everything that follows is accounted
# for. It switches to an unprivileged user and, in a user namespace of its own, mounts the only file
# system that the program may write to, and makes its network. (Bubblewrap can limit the size of a
# mount, but neither the number of files nor the total of several mounts, nor buffers of sockets.)
# Then it executes bubblewrap, unprivileged.

import ctypes
import fcntl
import marshal
import os
import resource
import signal
import socket
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

INSIDE_ID = 1000  # user and group, as seen from inside
FIRST_DATA = 3  # the descriptor where `data` begins, after the terminal
MOST_DESCRIPTORS = 16
REQUEST_BYTES = 1 << 16
SPACE = b"/tmp"  # there on every host; what is mounted there is seen by one sandbox alone
FOLDERS = {"home": 0o755, "tmp": 0o1777, "shm": 0o1777, "pts": 0o755, "nothing": 0o555}
# That a program may open. What is typed into one is read by the kernel's workers, up to a core for
# each, on nobody's account; and a machine has some thousand for everybody.
TERMINALS = 2
CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWNET = 0x0002_0000, 0x1000_0000, 0x4000_0000
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

libc = ctypes.CDLL(None, use_errno=True)


def checked(what: str, result: int) -> None:
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


def become_user(uid: int) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        # A process that changed its user may not write its own maps until it says so.
        checked("prctl", libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0))


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


def mount_space(size: int, files: int) -> int:
    """A directory descriptor of the file system, to measure it from outside."""
    uid, gid = os.geteuid(), os.getegid()
    checked("user namespace", libc.unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET))
    write("/proc/self/setgroups", "deny")
    write("/proc/self/uid_map", f"{INSIDE_ID} {uid} 1")
    write("/proc/self/gid_map", f"{INSIDE_ID} {gid} 1")
    set_up_network()
    options = f"size={size},nr_inodes={files},mode=0755".encode()
    mounted = libc.mount(b"sandbox", SPACE, b"tmpfs", MS_NOSUID | MS_NODEV, options)
    checked("mount", mounted)
    space = os.open(SPACE, os.O_PATH | os.O_DIRECTORY)
    for name, mode in FOLDERS.items():
        os.mkdir(name, dir_fd=space)
        os.chmod(name, mode, dir_fd=space)
    options = f"newinstance,ptmxmode=0666,mode=0620,max={TERMINALS}".encode()
    mounted = libc.mount(b"sandbox", SPACE + b"/pts", b"devpts", MS_NOSUID | MS_NOEXEC, options)
    checked("mount of terminals", mounted)
    return space


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


def become(request: "dict[str, Any]", descriptors: "list[int]") -> None:
    """Returns when it failed."""
    control = socket.socket(fileno=descriptors[0])
    step = "control group"
    try:
        for entrance in descriptors[2:]:
            os.write(entrance, b"0")
        step = "crashes"
        keep_crashes()
        step = "user"
        # Where memory for everybody runs short the kernel ends a program, never the executor.
        write("/proc/self/oom_score_adj", "1000")
        set_priority(request["niceness"], request["scheduling"])
        become_user(request["uid"])
        step = "disk"
        space = mount_space(request["size"], request["files"])
        step = "start"
        process = os.pidfd_open(os.getpid())
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        sources = dict(enumerate([descriptors[1]] * FIRST_DATA))
        sources |= dict(enumerate(map(memory_file, request["data"]), FIRST_DATA))
        sources |= dict.fromkeys(request["control"], descriptors[0])
        # Moved above the low targets first: a source may have the number of another's target.
        parked = {t: fcntl.fcntl(s, fcntl.F_DUPFD_CLOEXEC, 100) for t, s in sources.items()}
        answer = b"+" + struct.pack(">i", os.getpid())
        socket.send_fds(control, [answer], [process, space])
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
                    become(marshal.loads(message), descriptors)
                finally:
                    os._exit(1)
        except OSError:
            pass  # no process to be had: the closed control socket tells
        finally:
            for number in descriptors:
                os.close(number)
            end_orphans()


main()
