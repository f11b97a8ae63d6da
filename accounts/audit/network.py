"""From where somebody comes, as the audit trail stores it: an IPv4 address, or an IPv6 /64, which
is what a provider gives to one customer."""

from collections.abc import Mapping
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def network_of(request: HttpRequest | None) -> str:
    """Empty where nobody knows: a command, or a server on a Unix socket."""
    if request is None or not request.META.get("REMOTE_ADDR"):
        return ""
    try:
        return _network(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return ""


def network_of_client(scope: Mapping[str, Any]) -> str:
    """The same for a socket, from its ASGI scope."""
    host, *_ = scope.get("client") or [""]
    return _network(str(host))


def _network(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address) >> 64 << 64, 64)))
