"""Times on pages are shown in the reader's own time zone.

No header tells a server the zone of a browser, so a script of every page writes it to a cookie.
Without the cookie, which only the very first page lacks, times are in the site's zone (TIME_ZONE).
"""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

COOKIE = "timezone"


@cache
def _names() -> frozenset[str]:
    """IANA names that this machine knows. No other name reaches the file system."""
    return frozenset(available_timezones() - {"localtime"})


def zone_of(name: str) -> ZoneInfo | None:
    """The zone with this IANA name; None for a name that this machine does not know."""
    return ZoneInfo(name) if name in _names() else None


class TimeZone(MiddlewareMixin):
    def process_request(self, request: HttpRequest) -> None:
        # Activated in any case: a thread that served another reader may serve this request.
        zone = zone_of(request.COOKIES.get(COOKIE, ""))
        timezone.activate(zone or timezone.get_default_timezone())
