"""The interface of limit backends: a resource group for each run, with limits and usage."""

import os
from abc import ABC, abstractmethod
from dataclasses import dataclass

from runner.limits import MIB, Limits

OWN_PROCESSES = 3  # bubblewrap twice, and inside.py
OWN_MEMORY_BYTES = 8 * MIB  # of these processes, not of the program


class LimitBackendUnavailable(Exception):
    """It does not work on this machine; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Usage:
    cpu_seconds: float
    memory_bytes: int  # includes files in memory
    memory_peak_bytes: int
    processes: int
    over_memory: bool  # the run tried to use more than allowed
    complete: bool = True  # else the check took too long, and left out some of what is held


class ResourceGroup(ABC):
    """The resource group of a run. A process enters by writing "0" to all `entrances`."""

    entrances: tuple[int, ...] = ()

    def shut(self) -> None:
        """Closes the entrances: from now on only children of members become members."""
        for entrance in self.entrances:
            os.close(entrance)
        self.entrances = ()

    @abstractmethod
    def usage(self, root: int, disk: int) -> Usage:
        """Current usage. `root`: the first process; `disk`: descriptor of the run's file system."""

    def boost(self, *, on: bool) -> None:  # noqa: B027  # without groups nobody else may set it
        """Gives the run a greater weight than others, or its own again: see priority.py.

        Never raises."""

    @abstractmethod
    def refused_processes(self) -> bool:
        """Whether the run tried to have more processes than allowed, as far as is known."""

    @abstractmethod
    def renew(self, limits: Limits) -> None:
        """Another program of the run begins, with other limits: its peak, and what it is refused,
        count from now on. (Its processor time is the difference to what was used before.)

        Less memory than what is left of the program before is an excess. May wait for the kernel.
        Raises OSError."""

    def kill(self) -> None:  # noqa: B027  # most have nothing to add to the end of a namespace
        """Kills all its processes, if the kernel can kill a group at once."""

    @abstractmethod
    def close(self) -> None:
        """To be called when its processes are dead. Never raises."""


class LimitBackend(ABC):
    """One way to enforce limits.

    The constructor tries it, and raises `LimitBackendUnavailable` if it does not work.
    """

    name: str
    accounted: bool  # whether memory that no process has is counted too
    niceness: int

    @property
    @abstractmethod
    def look_seconds(self) -> float:
        """Seconds between two samples of a run's usage."""

    @abstractmethod
    def open(self, limits: Limits) -> ResourceGroup:
        """Raises OSError."""

    def close(self) -> None:  # noqa: B027  # a limit backend that leaves nothing has nothing to remove
        """Removes what the limit backend created on the machine."""
