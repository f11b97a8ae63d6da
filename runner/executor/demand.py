"""How many sandboxes should be kept warm, from the bursts of the last minutes; and how many runs an
executor may claim."""

from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

BURST_SECONDS = 2.0  # a class that presses Run together does so within this time
MEMORY_SECONDS = 600.0  # and again in the same lesson


def places(memory_bytes: int, usual_bytes: int) -> int:
    """That a run takes of an executor's capacity, which is counted in runs of the usual memory."""
    return max(1, -(-memory_bytes // usual_bytes))


class Claim(NamedTuple):
    most: int  # runs; 0: none
    languages: list[str]  # for a run in one of which there is room


def next_claim(capacity: int, taken: int, places: Mapping[str, int]) -> Claim:
    """Of the next runs of the queue, whatever their languages are. `places`: that a run takes, by
    its language; one that takes more than there are has the executor to itself.

    Where only some languages have room, the next run alone is claimed, if it is in one of them.
    """
    left = capacity - taken
    largest = max(places.values(), default=1)
    if left >= largest or not taken:
        return Claim(max(1, left // largest), list(places))
    fitting = [language for language, needed in places.items() if needed <= left]
    return Claim(1 if fitting else 0, fitting)


def next_visitor(
    capacity: int, students: int, visitors: int, percent: int, places: Mapping[str, int]
) -> list[str]:
    """The languages in which one more visitor's run may start, while no student waits. `students`,
    `visitors`: places that their runs take; visitors have that share of the capacity at most."""
    share = max(1, capacity * percent // 100)
    left = min(share - visitors, capacity - students - visitors)
    return [language for language, needed in places.items() if needed <= left]


class Demand:
    """Pure: `now` is any clock in seconds that goes forward."""

    def __init__(self, least: int, most: int) -> None:
        """`least` without demand, at most `most`, but never below `least`; 0 disables."""
        self._least, self._most = least, most
        self._bursts: deque[tuple[float, int]] = deque()  # when it began, how many

    def note(self, now: float) -> None:
        """Counts one request for a sandbox."""
        began, count = self._bursts[-1] if self._bursts else (now - BURST_SECONDS, 0)
        if now - began < BURST_SECONDS:
            self._bursts[-1] = (began, count + 1)
        else:
            self._bursts.append((now, 1))
        self._forget(now)

    def wanted(self, now: float) -> int:
        self._forget(now)
        if self._least == 0:
            return 0
        peak = max((count for _, count in self._bursts), default=0)
        return max(self._least, min(peak, self._most))

    def _forget(self, now: float) -> None:
        while self._bursts and now - self._bursts[0][0] > MEMORY_SECONDS:
            self._bursts.popleft()
