"""Times on pages, in the time zone and the language of the reader."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def local_minute(value: datetime) -> str:
    """Date and minute, as text."""
    return date_format(timezone.localtime(value), pgettext("date format", "j M Y, H:i"))


@register.filter
def local_time(value: datetime) -> SafeString:
    """A `time` element: date and minute; a tooltip has the seconds and the zone."""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        date_format(local, pgettext("date format", "j M Y, H:i:s T")),
        local_minute(value),
    )


@register.filter
def day_of_year(value: date) -> str:
    """A day, with its year."""
    return date_format(value, pgettext("date format", "j M Y"))
