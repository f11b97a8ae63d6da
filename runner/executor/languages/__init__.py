"""Which languages this executor offers: those that are installed here and work in its sandbox."""

from runner.executor.languages.installed import Installed
from runner.executor.languages.own_languages import OwnLanguages

__all__ = ["Installed", "OwnLanguages"]
