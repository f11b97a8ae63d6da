"""What an executor tells of its runs to those who teach."""

from runner.executor.classes.reports import RunReporter, WantedClasses

__all__ = ["RunReporter", "WantedClasses"]
