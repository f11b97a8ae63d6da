"""The limit backends, best first. The best one that works here is chosen once, by trying."""

import atexit
from functools import cache

from runner.limits import Limits
from runner.sandbox.limit_backends.backend import (
    OWN_PROCESSES,
    LimitBackend,
    LimitBackendUnavailable,
    ResourceGroup,
    Usage,
)
from runner.sandbox.limit_backends.cgroup_v1 import CgroupV1
from runner.sandbox.limit_backends.cgroup_v2 import NOT_DELEGATED, CgroupV2
from runner.sandbox.limit_backends.watchdog import Watchdog

__all__ = [
    "LIMIT_BACKENDS",
    "NOT_DELEGATED",
    "OWN_PROCESSES",
    "LimitBackend",
    "LimitBackendUnavailable",
    "ResourceGroup",
    "Usage",
    "best_backend",
    "chosen_backend",
    "missing",
]

# From the best down. The last is there on every machine.
LIMIT_BACKENDS: dict[str, type[CgroupV2] | type[CgroupV1] | type[Watchdog]] = {
    kind.name: kind for kind in (CgroupV2, CgroupV1, Watchdog)
}


def best_backend(limits: Limits) -> tuple[LimitBackend, dict[str, str]]:
    """The best limit backend there is, and of each better one why it is not."""
    missing: dict[str, str] = {}
    for name, kind in LIMIT_BACKENDS.items():
        try:
            return kind(limits), missing
        except LimitBackendUnavailable as unavailable:
            missing[name] = str(unavailable)
    raise AssertionError("the last limit backend is always there")


@cache
def _chosen_once() -> tuple[LimitBackend, dict[str, str]]:
    backend, missing = best_backend(Limits())
    atexit.register(backend.close)
    return backend, missing


def chosen_backend() -> LimitBackend:
    """This process's own, until it ends."""
    return _chosen_once()[0]


def missing() -> dict[str, str]:
    """Of each better limit backend, why it is not the chosen one."""
    return _chosen_once()[1]
