"""What a document holds, read in another process and within a time (`worker.py`).

Concurrent edits of one place are put in order at a cost that is the square of their number: whoever
edits a room can make a document of 200 KiB that takes half a minute, and one of 4 MiB that takes
hours. A room of which that was seen is not read again for a while, so that others have their turn.
"""

import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WORKER = Path(__file__).with_name("worker.py")
LENGTH = struct.Struct(">I")
READ_SECONDS = 3.0  # a full room of honest members takes a tenth of a second
WAIT_SECONDS = 10.0  # for others' documents
COSTLY_SECONDS = 300.0
MOST_COSTLY = 10_000


class TooCostly(Exception):
    """It took too long, or ended the process that read it."""


class Reader:
    def __init__(self, seconds: float = READ_SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self._costly: dict[int, float] = {}  # rooms, until when

    def read(self, room: int, updates: Sequence[bytes]) -> Any:
        """The worker's answer; None for updates that make no document. Raises TooCostly."""
        now = time.monotonic()
        if self._costly.get(room, 0.0) > now:
            raise TooCostly
        if not self._lock.acquire(timeout=WAIT_SECONDS):
            raise TooCostly
        try:
            return json.loads(self._ask(updates))
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            self.close()
            self._costly = {one: at for one, at in self._costly.items() if at > now}
            if len(self._costly) < MOST_COSTLY:
                self._costly[room] = time.monotonic() + COSTLY_SECONDS
            raise TooCostly from error
        finally:
            self._lock.release()

    def close(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker.communicate()
            self._worker = None

    def _ask(self, updates: Sequence[bytes]) -> bytes:
        worker = self._worker = self._worker or _start()
        assert worker.stdin is not None and worker.stdout is not None
        data = b"".join(LENGTH.pack(len(each)) + each for each in updates)
        until = time.monotonic() + self._seconds
        worker.stdin.write(LENGTH.pack(len(data)) + data)
        worker.stdin.flush()
        (size,) = LENGTH.unpack(_received(worker.stdout.fileno(), LENGTH.size, until))
        return _received(worker.stdout.fileno(), size, until)


def _start() -> subprocess.Popen[bytes]:
    """Started on the first document. It gets nothing of this process's environment."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", str(WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
    )


def _received(source: int, count: int, until: float) -> bytes:
    data = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while len(data) < count:
            if not selector.select(max(0.0, until - time.monotonic())):
                raise TimeoutError
            if not (piece := os.read(source, count - len(data))):
                raise EOFError
            data += piece
    return bytes(data)


reader = Reader()
