"""Reading and writing the master of a terminal whose other end is in a sandbox. Never blocks: the
descriptor is set so by its owner."""

import errno
import os

READ_BYTES = 64 * 1024  # the kernel hands out 4 KiB at a time; asking for more costs nothing


def read_master(master: int, most: int = READ_BYTES) -> bytes | None:
    """Available bytes, empty if there are none; None once no process has the other end open."""
    try:
        return os.read(master, most) or None
    except BlockingIOError:
        return b""
    except OSError as error:
        if error.errno != errno.EIO:  # EIO: the other end is closed
            raise
        return None


def write_master(master: int, data: bytes) -> int:
    """How many bytes the terminal accepted; 0 if its queue of 4 KiB is full."""
    try:
        return os.write(master, data)
    except BlockingIOError:
        return 0
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        return len(data)  # nobody is left to read it
