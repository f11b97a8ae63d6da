"""Nothing is left behind: no group, mount, terminal, descriptor, process or file."""

import re
from pathlib import Path

import psutil
import pytest

from runner.executor.warm_pool import STARTS
from runner.sandbox.limit_backends import LimitBackend
from runner.sandbox.limit_backends.cgroups import PREFIX
from tests.product import Product
from tests.runner.sandbox.inside import parents
from tests.sandbox.many_runs import left, run_many


@pytest.mark.attacks
@pytest.mark.timeout(300)
async def test_after_many_runs_nothing_is_left(backend: LimitBackend) -> None:
    """`python -m tests.sandbox.many_runs 1000` tries more than there is time for here."""
    await run_many(backend, 1)
    before = left()
    await run_many(backend, 40)
    assert left() == before


@pytest.mark.attacks
def test_after_an_executor_that_ends_in_order_nothing_is_left(small_product: Product) -> None:
    server = small_product.serve(POOL_SIZE="2")
    server.wait_until_ready()
    executor = psutil.Process(server.process.pid)

    def sandboxes() -> list[psutil.Process]:
        below = executor.children(recursive=True)
        return [each for each in below if each.name() == "bwrap"]

    server.process.wait_until(lambda: len(sandboxes()) == 2 * (2 + STARTS))
    processes = executor.children(recursive=True)
    groups = {
        name
        for process in sandboxes()
        for name in re.findall(
            PREFIX + "[0-9a-f]+", Path(f"/proc/{process.pid}/cgroup").read_text()
        )
    }
    server.process.stop()
    assert server.process.exit_code == 0
    assert psutil.wait_procs(processes, timeout=10)[1] == []
    assert not groups & {path.name for path in parents()}
