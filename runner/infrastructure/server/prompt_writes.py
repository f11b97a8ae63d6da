"""Our WebSocket protocol, which writes immediately what the kernel accepts.

Twisted writes in the next iteration of its loop, and registers and unregisters the socket for that.
This is a fifth of the work of a web worker for an echo.
"""

from typing import Any

from twisted.internet.tcp import Connection

from runner.infrastructure.server.bounded_reads import BoundedProtocol


class PromptProtocol(BoundedProtocol):
    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:
        if sync or chopsize or self.send_queue:
            super().sendData(data, sync, chopsize)
            return
        sent = self.transport.writeSomeData(data) if self._may_write_now() else 0
        if not isinstance(sent, int):
            sent = 0  # the connection is lost, as Twisted will find out with this very data
        if sent < len(data):
            self.transport.write(data[sent:])

    def _may_write_now(self) -> bool:
        """Nothing waits to be written before, and no encryption lies in between."""
        transport: Any = self.transport
        if not isinstance(transport, Connection) or transport.TLS:
            return False
        if not transport.connected or transport.disconnecting:
            return False
        reactor: Any = transport.reactor
        return transport not in reactor.getWriters()
