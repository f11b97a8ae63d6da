"""What both versions of control groups share: creating, locking, entering, removing directories."""

import errno
import fcntl
import logging
import os
import signal
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from runner.limits import Limits
from runner.sandbox.limit_backends.backend import ResourceGroup, Usage
from runner.sandbox.limit_backends.check_time import CheckTime
from runner.sandbox.limit_backends.uncharged import Uncharged

logger = logging.getLogger(__name__)
PREFIX = "coderunner-"
READ_BYTES = 4096  # of files of a few lines; the kernel gives no more at once


class Parent:
    """A group of this process's own, above those of its runs.

    It is locked while the process lives, whatever its number and whoever sees it: so that others
    know what a dead one has left, and remove it.
    """

    def __init__(self, above: Path) -> None:
        """Raises OSError."""
        _remove_abandoned(above)
        while True:
            self.path = above / f"{PREFIX}{uuid4().hex[:12]}"
            self.path.mkdir()
            # Before it is locked somebody may take it for abandoned.
            with suppress(FileNotFoundError):
                self._lock = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
                fcntl.flock(self._lock, fcntl.LOCK_EX)
                if self.path.exists():
                    return
                os.close(self._lock)

    def close(self) -> None:
        remove(self.path)
        os.close(self._lock)


class Group:
    """One run's directory in one hierarchy."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> str:
        """A short file, without a file object: that costs more than the reading. Raises OSError,
        as all here do."""
        file = os.open(f"{self.path}/{name}", os.O_RDONLY)
        try:
            return os.read(file, READ_BYTES).decode()
        finally:
            os.close(file)

    def number(self, name: str) -> int:
        return int(self.read(name))

    def count(self, name: str, key: str) -> int:
        """The number beside `key` in a file of such lines; 0 when it has none."""
        pairs = (line.split() for line in self.read(name).splitlines())
        return next((int(pair[1]) for pair in pairs if pair[0] == key), 0)

    def write(self, name: str, value: int | str) -> None:
        file = os.open(f"{self.path}/{name}", os.O_WRONLY | os.O_TRUNC)
        try:
            os.write(file, str(value).encode())
        finally:
            os.close(file)

    def set(self, values: dict[str, int | str]) -> None:
        """In order; what this kernel lacks, by a name that ends in `?`, is left out."""
        for name, value in values.items():
            if name.endswith("?") and not (self.path / name[:-1]).exists():
                continue
            self.write(name.removesuffix("?"), value)


class CgroupResourceGroup(ResourceGroup):
    """A run's resource group: groups that are there as long as it is."""

    entrance = "cgroup.procs"  # its file to which a process writes 0 to come in
    _left: ClassVar[set[Path]] = set()  # by starts that were cancelled: who is in them ends soon

    def __init__(
        self,
        settings: Sequence[tuple[Group, dict[str, int | str]]],
        members: Group,
        limits: Limits,
    ) -> None:
        """The groups with what is set in each; one that is of several kinds stands there for each.

        `members`: one that lists the run's processes. Raises OSError, and leaves nothing.
        """
        self._members = members
        self._uncharged = Uncharged(limits.memory_bytes)
        self._ended_before = self._refused_before = 0  # of a program that the run had before
        self._too_full = False
        for path in list(self._left):
            self._remove(path)
        paths = {group.path for group, _ in settings}
        with ExitStack() as stack:
            for path in paths:
                path.mkdir()
                stack.callback(self._remove, path)
            for group, values in settings:
                group.set(values)
            stack.callback(self.shut)
            for path in paths:
                self.entrances += (os.open(path / self.entrance, os.O_WRONLY),)
            self._cleanup = stack.pop_all()

    @abstractmethod
    def charged(self) -> Usage:
        """What the kernel says of the groups. Raises OSError."""

    @abstractmethod
    def ended_for_memory(self) -> int:
        """How many processes the kernel has ended because there was no memory left. Raises
        OSError."""

    @abstractmethod
    def refusals(self) -> int:
        """How many processes it has refused. Raises OSError."""

    @abstractmethod
    def limit(self, limits: Limits) -> None:
        """Sets other limits than those of the start, and the peak to what is used. Raises OSError,
        with EBUSY when more memory is used, and cannot be taken back."""

    def renew(self, limits: Limits) -> None:
        self._uncharged = Uncharged(limits.memory_bytes)
        self._ended_before, self._refused_before = self.ended_for_memory(), self.refusals()
        try:
            self.limit(limits)
        except OSError as error:
            if error.errno != errno.EBUSY:
                raise
            self._too_full = True

    def usage(self, root: int, disk: int) -> Usage:
        usage, time = self.charged(), CheckTime()
        over = self._uncharged.over(root, self._pids, usage.cpu_seconds, time)
        over |= self._too_full or self.ended_for_memory() > self._ended_before
        return replace(usage, over_memory=usage.over_memory or over, complete=not time.missed)

    def refused_processes(self) -> bool:
        return self.refusals() > self._refused_before

    def _pids(self) -> list[int]:
        with suppress(OSError):  # it has just been removed
            text = (self._members.path / "cgroup.procs").read_text()
            return [int(pid) for pid in text.split()]
        return []

    def close(self) -> None:
        self._cleanup.close()

    def _remove(self, path: Path) -> None:
        if remove(path):
            self._left.discard(path)
        else:
            self._left.add(path)


def remove(path: Path) -> bool:
    """A group and those below it; whether it is gone. Groups with processes stay."""
    if _removed(path):
        return True
    with suppress(OSError):
        for below in os.scandir(path):
            if below.is_dir():
                remove(Path(below))
    return _removed(path)


def _removed(path: Path) -> bool:
    try:
        path.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _remove_abandoned(above: Path) -> None:
    for path in above.glob(f"{PREFIX}*"):
        with suppress(OSError):
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _end_processes(path)
                remove(path)
            except BlockingIOError:
                pass  # its process lives
            finally:
                os.close(lock)


def _end_processes(path: Path) -> None:
    """They should have died with their executor; these did not.

    A process of another namespace reads as 0, and a signal to 0 would be one to ourselves.
    """
    for procs in path.rglob("cgroup.procs"):
        for number in set(procs.read_text().split()) - {"0"}:
            logger.warning("Killing process %s, left by an executor that died.", number)
            with suppress(ProcessLookupError):
                os.kill(int(number), signal.SIGKILL)


def mounts() -> Iterator[tuple[str, Path, str]]:
    """Type, place and options of every mount of control groups."""
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        fields, _, rest = line.partition(" - ")
        kind, _, options = rest.split(" ", 2)
        if kind in ("cgroup", "cgroup2"):
            yield kind, Path(fields.split()[4]), options
