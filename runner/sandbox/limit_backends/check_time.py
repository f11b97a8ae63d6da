"""How long one check of a run's usage may take."""

import time

CPU_SECONDS = 0.5  # of one thread; 64 ordinary processes take a tenth of that
# A program can hold locks of the kernel for which a check waits; on a busy machine it waits, too.
WALL_SECONDS = 5.0


class CheckTime:
    """The time of one check, from now on.

    Processor time counts, so that a check on a busy machine is not taken for a costly one.
    """

    def __init__(self) -> None:
        self._cpu = time.thread_time() + CPU_SECONDS
        self._wall = time.monotonic() + WALL_SECONDS
        self.missed = False  # something was left out because the time was over

    def left(self) -> bool:
        if not self.missed:
            self.missed = time.thread_time() > self._cpu or time.monotonic() > self._wall
        return not self.missed
