"""Times on pages are shown in the reader's own time zone.

No header tells a server the zone of a browser, so a script of every page writes it to a cookie.
Without the cookie, which only the very first page lacks, times are in UTC.
"""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

COOKIE = "timezone"
# Three parts at most ("America/Argentina/Ushuaia"); a name is looked up in the file system.
WELL_FORMED = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,31}(/[A-Za-z0-9_+-]{1,31}){0,2}")


def zone_of(name: str) -> ZoneInfo | None:
    """The zone with this IANA name; None for a name that this machine does not know."""
    if not WELL_FORMED.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a directory
        return None


class TimeZone(MiddlewareMixin):
    def process_request(self, request: HttpRequest) -> None:
        # Activated in any case: a thread that served another reader may serve this request.
        zone = zone_of(request.COOKIES.get(COOKIE, ""))
        timezone.activate(zone or timezone.get_default_timezone())
