"""How long a run takes to be dead, whatever it does against that."""

import asyncio
import sys

from bench.site import Site
from bench.statistics import Line, compared
from runner.limits import Limits
from runner.sandbox.limit_backends import best_backend
from tests.sandbox.teardown import LIVES, deaths, plain_seconds_to_die

TIMES = 8  # of each kind
BESIDE = "eight plain processes"


def ends(site: Site) -> list[Line]:
    """From the decision until no process is left, on the best limit backend here."""
    print(f"ends, {TIMES} times of each kind …", file=sys.stderr, flush=True)
    backend, _ = best_backend(Limits())
    try:
        ours = [took for life in LIVES for took in asyncio.run(deaths(backend, life, TIMES))]
    finally:
        backend.close()
    theirs = [plain_seconds_to_die() for _ in range(TIMES)]
    return [compared("end", ours, theirs, part, BESIDE, "<= 100 ms") for part in (50, 95, 100)]
