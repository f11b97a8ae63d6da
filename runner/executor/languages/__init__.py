"""Which languages this executor offers: those that are installed here and work in its sandbox."""

from runner.executor.languages.own_languages import OwnLanguages
from runner.executor.languages.tried_before import TriedBefore

__all__ = ["OwnLanguages", "TriedBefore"]
