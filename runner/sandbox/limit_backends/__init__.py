"""The ladder of limits: the best rung this machine has, chosen once by trying."""

import atexit
from functools import cache

from runner.limits import Limits
from runner.sandbox.limit_backends.backend import (
    OWN_PROCESSES,
    Account,
    Rung,
    RungUnavailable,
    Usage,
)
from runner.sandbox.limit_backends.cgroup_v1 import CgroupV1
from runner.sandbox.limit_backends.cgroup_v2 import NOT_DELEGATED, CgroupV2
from runner.sandbox.limit_backends.watchdog import Watchdog

__all__ = [
    "NOT_DELEGATED",
    "OWN_PROCESSES",
    "RUNGS",
    "Account",
    "Rung",
    "RungUnavailable",
    "Usage",
    "chosen",
    "climb",
    "missing",
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
def _ladder() -> tuple[Rung, dict[str, str]]:
    rung, missing = climb(Limits())
    atexit.register(rung.close)
    return rung, missing


def chosen() -> Rung:
    """This process's own, until it ends."""
    return _ladder()[0]


def missing() -> dict[str, str]:
    """Of each better rung, why it is not the chosen one."""
    return _ladder()[1]
