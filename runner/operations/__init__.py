"""Health, metrics and database grants. Other packages use the names listed here."""

from runner.operations.grants import NotPermitted, grant, reserve_connections
from runner.operations.health import site_status

__all__ = ["NotPermitted", "grant", "reserve_connections", "site_status"]
