"""The web side of a terminal. Other packages use the names listed here and no module below.

`gate` decides who may open a socket and what it may say, `link` follows one run, `wire` numbers and
repeats what is said between a socket and an executor.
"""

from runner.terminal.gate.admission import NotAdmitted, admit
from runner.terminal.gate.consumer import TerminalConsumer, open_sockets
from runner.terminal.gate.language import language_of
from runner.terminal.gate.rate_limit import (
    SOCKET_WAIT_SECONDS,
    WAITING,
    Rates,
    charge,
    cost_of,
    rates_of,
)
from runner.terminal.gate.refusals import AlreadyRunning, error_of
from runner.terminal.gate.socket import Socket

__all__ = [
    "SOCKET_WAIT_SECONDS",
    "WAITING",
    "AlreadyRunning",
    "NotAdmitted",
    "Rates",
    "Socket",
    "TerminalConsumer",
    "admit",
    "charge",
    "cost_of",
    "error_of",
    "language_of",
    "open_sockets",
    "rates_of",
]
