"""The screens of GUI runs: see `relay.py`."""

from runner.executor.screens.relay import ScreenRelay
from runner.executor.screens.stills import Stills, Store

__all__ = ["ScreenRelay", "Stills", "Store"]
