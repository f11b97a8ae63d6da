"""The program that the sign-in page shows."""

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context

from runner.protocol.refusals import Refused
from runner.visitors import example_for

register = template.Library()


@register.simple_tag(takes_context=True)
def example_to_try(context: Context) -> dict[str, object] | None:
    """What `visitors/panel.html` needs; None where visitors run nothing."""
    request = context.get("request")
    if settings.VISITORS == "off" or not isinstance(request, HttpRequest):
        return None
    try:
        return example_for(request)
    except Refused:
        return None
