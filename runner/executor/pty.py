"""A pseudo-terminal: the executor has the master, the sandbox gets the slave."""

import errno
import fcntl
import os
import pty
import signal
import struct
import termios
from types import TracebackType

READ_BYTES = 64 * 1024  # the kernel hands out 4 KiB at a time; asking for more costs nothing
IUTF8 = 0o40000  # erase whole characters, not bytes; missing in Python's termios
TIOCSIG = 0x40045436  # signal the foreground processes of a master's terminal; likewise
LOCAL_FLAGS = 3


class PseudoTerminal:
    """Non-blocking; bytes go through as they are."""

    def __init__(self, rows: int, cols: int) -> None:
        self.master, self.slave = pty.openpty()
        os.set_blocking(self.master, False)
        attributes = termios.tcgetattr(self.slave)
        attributes[0] |= IUTF8
        termios.tcsetattr(self.slave, termios.TCSANOW, attributes)
        self.resize(rows, cols)

    def __enter__(self) -> "PseudoTerminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close_slave()
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    def close_slave(self) -> None:
        """Once the sandbox has it: the end of output comes when its last holder is gone."""
        if self.slave >= 0:
            os.close(self.slave)
            self.slave = -1

    def resize(self, rows: int, cols: int) -> None:
        """Programs in the foreground get SIGWINCH."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def read(self, max_bytes: int) -> bytes | None:
        """What is there now, at most `max_bytes`; empty: nothing yet; None: the end."""
        pieces = []
        left = max_bytes
        while left > 0:
            try:
                data = os.read(self.master, min(left, READ_BYTES))
            except BlockingIOError:
                break
            except OSError as error:
                if error.errno != errno.EIO:  # EIO: no process has the slave open any more
                    raise
                data = b""
            if not data:
                return b"".join(pieces) or None
            pieces.append(data)
            left -= len(data)
        return b"".join(pieces)

    def write(self, data: bytes) -> int:
        """How many bytes the terminal took; 0 when its queue is full."""
        try:
            return os.write(self.master, data)
        except BlockingIOError:
            return 0
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return len(data)  # nobody is left to read it

    def interrupt(self, key: bytes) -> bool:
        """Does what `key` (such as ^C) does when the input queue is too full to take it.

        False when the program has switched that key off.
        """
        attributes = termios.tcgetattr(self.master)
        controls = attributes[6]
        if not attributes[LOCAL_FLAGS] & termios.ISIG:
            return False
        for index, number in ((termios.VINTR, signal.SIGINT), (termios.VQUIT, signal.SIGQUIT)):
            if controls[index] == key:
                termios.tcflush(self.master, termios.TCOFLUSH)
                fcntl.ioctl(self.master, TIOCSIG, int(number))
                return True
        return False
