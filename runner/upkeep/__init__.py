"""What a site does by itself. Other packages use the names listed here."""

from runner.upkeep.tasks import DAY, do_soon, register

__all__ = ["DAY", "do_soon", "register"]
