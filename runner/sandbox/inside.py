# The first program inside a sandbox. Runs on the sandbox's own Python, before any user code, with
# -I -S: it may use nothing but the standard library, and must stay small, for it is read and
# compiled at every start. It speaks over descriptor 3:
#
#   ->  (not part of the protocol: its own source, see bubblewrap.py)
#   <-  "up\n"                       the walls stand
#   ->  8-byte length, marshal       {argv, env, files: [(path, bytes)], limits: [(which, value)]}
#   <-  "exit 0 9216 31\n" or "signal 11 9216 31\n"
#                                    how the program ended, peak memory in KiB, CPU time in ms
#
# It stays as the program's parent, because bubblewrap's own exit code cannot tell `exit 139` from
# a segmentation fault. A program that kills it ends its own sandbox.

import _signal as signal  # type: ignore[import-not-found]  # the public one costs 2 ms: enum
import fcntl
import marshal
import os
import resource
import struct
import termios

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

CONTROL = 3


def read_exactly(count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = os.read(CONTROL, min(count - len(data), 1 << 20))
        if not piece:
            os._exit(0)  # the executor is gone, or does not need this sandbox any more
        data += piece
    return data


def write_files(files: "list[tuple[str, bytes]]") -> None:
    for path, content in files:
        if "/" in path:
            os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "xb") as file:
            file.write(content)


def become(request: "dict[str, Any]") -> "NoReturn":
    """The child turns into the user's program, leading a session of its own on the terminal.

    Its parent is outside that session: so ^C reaches the program alone, and ^Z does nothing, as
    nobody could bring the program back.
    """
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.closerange(CONTROL, 65536)
    for number, value in request["limits"]:
        resource.setrlimit(number, (value, value))
    # Python ignores some signals, and whoever started us in the background others.
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    argv = request["argv"]
    try:
        os.execve(argv[0], argv, request["env"])
    except OSError as error:
        os.write(2, f"{argv[0]}: {error.strerror}\n".encode())
        os._exit(127)


def main() -> None:
    os.write(CONTROL, b"up\n")
    request = marshal.loads(read_exactly(struct.unpack(">Q", read_exactly(8))[0]))
    write_files(request["files"])
    child = os.fork()
    if child == 0:
        become(request)
    _, status, used = os.wait4(child, 0)
    figures = (used.ru_maxrss, (used.ru_utime + used.ru_stime) * 1000)
    if os.WIFSIGNALED(status):
        os.write(CONTROL, b"signal %d %d %d\n" % (os.WTERMSIG(status), *figures))
    else:
        os.write(CONTROL, b"exit %d %d %d\n" % (os.WEXITSTATUS(status), *figures))


main()
