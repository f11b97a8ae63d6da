"""Which languages this executor offers: those that are installed here and work in its sandbox."""

from runner.executor.languages.installed import Installed
from runner.executor.languages.own_languages import OwnLanguages
from runner.executor.languages.windows import with_windows

__all__ = ["Installed", "OwnLanguages", "with_windows"]
