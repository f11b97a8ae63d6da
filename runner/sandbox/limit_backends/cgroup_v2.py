"""Control groups of version 2, if a subtree was delegated to this process.

The kernel allows processes only in leaves. So this executor, and whatever shares its group, moves
into a leaf of its own; then the controllers of the group can be delegated to the groups of runs.
"""

import errno
import os
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path

from runner.limits import Limits
from runner.sandbox.limit_backends.backend import (
    OWN_MEMORY_BYTES,
    OWN_PROCESSES,
    LimitBackend,
    LimitBackendUnavailable,
    Usage,
)
from runner.sandbox.limit_backends.cgroups import (
    READ_BYTES,
    CgroupResourceGroup,
    Group,
    Parent,
    mounts,
)
from runner.sandbox.priority import ALL_GIVING_WAY_WEIGHT, ALL_RUNS_WEIGHT, RUN_WEIGHT, boosted

CONTROLLERS = ("cpu", "memory", "pids")
NOT_DELEGATED = "no control group is delegated to this process"
REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)
TRIES = 10
LEAF = "executor"  # where processes that are no runs' live
PERIOD_MICROSECONDS = 100_000


def settings(limits: Limits) -> dict[str, int | str]:
    quota = PERIOD_MICROSECONDS * limits.cpu_percent // 100
    return {
        "memory.max": limits.memory_bytes + OWN_MEMORY_BYTES,
        "memory.swap.max?": 0,
        "memory.oom.group": 1,  # one process too large ends them all, at once
        "pids.max": limits.processes + OWN_PROCESSES,
        "cpu.weight": RUN_WEIGHT,
        "cpu.max": f"{quota} {PERIOD_MICROSECONDS}",
    }


class CgroupV2ResourceGroup(CgroupResourceGroup):
    def __init__(self, path: Path, limits: Limits) -> None:
        self._group = Group(path)
        self._peak = 0
        self._peak_file: int | None = None  # where the peak counts from another program's start
        self._begins_again = False
        super().__init__([(self._group, settings(limits))], self._group, limits)

    def charged(self) -> Usage:
        memory = self._group.number("memory.current")
        self._peak = max(self._peak, memory, self._kernels_peak())
        return Usage(
            cpu_seconds=self._group.count("cpu.stat", "usage_usec") / 1e6,
            memory_bytes=memory,
            memory_peak_bytes=self._peak,
            processes=self._group.number("pids.current"),
            over_memory=False,  # see ended_for_memory
        )

    def _kernels_peak(self) -> int:
        """0 where it is not known: before Linux 5.19, and from the start of a second program on
        before 6.12."""
        if self._peak_file is not None:
            return int(os.pread(self._peak_file, READ_BYTES, 0))
        with suppress(FileNotFoundError):
            return 0 if self._begins_again else self._group.number("memory.peak")
        return 0

    def ended_for_memory(self) -> int:
        return self._group.count("memory.events", "oom_kill")

    def limit(self, limits: Limits) -> None:
        self._group.set(settings(limits))
        self._begins_again, self._peak = True, 0
        self._close_peak_file()
        with suppress(OSError):  # what is written counts for what is read by the same descriptor
            file = os.open(f"{self._group.path}/memory.peak", os.O_RDWR)
            try:
                os.write(file, b"0")
            except OSError:
                os.close(file)
                raise
            self._peak_file = file

    def close(self) -> None:
        self._close_peak_file()
        super().close()

    def _close_peak_file(self) -> None:
        if self._peak_file is not None:
            os.close(self._peak_file)
            self._peak_file = None

    def boost(self, *, on: bool) -> None:
        with suppress(OSError):
            self._group.write("cpu.weight", boosted(RUN_WEIGHT) if on else RUN_WEIGHT)

    def refusals(self) -> int:
        return self._group.count("pids.events", "max")

    def kill(self) -> None:
        with suppress(OSError):  # Linux 5.14; the end of the namespace does the same
            self._group.write("cgroup.kill", 1)


