# Sends what a program has written in its home. inside.py executes this when the executor asks for
# files: while the program runs, or when it has ended. It is the program's parent and has its user,
# so that it sees nothing that the program does not see, and what it reads is the run's own.
#
# Over the descriptor CONTROL, for each file that is new, or was changed since it was placed or
# sent:
#
#   <-  "file 9 1234\n"              bytes of its path and of its content, which follow;
#   <-  one byte                     then "+", or "-" if the file was changed meanwhile
#   <-  "files 2 8 1\n"              at the end: how many others there are that are not sent, bytes
#                                    of the path of one of them, which follows, and whether time
#                                    was short
#
# A program may have made anything of its home, and may change it at every moment. Nothing but
# regular files is opened, by descriptors of their folders and without following links; they are
# read in pieces, as many bytes as they had first.

import os
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    inside: "dict[str, Any]" = {}

# As in runner/limits.py; a test compares them.
MOST_FILES = 20
MOST_BYTES = 8 * 1024 * 1024
MOST_OF_ONE = 4 * 1024 * 1024
SECONDS = 2.0
PIECE = 64 * 1024
REGULAR, KIND = 0o100000, 0o170000
SIGKILL = 9


def once(child: int) -> bytes:
    """`child`: 0 when the program has ended. Its other processes are ended then: they are killed
    with the sandbox anyway, and change files no more."""
    if child == 0:
        end_all_others()
    until, files, room = time.monotonic() + SECONDS, MOST_FILES, MOST_BYTES
    left_out, one, short = 0, b"", 0
    for folder, name, path, status in inside["home_entries"]():
        if inside["is_placed"](path, status):
            continue
        size = status.st_size
        short = short or int(time.monotonic() > until)
        fits = size <= min(room, MOST_OF_ONE) and files > 0 and not short
        if fits and status.st_mode & KIND == REGULAR and send(folder, name, path, status):
            inside["known"][path] = inside["signature"](status)
            files, room = files - 1, room - size
        else:
            left_out, one = left_out + 1, one or os.fsencode(path)
    return b"files %d %d %d\n" % (left_out, len(one), short) + one


def end_all_others() -> None:
    try:
        os.kill(-1, SIGKILL)
    except ProcessLookupError:
        return  # there is no other one


def send(folder: int, name: str, path: str, status: os.stat_result) -> bool:
    """False if it is not the file that was looked at."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        file = os.open(name, flags, dir_fd=folder)
    except OSError:
        return False
    try:
        now = os.fstat(file)
        same = (now.st_ino, now.st_dev, now.st_size) == (
            status.st_ino, status.st_dev, status.st_size,
        )  # fmt: skip
        if not same or now.st_mode & KIND != REGULAR:
            return False
        raw = os.fsencode(path)
        write(b"file %d %d\n" % (len(raw), now.st_size) + raw)
        left = now.st_size
        while left > 0:
            # Where it has become shorter, or cannot be read, zeros stand.
            piece = read(file, min(left, PIECE)) or bytes(min(left, PIECE))
            write(piece)
            left -= len(piece)
        after = os.fstat(file)
        unchanged = inside["signature"](after) == inside["signature"](now)
        write(b"+" if unchanged else b"-")
        return True
    finally:
        os.close(file)


def read(file: int, most: int) -> bytes:
    try:
        return os.read(file, most)
    except OSError:
        return b""


def write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(inside["CONTROL"], view) :]
