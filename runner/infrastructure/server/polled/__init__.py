"""Sockets over HTTP requests, for browsers whose network lets no WebSocket through.

`requests.py` is the ASGI application: it checks who asks and how often. `holder.py` finds the
socket, also that of another web worker, over the channel layer. `socket.py` is one socket: it runs
the application of WebSockets, and numbers what goes either way, so that requests that were lost or
repeated by a proxy change nothing.
"""

from runner.infrastructure.server.polled.requests import PolledSockets

__all__ = ["PolledSockets"]
