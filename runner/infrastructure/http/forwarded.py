"""What proxies in front of a web worker say of a connection: whose it is, and whether it is TLS.

Every proxy appends to `X-Forwarded-For` the address that it was asked from. So of a list only the
entries at its right end were written by the site's own proxies; the others are what a client likes.
"""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Any

from django.conf import settings

Headers = Iterable[tuple[bytes, bytes]]
SECURE_SCHEMES = {"https", "wss"}


def address_of(headers: Headers, peer: str, proxies: int) -> str:
    """The client's address, as the farthest of the site's `proxies` saw it.

    `peer`, which the connection comes from, where that proxy says nothing that is an address: then
    the connection did not come through it.
    """
    if proxies == 0:
        return peer
    listed = b",".join(value for name, value in headers if name == b"x-forwarded-for").split(b",")
    if len(listed) < proxies:
        return peer
    return _address(listed[-proxies].decode("latin-1").strip()) or peer


def _address(text: str) -> str | None:
    """Some proxies add a port: `192.0.2.1:4711`, `[2001:db8::1]:4711`."""
    host = text[1:].partition("]")[0] if text.startswith("[") else text
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return str(ip_address(host))
    except ValueError:
        return None


def is_secure(scope: Mapping[str, Any]) -> bool:
    """Whether the browser's connection is TLS, by the first proxy's word if there is one.

    A website that attacks cannot set this header in somebody's browser, so it may be believed also
    where no proxy is announced.
    """
    headers: Headers = scope["headers"]
    said = [value for name, value in headers if name == b"x-forwarded-proto"]
    first = b",".join(said).split(b",")[0].strip().lower().decode("latin-1")
    return (first or scope.get("scheme", "")) in SECURE_SCHEMES


class ClientAddress:
    """ASGI middleware: `scope["client"]` is the client behind `TRUSTED_PROXIES` proxies.

    And the site is at the root of its host. Daphne takes the header `Daphne-Root-Path` of any
    client for the place where a proxy has put the site. Every link would begin with it, also those
    of mails, and rules for paths would take a page for what has another path.
    """

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        scope = scope | {"root_path": ""}
        if client := scope.get("client"):
            peer, *port = client
            address = address_of(scope["headers"], peer, settings.TRUSTED_PROXIES)
            scope = scope | {"client": [address, *port]}
        await self._application(scope, receive, send)
