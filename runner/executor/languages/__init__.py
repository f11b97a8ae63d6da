"""Which languages this executor offers: those that are installed here and work in its sandbox."""

from runner.executor.languages.machine import Machine

__all__ = ["Machine"]
