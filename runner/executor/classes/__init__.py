"""What an executor tells of its runs to those who teach."""

from runner.executor.classes.reports import ClassReports, RunReporter, WantedClasses

__all__ = ["ClassReports", "RunReporter", "WantedClasses"]
