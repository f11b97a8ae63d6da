"""Visitors: people without an account, who run programs that are open to them. Nothing about them
is kept: see docs/decisions/093. Other packages use the names listed here."""

from runner.visitors.terminal import VisitorTickets
from runner.visitors.views import example_for

__all__ = ["VisitorTickets", "example_for"]
