"""Who sends a request, as far as is known before the database is asked, and how often."""

import re
import time
from collections import OrderedDict
from functools import cache
from ipaddress import IPv6Address, IPv6Network
from typing import Any, NamedTuple

from django.conf import settings

from runner.infrastructure.server import sign_in_proof
from runner.infrastructure.token_bucket import TokenBucket

KEPT_SECONDS = 60.0
MOST_VISITORS = 10_000  # kept; forged sessions are many


class Visitor(NamedTuple):
    """Who may take so much. A name says of what it is the name: a browser chooses what its session
    is called, and could call it like somebody's address."""

    name: bytes  # the session, as a school shares an address; else the address
    has_session: bool  # perhaps a made-up one
    group: bytes  # whose visitors share places: a user, or an address
    is_known: bool  # the session was given to that user


def visitor_of(scope: Any) -> Visitor:
    address = b"address " + _network(str((scope.get("client") or ("",))[0])).encode()
    found = _find_session(scope)
    if not found:
        return Visitor(address, False, address, False)
    user = sign_in_proof.user_of(_cookies(scope), found)
    group = address if user is None else b"user " + user
    return Visitor(b"session " + found, True, group, user is not None)


def session_of(scope: Any) -> str:
    """The key of the session that the browser names, perhaps a made-up one; empty without one."""
    return _find_session(scope).decode("latin-1")


def _cookies(scope: Any) -> bytes:
    return bytes(dict(scope["headers"]).get(b"cookie", b""))


def _find_session(scope: Any) -> bytes:
    found = _session(settings.SESSION_COOKIE_NAME).search(_cookies(scope))
    return found[1] if found else b""


def _network(address: str) -> str:
    """Of IPv6 the /64: a provider gives all of its addresses to one customer."""
    try:
        number = IPv6Address(address)
    except ValueError:
        return address
    return str(number.ipv4_mapped or IPv6Network((int(number) >> 64 << 64, 64)))


@cache
def _session(cookie: str) -> re.Pattern[bytes]:
    return re.compile(rb"(?:^|;\s*)%s=([^;]{1,64})" % re.escape(cookie.encode()))


class Paces:
    """A bucket for each visitor, forgotten after a while: it is full again by then."""

    def __init__(self, per_second: float, burst: float) -> None:
        self._rate = per_second, burst
        self._buckets: OrderedDict[bytes, tuple[float, TokenBucket]] = OrderedDict()

    def of(self, visitor: bytes) -> TokenBucket:
        now, buckets = time.monotonic(), self._buckets
        known = buckets.get(visitor)
        bucket = known[1] if known else TokenBucket(*self._rate)
        buckets[visitor] = now, bucket
        buckets.move_to_end(visitor)
        while len(buckets) > MOST_VISITORS or next(iter(buckets.values()))[0] < now - KEPT_SECONDS:
            buckets.popitem(last=False)
        return bucket
