"""For how long something has stayed as it is, by this process's own steady clock. Pure."""

from collections.abc import Collection, Hashable
from threading import Lock
from typing import Generic, TypeVar

Fact = TypeVar("Fact", bound=Hashable)


class SteadyClock(Generic[Fact]):
    """Measures by the monotonic clock for how long facts have held, because clocks that tell the
    time of day jump. Thread-safe."""

    def __init__(self) -> None:
        self._since: dict[Fact, float] = {}
        self._lock = Lock()

    def seconds(self, facts: Collection[Fact], now: float) -> dict[Fact, float]:
        """For how long each of `facts` has been among those of every call; 0 for a new one."""
        with self._lock:
            self._since = {fact: self._since.get(fact, now) for fact in facts}
            return {fact: now - since for fact, since in self._since.items()}
