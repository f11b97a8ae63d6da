"""What operators need. Other packages use the names listed here and no module below."""

from runner.operations.grants import grant
from runner.operations.health import site_status

__all__ = ["grant", "site_status"]
