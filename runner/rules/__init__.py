"""What programs of a site shall not use: a rule of teaching, and no boundary of security."""

from runner.rules.forbidden import Finding, Forbidden, find_forbidden

__all__ = ["Finding", "Forbidden", "find_forbidden"]
