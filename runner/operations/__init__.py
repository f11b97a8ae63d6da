"""Health, metrics and database grants. Other packages use the names listed here."""

from runner.operations.grants import grant
from runner.operations.health import site_status

__all__ = ["grant", "site_status"]