class CgroupV2(LimitBackend):
    name = "cgroup v2"
    accounted = True
    niceness = 0
    look_seconds = 0.2

    def __init__(self, limits: Limits, own: Path | None = None) -> None:
        """`own`: the group this process is in."""
        self._numbers = count(1)
        self._giving_way: Parent | None = None  # made for the first of them
        with ExitStack() as stack:
            try:
                self._above = _prepared(own or _own_group())
                self._parent = Parent(self._above)
                stack.callback(self._parent.close)
                parent = Group(self._parent.path)
                parent.set({"cpu.weight": ALL_RUNS_WEIGHT, "cgroup.subtree_control": _all("+")})
                self.open(limits).close()
            except OSError as error:
                refused = error.errno in REFUSED  # who may not write there has been given nothing
                raise LimitBackendUnavailable(NOT_DELEGATED if refused else str(error)) from error
            self._cleanup = stack.pop_all()

    def open(self, limits: Limits) -> CgroupV2ResourceGroup:
        parent = self._parent_giving_way() if limits.gives_way else self._parent
        return CgroupV2ResourceGroup(parent.path / str(next(self._numbers)), limits)

    def _parent_giving_way(self) -> Parent:
        if self._giving_way is None:
            parent = Parent(self._above)
            self._cleanup.callback(parent.close)
            group = Group(parent.path)
            group.set({"cpu.weight": ALL_GIVING_WAY_WEIGHT, "cgroup.subtree_control": _all("+")})
            self._giving_way = parent
        return self._giving_way

    def close(self) -> None:
        with suppress(OSError):
            self._cleanup.close()


def _own_group() -> Path:
    place = next((place for kind, place, _ in mounts() if kind == "cgroup2"), None)
    if place is None:
        raise LimitBackendUnavailable("no control groups of version 2 are mounted")
    lines = Path("/proc/self/cgroup").read_text().splitlines()
    own = next(line.removeprefix("0::") for line in lines if line.startswith("0::"))
    group = place / own.lstrip("/")
    if not _delegated(group, top=own in ("/", f"/{LEAF}")):
        raise LimitBackendUnavailable(NOT_DELEGATED)
    return group


def _delegated(group: Path, *, top: bool) -> bool:
    """systemd marks what it delegates; the top, seen from a container, is the container's own.

    Elsewhere others' processes live, and whoever keeps them does not expect us to move them.
    """
    above = group.parent if group.name == LEAF else group
    try:
        return top or os.getxattr(above, "user.delegate") == b"1"
    except OSError:
        return False


def _prepared(own: Path) -> Path:
    """The group below which runs may have theirs, with all controllers handed down."""
    above = Group(own.parent if own.name == LEAF else own)
    offered = above.read("cgroup.controllers").split()
    missing = [name for name in CONTROLLERS if name not in offered]
    if missing:
        raise LimitBackendUnavailable(
            f"no {', '.join(missing)} controller of version 2 is delegated"
        )
    for left in reversed(range(TRIES)):
        if (above.path / "cgroup.type").exists():  # all but the host's own top, which may keep them
            _clear(above)
        try:
            above.write("cgroup.subtree_control", _all("+"))
            break
        except OSError as error:
            somebody_came = error.errno == errno.EBUSY  # or was born, since the group was cleared
            if not (somebody_came and left):
                raise
    return above.path


def _clear(above: Group) -> None:
    """Moves the processes of the group into a leaf."""
    leaf = Group(above.path / LEAF)
    leaf.path.mkdir(exist_ok=True)
    for process in (above.path / "cgroup.procs").read_text().split():
        with suppress(ProcessLookupError):
            leaf.write("cgroup.procs", process)


def _all(sign: str) -> str:
    return " ".join(sign + name for name in CONTROLLERS)
