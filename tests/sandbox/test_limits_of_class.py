"""A class's lower limits hold as the site's do, also in a sandbox that was made with the site's."""

import asyncio
from typing import Any

import pytest

from accounts.models import User
from runner import runs
from runner.executor.run_task import RunTask
from runner.executor.warm_pool import WarmPool, WarmSandbox
from runner.limits import KIB, MIB, Limits
from runner.models import Executor, Run
from runner.run_state import Outcome

SITE = Limits()
WAIT_SECONDS = 60
LOOP = "while True: pass"
GREEDY = "x = bytearray(80 << 20)\nprint(len(x), flush=True)\nimport time; time.sleep(60)"
FORKS = """if True:
    import os, time
    for _ in range(64):
        if os.fork() == 0: time.sleep(60)
    print("all")"""


@pytest.fixture(autouse=True)
def _no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run is in no database."""
    for name in ("start_run", "save_progress"):
        monkeypatch.setattr(runs, name, lambda *_, **__: True)


async def ended(source: str, ceilings: dict[str, Any], *, warm: bool) -> Any:
    run = Run(
        owner=User(pk=1), language="python", files=[{"path": "main.py", "content": source}],
        main="main.py", rows=24, cols=80, ceilings=ceilings,
    )  # fmt: skip
    pool = WarmPool(0, 1, SITE)
    if warm:
        pool._waiting.append(await WarmSandbox.start(SITE, warm=True))
    async with asyncio.timeout(WAIT_SECONDS):
        return await RunTask(run, Executor(name="one"), pool)._execute()


@pytest.mark.attacks
@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize(
    ("source", "ceilings", "outcome"),
    [
        (LOOP, {"cpu_seconds": 1}, Outcome.CPU_LIMIT),
        (GREEDY, {"memory_bytes": 48 * MIB}, Outcome.MEMORY_LIMIT),
        ("while True: print('x' * 999)", {"output_bytes": 64 * KIB}, Outcome.OUTPUT_LIMIT),
        (FORKS, {"processes": 16}, Outcome.FAILED),
        ("print(1)", {"cpu_seconds": 10**9, "memory_bytes": 10**15}, Outcome.COMPLETED),
    ],
)
async def test_a_program_is_held_to_them(
    source: str, ceilings: dict[str, Any], outcome: Outcome, warm: bool
) -> None:
    ending = await ended(source, ceilings, warm=warm)
    assert ending.outcome == outcome, ending
    if "output_bytes" in ceilings:
        assert ending.output_bytes <= 64 * KIB
