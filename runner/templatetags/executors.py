"""What operators must know about executors, on the admin's first page."""

from django import template

from runner.limits import WATCHDOG
from runner.runs import alive_executors

register = template.Library()
MOST_NAMES = 5


@register.simple_tag
def weak_executors() -> str:
    """Names of executors that are alive and have no control groups; empty: there is none."""
    names = alive_executors().filter(sandbox=WATCHDOG).values_list("name", flat=True)
    first = list(names.order_by("pk")[: MOST_NAMES + 1])
    return ", ".join(first[:MOST_NAMES]) + (" …" if len(first) > MOST_NAMES else "")
