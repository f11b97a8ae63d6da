# Whether a program waits for its terminal. inside.py runs this when the executor asks. It is the
# program's parent and has its user, so that the kernel lets it look on every limit backend without
# a privilege, and what it costs is counted as the run's.
#
# A thread waits for the terminal if it sleeps in a read of it, or in a call that waits for nothing
# but descriptors, without a time limit, and the terminal is among them: `input()` with readline
# sleeps in pselect6, asyncio in epoll_wait. A call with a time limit returns by itself, so whoever
# makes it does something else meanwhile: a game, a clock.
#
# It uses only the standard library, and modules that interpreters have loaded.

import os
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

INPUT, BUSY, OTHER = b"reads input\n", b"reads busy\n", b"reads other\n"
MOST_THREADS, MOST_SECONDS = 200, 0.02  # looked at: a program may have made thousands
MOST_DESCRIPTORS = 1024
TTY = os.makedev(5, 0)  # /dev/tty, which is each process's own terminal
READABLE = 1  # POLLIN and EPOLLIN

Arguments = list[int]  # of a system call


def look(child: int) -> bytes:
    """INPUT: a thread of a process here waits for the terminal. BUSY: none does, and one computes.

    `child` is the program's first process; orphans that it left are looked at after it.
    """
    terminal, busy = os.fstat(0), False
    until = time.monotonic() + MOST_SECONDS
    for number, (process, thread) in enumerate(threads(child)):
        if number == MOST_THREADS or time.monotonic() > until:
            break
        try:
            call = read(f"/proc/{process}/task/{thread}/syscall").split()
            if call[0] == b"running":
                busy = True
            elif waits(process, [int(word, 0) for word in call[:7]], terminal):
                return INPUT
        except (OSError, ValueError, OverflowError, IndexError):
            pass  # it has ended, hides, or has called with nonsense
    return BUSY if busy else OTHER


def threads(child: int) -> "Iterator[tuple[int, int]]":
    own = os.getpid()
    others = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    for process in [child, *(number for number in others if number > own and number != child)]:
        try:
            for thread in os.listdir(f"/proc/{process}/task"):
                yield process, int(thread)
        except OSError:
            pass  # it has ended


def read(path: str, most: int = 1 << 16) -> bytes:
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, most)
    finally:
        os.close(file)


def waits(process: int, call: "Arguments", terminal: os.stat_result) -> bool:
    descriptors = CALLS.get(call[0])
    if descriptors is None:
        return False
    for number in descriptors(process, call[1:]):
        file = os.stat(f"/proc/{process}/fd/{number}")
        if file.st_rdev == TTY:
            return True
        if (file.st_dev, file.st_rdev) == (terminal.st_dev, terminal.st_rdev):
            return True
    return False


def of_read(process: int, arguments: "Arguments") -> "list[int]":
    return [signed(arguments[0])]


def of_poll(process: int, arguments: "Arguments") -> "list[int]":
    """poll(struct pollfd *fds, nfds_t nfds, int timeout)"""
    return polled(process, arguments) if signed(arguments[2]) < 0 else []


def of_ppoll(process: int, arguments: "Arguments") -> "list[int]":
    """ppoll(struct pollfd *fds, nfds_t nfds, const struct timespec *timeout, …)"""
    return polled(process, arguments) if arguments[2] == 0 else []


def polled(process: int, arguments: "Arguments") -> "list[int]":
    count = min(arguments[1], MOST_DESCRIPTORS)
    data = memory(process, arguments[0], 8 * count)
    pieces = [data[start : start + 8] for start in range(0, len(data), 8)]
    wanted = [piece for piece in pieces if piece[4] & READABLE]
    return [int.from_bytes(piece[:4], "little", signed=True) for piece in wanted]


def of_select(process: int, arguments: "Arguments") -> "list[int]":
    """select(int nfds, fd_set *readfds, fd_set *, fd_set *, const struct timespec *timeout, …)"""
    if arguments[4] != 0 or arguments[1] == 0:
        return []
    count = min(signed(arguments[0]), MOST_DESCRIPTORS)
    bits = int.from_bytes(memory(process, arguments[1], (count + 7) // 8), "little")
    return [number for number in range(count) if bits >> number & 1]


def of_epoll(process: int, arguments: "Arguments") -> "list[int]":
    """epoll_wait(int epfd, struct epoll_event *events, int maxevents, int timeout)"""
    return watched(process, arguments) if signed(arguments[3]) < 0 else []


def of_epoll_pwait2(process: int, arguments: "Arguments") -> "list[int]":
    return watched(process, arguments) if arguments[3] == 0 else []


def watched(process: int, arguments: "Arguments") -> "list[int]":
    """Its lines are `tfd: 0 events: 19 data: …`, the events in hexadecimal."""
    lines = read(f"/proc/{process}/fdinfo/{signed(arguments[0])}").splitlines()
    words = [line.split() for line in lines if line.startswith(b"tfd:")]
    return [int(word[1]) for word in words[:MOST_DESCRIPTORS] if int(word[3], 16) & READABLE]


def memory(process: int, address: int, size: int) -> bytes:
    file = os.open(f"/proc/{process}/mem", os.O_RDONLY)
    try:
        return os.pread(file, size, address)
    finally:
        os.close(file)


def signed(number: int) -> int:
    """An `int` of C, of which the register holds 32 bits or 64."""
    number &= 0xFFFF_FFFF
    return number - (1 << 32) if number >> 31 else number


# read, pread64, readv, preadv, preadv2; then poll, ppoll, select, pselect6, epoll_…
CALLS: "dict[int, Callable[[int, Arguments], list[int]]]"
if os.uname().machine == "aarch64":
    CALLS = dict.fromkeys((63, 67, 65, 69, 286), of_read)
    CALLS |= {73: of_ppoll, 72: of_select, 22: of_epoll, 441: of_epoll_pwait2}
else:
    CALLS = dict.fromkeys((0, 17, 19, 295, 327), of_read)
    CALLS |= {7: of_poll, 271: of_ppoll, 23: of_select, 270: of_select}
    CALLS |= {232: of_epoll, 281: of_epoll, 441: of_epoll_pwait2}
