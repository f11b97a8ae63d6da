"""The X server of a GUI run, as the rest of the sandbox uses it."""

from runner.sandbox.screens.server import (
    LISTENER,
    Size,
    connect,
    lacks_screen,
    message_to_start,
    screen_environment,
)

__all__ = [
    "LISTENER",
    "Size",
    "connect",
    "lacks_screen",
    "message_to_start",
    "screen_environment",
]
