"""For how long something has stayed as it is, by this process's own steady clock. Pure."""

from collections.abc import Collection, Hashable
from threading import Lock
from typing import Generic, TypeVar

Fact = TypeVar("Fact", bound=Hashable)


class SteadyClock(Generic[Fact]):
    """Clocks that tell the time of day jump; so what they tell is believed only once it was seen to
    last. Threads may share one."""

    def __init__(self) -> None:
        self._since: dict[Fact, float] = {}
        self._lock = Lock()

    def seconds(self, facts: Collection[Fact], now: float) -> dict[Fact, float]:
        """Since when each of `facts` was among those of every call; 0 for a new one."""
        with self._lock:
            self._since = {fact: self._since.get(fact, now) for fact in facts}
            return {fact: now - since for fact, since in self._since.items()}
