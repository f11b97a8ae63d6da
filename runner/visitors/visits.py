"""What a visitor's browser holds, in the memory of one page: a puzzle, a visit, a ticket.

Each is signed, ends, and belongs to one place and one network. They are no cookies: a frame in a
course page works where the browser blocks those of others. A puzzle and a ticket count once; of a
visit, one program runs at a time.
"""

import asyncio
import logging
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_network

from django.conf import settings
from django.core import signing
from django.core.cache import caches
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed, RateLimited, Unavailable

logger = logging.getLogger(__name__)
PUZZLE, VISIT, TICKET = "visitor puzzle", "visitor visit", "visitor ticket"  # salts
PUZZLE_SECONDS, VISIT_SECONDS, TICKET_SECONDS = 120, 3600, 60
TICKET_PREFIX = "v."  # tells it from those of others
HASH_CHARACTERS = 32
THREADS = ThreadPoolExecutor(2, "tickets")  # each keeps its connection to the cache
IPV4_BITS, IPV6_BITS = 24, 64  # of an address, that a provider gives to neighbours, or to one


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at one place. `name` is made up for the visit, `network` a keyed hash."""

    name: str
    place: str
    network: str

    @property
    def number(self) -> int:
        """For counters that know users by numbers, which are positive."""
        return -1 - int(self.name[:15], 16)


def network_of(address: str) -> str:
    """Of an IPv4 address the /24, of an IPv6 address the /64."""
    text = str(_mapped(address))
    bits = IPV6_BITS if ":" in text else IPV4_BITS
    try:
        text = str(ip_network(f"{text}/{bits}", strict=False))
    except ValueError:
        text = "unknown"  # a Unix socket: all who come from there count together
    return salted_hmac("visitor network", text).hexdigest()[:HASH_CHARACTERS]


def _mapped(address: str) -> object:
    try:
        return IPv6Address(address).ipv4_mapped or address
    except ValueError:
        return address


def new_puzzle(place: str, network: str) -> str:
    return signing.dumps([secrets.token_urlsafe(12), place, network], salt=PUZZLE)


def visitor_by_puzzle(puzzle: str, place: str, network: str) -> Visitor:
    """Of a puzzle that was made for that place and network, and for the first time. The caller has
    checked that it is solved."""
    nonce = _checked(puzzle, PUZZLE, PUZZLE_SECONDS, place, network)
    if not _once(f"puzzle:{nonce}", PUZZLE_SECONDS):
        raise NotAllowed(ReasonCode.VISIT_OVER)
    name = salted_hmac("visitor name", nonce).hexdigest()[:HASH_CHARACTERS]
    return Visitor(name, place, network)


def visit_of(visitor: Visitor) -> str:
    return signing.dumps([visitor.name, visitor.place, visitor.network], salt=VISIT)


def visitor_by_visit(visit: str, place: str, network: str) -> Visitor:
    name = _checked(visit, VISIT, VISIT_SECONDS, place, network)
    return Visitor(name, place, network)


def ticket_for(visitor: Visitor) -> str:
    about = [visitor.name, visitor.place, visitor.network, secrets.token_urlsafe(12)]
    return TICKET_PREFIX + signing.dumps(about, salt=TICKET)


async def visitor_by_ticket(ticket: str, network: str) -> Visitor | None:
    """Whose socket it is. A ticket opens one: afterwards, and while the cache is away, nobody's."""
    match _signed(ticket.removeprefix(TICKET_PREFIX), TICKET, TICKET_SECONDS):
        case [name, place, str(of), nonce] if of == network:
            loop = asyncio.get_running_loop()
            if await loop.run_in_executor(THREADS, _use_up, nonce):
                return Visitor(name, place, network)
    return None


def _use_up(nonce: str) -> bool:
    try:
        return _once(f"ticket:{nonce}", TICKET_SECONDS)
    except Unavailable:
        return False


def _checked(text: str, salt: str, seconds: int, place: str, network: str) -> str:
    signed = _signed(text, salt, seconds)
    if signed is None or signed[1:] != [place, network]:
        raise NotAllowed(ReasonCode.VISIT_OVER)
    return signed[0]


def _signed(text: str, salt: str, seconds: int) -> list[str] | None:
    try:
        found: list[str] = signing.loads(text, salt=salt, max_age=seconds)
    except signing.BadSignature:  # or too old, or none at all
        return None
    return found


def _once(key: str, seconds: int) -> bool:
    """Without the cache there are no new visits: a puzzle that counts twice is none. `seconds`: for
    which what is noted would be valid."""
    try:
        return bool(caches["visitors"].add(key, 1, timeout=seconds + 10))
    except RedisError as error:
        logger.warning("What a visitor holds cannot be noted: the cache failed: %r", error)
        raise Unavailable(ReasonCode.SITE_BUSY) from error


def charge(network: str) -> None:
    """One more request of that network in this minute."""
    key, cache = f"requests:{network}:{int(time.time()) // 60}", caches["visitors"]
    try:
        cache.add(key, 0, timeout=120)
        count = cache.incr(key)
    except (RedisError, ValueError) as error:  # ValueError: it was thrown out in between
        logger.warning("A visitor is refused, because the cache failed: %r", error)
        raise Unavailable(ReasonCode.SITE_BUSY) from error
    if count > settings.LIMITS.visitor_requests_per_minute:
        raise RateLimited(ReasonCode.TOO_MANY_VISITORS)
