"""The web side of a terminal. Other packages use the names listed here and no module below.

`gate` decides who may open a socket and what it may say, `link` follows one run, `wire` numbers and
repeats what is said between a socket and an executor.
"""

from runner.terminal.gate.admission import NotAdmitted, admit
from runner.terminal.gate.consumer import TerminalConsumer, open_sockets
from runner.terminal.gate.language import language_of
from runner.terminal.gate.rate_limit import Rates, charge, cost_of
from runner.terminal.gate.refusals import error_of
from runner.terminal.gate.socket import Socket

__all__ = [
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
]
