"""How a server says that a browser cannot be sent anything any more."""

from autobahn.exception import Disconnected

# Daphne knows that a connection is closed once its last bytes are written, and drops frames from
# then on. Between the first close frame and that moment Autobahn raises `Disconnected` for each
# frame. ASGI 2.4 has other servers raise an `OSError`.
CLOSED = (Disconnected, OSError)
