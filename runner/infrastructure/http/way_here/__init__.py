"""What goes wrong on the way to the site, told apart.

Browsers name the page that sends a request (`Origin`); proxies in front tell us which host and
scheme the browser asked for. Where the two do not match, either another website asks, or a proxy is
set up wrongly: only its operator can mend that, and only with both values. So each problem has a
sentence for the reader, in `sentences.py`, and `advice` for the operator.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Collection
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from runner.infrastructure.token_bucket import TokenBucket
from runner.protocol.reasons import ReasonCode

logger = logging.getLogger(__name__)
LOG_SECONDS = 60.0  # between two lines about the same problem and values
LINES_PER_SECOND, LINES_BURST = 1, 20  # of all
SHOWN_CHARACTERS = 200  # of what a stranger may have made up

ADVICE = {
    ReasonCode.WRONG_HOST: _(
        "The browser asked from %(origin)s, but the server was told the host “%(host)s”. The proxy "
        "in front must pass on the Host header as it came, with its port (nginx: proxy_set_header "
        "Host $http_host). Or list %(origin)s in CSRF_TRUSTED_ORIGINS and CORS_ALLOWED_ORIGINS."
    ),
    ReasonCode.WRONG_SCHEME: _(
        "The browser asked from %(origin)s, but the server was told another scheme for the host "
        "“%(host)s”. With TLS in front, set HTTPS=true, and let the proxy send X-Forwarded-Proto: "
        "https. Without TLS, unset HTTPS."
    ),
    ReasonCode.HOST_NOT_ALLOWED: _(
        "The host “%(host)s” is not in ALLOWED_HOSTS. Add it, or let the proxy in front pass on "
        "the Host header as it came (nginx: proxy_set_header Host $http_host)."
    ),
    ReasonCode.NO_ORIGIN: _(
        "The request for the host “%(host)s” came without an Origin header. A proxy, a filter or "
        "an extension of the browser removes it; it must pass it on."
    ),
    ReasonCode.UPGRADE_LOST: _(
        "The request for a WebSocket at the host “%(host)s”, from %(origin)s, came without its "
        "Upgrade header. The proxy in front must pass on Upgrade and Connection (nginx: "
        "proxy_http_version 1.1, proxy_set_header Upgrade $http_upgrade, proxy_set_header "
        "Connection upgrade)."
    ),
}


def problem(
    origin: str, host: str, *, secure: bool | None, listed: Collection[str]
) -> ReasonCode | None:
    """Why a request with this `Origin` does not come from a page of this site; None if it does.

    `listed`: origins of other pages that may send it. `secure`: the connection is TLS (None:
    unknown). The page must be so, too: anybody between a browser and the site can make pages of its
    host without TLS.
    """
    if origin and origin in listed:
        return None
    if origin in {"", "null"}:
        return ReasonCode.NO_ORIGIN
    try:
        parts = urlsplit(origin)
    except ValueError:
        return ReasonCode.WRONG_HOST
    if parts.scheme not in {"http", "https"} or origin != f"{parts.scheme}://{host}":
        return ReasonCode.WRONG_HOST
    domain, _port = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return ReasonCode.HOST_NOT_ALLOWED
    if secure is not None and secure is not (parts.scheme == "https"):
        return ReasonCode.WRONG_SCHEME
    return None


def advice(code: ReasonCode, origin: str, host: str) -> str:
    """For the operator, in the active language; empty for what no operator can mend."""
    if code not in ADVICE:
        return ""
    return gettext(ADVICE[code]) % {"origin": _shown(origin) or "?", "host": _shown(host)}


def log(what: str, code: ReasonCode, origin: str, host: str) -> None:
    """A warning that names both values: each pair once in a while, and not many in all, as
    strangers can make up any number of them."""
    now, key = time.monotonic(), (code, _shown(origin), _shown(host))
    while _logged_at and next(iter(_logged_at.values())) < now - LOG_SECONDS:
        _logged_at.popitem(last=False)
    if code in ADVICE and key not in _logged_at and _lines.take():
        _logged_at[key] = now
        told = ADVICE[code] % {"origin": key[1] or "?", "host": key[2]}
        about = (_shown(what), key[1], key[2])
        logger.warning("%s was refused: Origin %r, Host %r. %s", *about, told)


_logged_at: OrderedDict[tuple[ReasonCode, str, str], float] = OrderedDict()  # the oldest first
_lines = TokenBucket(LINES_PER_SECOND, LINES_BURST)


def _shown(value: str) -> str:
    """Nothing that would begin another line."""
    return "".join(one for one in value[:SHOWN_CHARACTERS] if one.isprintable())
