"""The screens of GUI runs: see `relay.py`."""

from runner.executor.screens.relay import ScreenRelay

__all__ = ["ScreenRelay"]
