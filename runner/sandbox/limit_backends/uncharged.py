"""What the kernel keeps for a run and charges to no control group, as far as programs may have it.

docs/system-calls.md lists all of it. Most is small beside what is charged for the same object; what
is left is counted here: locks of parts of files, and TCP connections that nobody has accepted. And
watches of descriptors, which are charged, but of which a user of the machine may have a number.
"""

from collections.abc import Callable, Iterable
from time import thread_time

from runner.limits import KIB
from runner.sandbox.limit_backends.backend import OWN_PROCESSES
from runner.sandbox.limit_backends.check_time import CheckTime
from runner.sandbox.limit_backends.open_files import OpenFiles
from runner.sandbox.limit_backends.sockets import sockets

SOCKET_BYTES = 4 * KIB  # its place among those that share a port, its address
TCP_BYTES = 128 * KIB  # what it has received (NETWORK in outside.py), a packet more, and itself
LOCK_BYTES = 256
COUNT_CPU_SECONDS = 0.25  # of a program, in which it takes 250,000 locks at most: 64 MB
# … and so many times what the last count took: a program that makes counting costly pays for it.
COUNT_TIMES = 2


class Uncharged:
    """Of one run, with what it is limited to."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._count_at = COUNT_CPU_SECONDS  # of its processor time
        self._locks = 0
        self._too_many = False

    def over(
        self, root: int, pids: Callable[[], Iterable[int]], cpu_seconds: float, time: CheckTime
    ) -> bool:
        """Whether it has more than it may. `root`: the first process; `pids`: those of its group.

        Locks are counted when it has worked enough to have made many. If the time is over, their
        last number stands. Of a program's processes none can hide what it has open.
        """
        if cpu_seconds > self._count_at:
            began = thread_time()
            opened = OpenFiles(self._limit // LOCK_BYTES, looks_for_in_flight=False)
            hidden = opened.note(pids(), time)
            pause = max(COUNT_CPU_SECONDS, COUNT_TIMES * (thread_time() - began))
            # Who could not be counted in time is counted at the next look: twice ends the run.
            self._count_at = 0.0 if time.missed else cpu_seconds + pause
            self._locks = max(opened.locks, self._locks if time.missed else 0)
            self._too_many = opened.too_many or hidden > OWN_PROCESSES
        found = sockets(root)
        network = found.all * SOCKET_BYTES + found.tcp * TCP_BYTES
        return self._too_many or network + self._locks * LOCK_BYTES > self._limit
