"""Whose site this is, for every template: also mails and pages without a request."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def site_name(full: bool = False) -> str:
    """What the operator calls the site; by default the product, by its short or its full name."""
    return str(settings.SITE_NAME or ("Interactive Code Runner" if full else "Code Runner"))


@register.simple_tag
def site_logo() -> str:
    """The address of the picture; empty without one."""
    picture = settings.SITE_LOGO
    return f"{reverse('site-logo')}?v={picture.version}" if picture else ""


@register.simple_tag
def imprint_url() -> str:
    return str(settings.IMPRINT_URL)


@register.simple_tag
def privacy_url() -> str:
    return str(settings.PRIVACY_URL)
