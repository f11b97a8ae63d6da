"""A network connection that a test can cut, as a train does in a tunnel."""

import contextlib
import selectors
import socket
import struct
import threading
from types import TracebackType
from typing import Self

RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER without time: no goodbye


class Severable:
    """Relays TCP to a server on this machine until it is `cut`, and again once `mended`."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._whole = True
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """What is open ends without a goodbye; what is new ends at once."""
        with self._lock:
            self._whole = False
            self._sever()

    def mend(self, port: int | None = None) -> None:
        """`port`: of another server from now on."""
        with self._lock:
            self._whole = True
            self._target = port or self._target

    def _sever(self) -> None:
        for side in self._open:
            with contextlib.suppress(OSError):  # the other end may have left before
                side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
                side.shutdown(socket.SHUT_RDWR)  # wakes the thread that relays

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed: the test is over
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=[near], daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with near, contextlib.suppress(OSError):
            with self._lock:
                if not self._whole:
                    return
                far = socket.create_connection(("127.0.0.1", self._target))
                self._open |= {near, far}
            try:
                with far:
                    relay(near, far)
            finally:
                with self._lock:
                    self._open -= {near, far}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.close()
        self.cut()


def relay(one: socket.socket, other: socket.socket) -> None:
    """Until either side ends."""
    with selectors.DefaultSelector() as selector:
        selector.register(one, selectors.EVENT_READ, other)
        selector.register(other, selectors.EVENT_READ, one)
        while True:
            for key, _ in selector.select():
                source, target = key.fileobj, key.data
                assert isinstance(source, socket.socket)
                if not (data := source.recv(65536)):
                    return
                target.sendall(data)
