"""The web side of a terminal. Other packages use the names listed here and no module below.

`gate` decides who may open a socket and what it may say, `link` follows one run, `wire` numbers and
repeats what is said between a socket and an executor.
"""

from runner.terminal.gate.consumer import TerminalConsumer

__all__ = ["TerminalConsumer"]
