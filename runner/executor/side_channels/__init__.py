"""Sockets that a program connects to, to hand over more than text: see `side_channel.py`."""

from runner.executor.side_channels.debug_relay import DebugRelay
from runner.executor.side_channels.delivery import Side, SideDelivery
from runner.executor.side_channels.frames import BadFrame, Frame
from runner.executor.side_channels.shown import Shown
from runner.executor.side_channels.side_channel import Connection, SideChannel
from runner.executor.side_channels.turns import Turns, UserTurns

__all__ = [
    "BadFrame",
    "Connection",
    "DebugRelay",
    "Frame",
    "Shown",
    "Side",
    "SideChannel",
    "SideDelivery",
    "Turns",
    "UserTurns",
]
