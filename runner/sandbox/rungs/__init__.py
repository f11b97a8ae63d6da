"""The ladder of limits: the best rung this machine has, chosen once by trying."""

import atexit
from functools import cache

from runner.limits import Limits
from runner.sandbox.rungs.cgroup_v1 import CgroupV1
from runner.sandbox.rungs.cgroup_v2 import CgroupV2
from runner.sandbox.rungs.rung import OWN_PROCESSES, Account, Rung, RungUnavailable, Usage
from runner.sandbox.rungs.watchdog import Watchdog

__all__ = [
    "OWN_PROCESSES",
    "RUNGS",
    "Account",
    "Rung",
    "RungUnavailable",
    "Usage",
    "chosen",
    "climb",
]

# From the best down. The last is there on every machine.
RUNGS: dict[str, type[CgroupV2] | type[CgroupV1] | type[Watchdog]] = {
    kind.name: kind for kind in (CgroupV2, CgroupV1, Watchdog)
}


def climb(limits: Limits) -> tuple[Rung, dict[str, str]]:
    """The best rung there is, and of each better one why it is not."""
    missing: dict[str, str] = {}
    for name, kind in RUNGS.items():
        try:
            return kind(limits), missing
        except RungUnavailable as unavailable:
            missing[name] = str(unavailable)
    raise AssertionError("the last rung is always there")


@cache
def chosen() -> Rung:
    """This process's own, until it ends."""
    rung, _ = climb(Limits())
    atexit.register(rung.close)
    return rung
