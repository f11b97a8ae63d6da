"""A pseudo-terminal with both its ends in the test's process."""

import os
from typing import Any

from runner.executor.pty import PseudoTerminal


class TerminalPair(PseudoTerminal):
    """With the slave, as a program has it."""

    def __init__(self, rows: int, cols: int) -> None:
        master, self.slave = os.openpty()
        super().__init__(master, rows, cols)

    def close_slave(self) -> None:
        if self.slave >= 0:
            os.close(self.slave)
            self.slave = -1

    def __exit__(self, *error: Any) -> None:
        self.close_slave()
        super().__exit__(*error)
