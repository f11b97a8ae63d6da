"""The interface of limit backends: a resource group for each run, with limits and usage."""

import os
from abc import ABC, abstractmethod
from dataclasses import dataclass

from runner.limits import MIB, Limits

OWN_PROCESSES = 3  # bubblewrap twice, and inside.py
OWN_MEMORY_BYTES = 8 * MIB  # of theirs, which is not the program's


class LimitBackendUnavailable(Exception):
    """This machine does not have it; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Usage:
    cpu_seconds: float
    memory_bytes: int  # files in memory are in it
    memory_peak_bytes: int
    processes: int
    over_memory: bool  # the run wanted more than it may have


class ResourceGroup(ABC):
    """One run's. Its processes enter by writing "0" to each of `entrances`, all descriptors."""

    entrances: tuple[int, ...] = ()

    def shut(self) -> None:
        """Nobody enters any more, but by being born inside."""
        for entrance in self.entrances:
            os.close(entrance)
        self.entrances = ()

    @abstractmethod
    def usage(self, root: int, disk: int) -> Usage:
        """Now. `root` is the first process, `disk` a descriptor of the run's file system."""

    def boost(self, *, on: bool) -> None:  # noqa: B027  # without groups nobody else may set it
        """Gives the run a greater weight than others, or its own again: see priority.py.

        Never raises."""

    @abstractmethod
    def refused_processes(self) -> bool:
        """Whether the run wanted more processes than it may have, as far as was seen."""

    def kill(self) -> None:  # noqa: B027  # most have nothing to add to the end of a namespace
        """Ends all its processes, where the kernel has a way to end all at once."""

    @abstractmethod
    def close(self) -> None:
        """When its processes are dead. Never raises."""


class LimitBackend(ABC):
    """One way to enforce limits.

    The constructor tries it out, and raises `LimitBackendUnavailable` where it does not work.
    """

    name: str
    accounted: bool  # whether memory that no process has is counted too
    niceness: int

    @property
    @abstractmethod
    def look_seconds(self) -> float:
        """Between two looks at a run's usage."""

    @abstractmethod
    def open(self, limits: Limits) -> ResourceGroup:
        """Raises OSError."""

    def close(self) -> None:  # noqa: B027  # a limit backend that leaves nothing has nothing to remove
        """Removes what the limit backend made on the machine."""
