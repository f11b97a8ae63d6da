"""Where a program begins, read from its sources, where the language does not say it by a path."""

from runner.languages.entry_points.jvm import NoEntry, find_entry
from runner.languages.entry_points.own_mains import sources_of

__all__ = ["NoEntry", "find_entry", "sources_of"]
