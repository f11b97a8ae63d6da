"""Control groups of version 1: one hierarchy per controller.

The groups of runs are below the top of each hierarchy that is visible here.
"""

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
from runner.sandbox.limit_backends.cgroups import CgroupResourceGroup, Group, Parent, mounts
from runner.sandbox.priority import ALL_GIVING_WAY_SHARES, ALL_RUNS_SHARES, RUN_SHARES, boosted

CONTROLLERS = ("memory", "pids", "cpu", "cpuacct")
PERIOD_MICROSECONDS = 100_000


def settings(limits: Limits) -> dict[str, dict[str, int | str]]:
    memory = limits.memory_bytes + OWN_MEMORY_BYTES
    return {
        "memory": {
            "memory.limit_in_bytes": memory,
            "memory.memsw.limit_in_bytes?": memory,  # with swap; there only where it is accounted
            "memory.swappiness": 0,
            # Data in TCP and UDP sockets is accounted separately, and only once it has a limit.
            "memory.kmem.tcp.limit_in_bytes?": _in_sockets(limits),
        },
        "pids": {"pids.max": limits.processes + OWN_PROCESSES},
        "cpu": {
            "cpu.shares": RUN_SHARES,
            "cpu.cfs_period_us": PERIOD_MICROSECONDS,
            "cpu.cfs_quota_us": PERIOD_MICROSECONDS * limits.cpu_percent // 100,
        },
    }


def _in_sockets(limits: Limits) -> int:
    """Beside its memory: full sockets wait for their readers. Each gets a little more in any case,
    so thousands of them pass the limit, and twice the limit ends the run."""
    return limits.memory_bytes // 8


class CgroupV1ResourceGroup(CgroupResourceGroup):
    # A process that moves its one thread alone does not wait until no other process is starting or
    # ending: 12 ms of each start. Version 2 moves whole processes only.
    entrance = "tasks"

    def __init__(self, places: dict[str, Path], name: str, limits: Limits) -> None:
        """`places`: the directory of runs for each controller; two may have the same."""
        self._groups = {kind: Group(place / name) for kind, place in places.items()}
        self._sockets_limit = 2 * _in_sockets(limits)
        chosen = settings(limits)
        each = [(group, chosen.get(kind, {})) for kind, group in self._groups.items()]
        super().__init__(each, self._groups["pids"], limits)

    def charged(self) -> Usage:
        memory = self._groups["memory"]
        in_sockets = 0
        with suppress(FileNotFoundError):  # a kernel without
            in_sockets = memory.number("memory.kmem.tcp.usage_in_bytes")
        return Usage(
            cpu_seconds=self._groups["cpuacct"].number("cpuacct.usage") / 1e9,
            memory_bytes=memory.number("memory.usage_in_bytes") + in_sockets,
            memory_peak_bytes=memory.number("memory.max_usage_in_bytes") + in_sockets,
            processes=self._groups["pids"].number("pids.current"),
            over_memory=in_sockets > self._sockets_limit,
        )

    def ended_for_memory(self) -> int:
        return self._groups["memory"].count("memory.oom_control", "oom_kill")

    def limit(self, limits: Limits) -> None:
        self._sockets_limit = 2 * _in_sockets(limits)
        memory = self._groups["memory"]
        # With swap it may never be less than without.
        most = max(memory.number("memory.limit_in_bytes"), limits.memory_bytes + OWN_MEMORY_BYTES)
        memory.set({"memory.memsw.limit_in_bytes?": most})
        for kind, values in settings(limits).items():
            self._groups[kind].set(values)
        memory.write("memory.max_usage_in_bytes", 0)

    def boost(self, *, on: bool) -> None:
        with suppress(OSError):
            self._groups["cpu"].write("cpu.shares", boosted(RUN_SHARES) if on else RUN_SHARES)

    def refusals(self) -> int:
        return self._groups["pids"].count("pids.events", "max")


class CgroupV1(LimitBackend):
    name = "cgroup v1"
    accounted = True
    niceness = 0
    look_seconds = 0.2

    def __init__(self, limits: Limits) -> None:
        hierarchies = _hierarchies()
        missing = [kind for kind in CONTROLLERS if kind not in hierarchies]
        if missing:
            raise LimitBackendUnavailable(
                f"no {', '.join(missing)} controller of version 1 is mounted"
            )
        self._numbers = count(1)
        self._hierarchies = hierarchies
        self._giving_way: dict[str, Path] = {}  # made for the first of them
        with ExitStack() as stack:
            try:
                parents = {}
                for place in set(hierarchies.values()):
                    parents[place] = Parent(place)
                    stack.callback(parents[place].close)
                Group(parents[hierarchies["cpu"]].path).write("cpu.shares", ALL_RUNS_SHARES)
                self._places = {kind: parents[hierarchies[kind]].path for kind in CONTROLLERS}
                self.open(limits).close()
            except OSError as error:
                raise LimitBackendUnavailable(str(error)) from error
            self._cleanup = stack.pop_all()

    def open(self, limits: Limits) -> CgroupV1ResourceGroup:
        places = self._places_giving_way() if limits.gives_way else self._places
        return CgroupV1ResourceGroup(places, str(next(self._numbers)), limits)

    def _places_giving_way(self) -> dict[str, Path]:
        if not self._giving_way:
            place = self._hierarchies["cpu"]
            parent = Parent(place)
            self._cleanup.callback(parent.close)
            Group(parent.path).write("cpu.shares", ALL_GIVING_WAY_SHARES)
            self._giving_way = {
                kind: parent.path if self._hierarchies[kind] == place else path
                for kind, path in self._places.items()
            }
        return self._giving_way

    def close(self) -> None:
        with suppress(OSError):
            self._cleanup.close()


def _hierarchies() -> dict[str, Path]:
    found = {}
    for kind, place, options in mounts():
        if kind == "cgroup":
            found.update({name: place for name in options.split(",") if name in CONTROLLERS})
    return found
