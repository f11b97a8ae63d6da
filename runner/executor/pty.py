"""The master of a pseudo-terminal, which was made in a sandbox and whose slave is there."""

import fcntl
import os
import struct
import termios
from types import TracebackType
from typing import Self

from runner.executor.typed_line import Editing
from runner.sandbox import READ_BYTES, read_master, write_master

IUTF8 = 0o40000  # erase whole characters, not bytes; missing in Python's termios
TIOCGPTPEER = 0x5441  # opens the slave of a master; likewise
LOCAL_FLAGS = 3
NO_KEY = b"\0"  # where a program has switched a key off


class PseudoTerminal:
    """Non-blocking; bytes are not changed. Output ends when no process has the slave open."""

    def __init__(self, master: int, rows: int, cols: int) -> None:
        """Owns the descriptor `master`."""
        self.master = master
        # Ctrl+S has stopped the output, as far as `read` has been told.
        self.held = False
        self._tells_flow = False
        os.set_blocking(self.master, False)
        attributes = termios.tcgetattr(self.master)
        # Any key resumes the output that Ctrl+S has stopped: few know Ctrl+Q.
        attributes[0] |= IUTF8 | termios.IXANY
        self._first_attributes = attributes
        self.restore()
        self.resize(rows, cols)

    def restore(self) -> None:
        """As it was before a program has changed it."""
        termios.tcsetattr(self.master, termios.TCSANOW, self._first_attributes)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    def resize(self, rows: int, cols: int) -> None:
        """Programs in the foreground get SIGWINCH."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def read(self, max_bytes: int) -> bytes | None:
        """Available bytes, at most `max_bytes`; empty if there are none, None at the end.

        Returns after each event of the flow: a program may cause them faster than they are read.
        """
        pieces: list[bytes] = []
        left = max_bytes
        while left > 0:
            data = read_master(self.master, min(left, READ_BYTES) + self._tells_flow)
            if data is None:
                return b"".join(pieces) or None
            if not data:
                break
            if self._tells_flow:
                if data[0] != termios.TIOCPKT_DATA:
                    self._note_event(data[0])
                    break
                data = data[1:]
            pieces.append(data)
            left -= len(data)
        return b"".join(pieces)

    def _note_event(self, event: int) -> None:
        if event & termios.TIOCPKT_STOP:
            self.held = True
        elif event & termios.TIOCPKT_START:
            self.held = False

    def tell_flow(self) -> None:
        """From now on `read` notes in `held` when the line discipline stops or resumes the output.

        In the kernel's packet mode, each read has one more byte: so not before it is needed.
        """
        if not self._tells_flow:
            fcntl.ioctl(self.master, termios.TIOCPKT, struct.pack("i", 1))
            self._tells_flow = True

    def resume(self) -> None:
        """Resumes held output, as any key does: also after `stty sane`, or if nobody reads keys."""
        try:
            slave = fcntl.ioctl(self.master, TIOCGPTPEER, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:  # the last program on it has gone
            return
        try:
            termios.tcflow(slave, termios.TCOOFF)  # else the next call would change nothing
            termios.tcflow(slave, termios.TCOON)
        finally:
            os.close(slave)

    def write(self, data: bytes) -> int:
        """How many bytes the terminal accepted; 0 if its queue is full."""
        return write_master(self.master, data)

    def editing(self) -> Editing | None:
        """The keys that edit a line; None while the program gets each key at once."""
        try:
            attributes = termios.tcgetattr(self.master)
        except (OSError, termios.error):  # the last program on it has gone
            return None
        if not attributes[LOCAL_FLAGS] & termios.ICANON:
            return None
        controls = attributes[6]
        erase, end = controls[termios.VERASE], controls[termios.VEOF]
        return Editing(erase.strip(NO_KEY), end.strip(NO_KEY))

    def make_way(self, key: bytes) -> bool:
        """Discards unread input before an interrupt key. Returns whether the key interrupts.

        A full queue blocks ^C until the program reads, which may be never. The line discipline
        would discard the queue on ^C, so it is discarded first. Nothing is discarded if the program
        has disabled the key, or the flushing of its input.
        """
        try:
            attributes = termios.tcgetattr(self.master)
            local, controls = attributes[LOCAL_FLAGS], attributes[6]
            keys = (controls[termios.VINTR], controls[termios.VQUIT])
            if not local & termios.ISIG or local & termios.NOFLSH or key not in keys:
                return False
            self._flush_unread()
        except (OSError, termios.error):  # the last program on it has gone
            return False
        return True

    def _flush_unread(self) -> None:
        """Also if no byte seems to wait: the kernel hands input to the line discipline later than
        it is written, so a queue that is empty now may be full before the next key is there."""
        slave = fcntl.ioctl(self.master, TIOCGPTPEER, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            termios.tcflush(self.master, termios.TCOFLUSH)  # on its way to the line discipline
            termios.tcflush(slave, termios.TCIFLUSH)  # and in it
        finally:
            os.close(slave)
