"""Two runs from the pool have nothing by chance in common."""

import json
from itertools import combinations
from pathlib import Path

from tests.runner.sandbox.inside import printed

PROGRAM = Path(__file__).with_name("chances.py").read_text()


async def test_two_runs_share_no_seed_name_or_time() -> None:
    runs = [json.loads(await printed(PROGRAM)) for _ in range(3)]
    for one, other in combinations(runs, 2):
        assert [name for name in one if one[name] == other[name]] == []


async def test_a_program_and_its_parent_share_no_generator() -> None:
    """The interpreter was split after its start: what is random must not come from before."""
    source = """if True:
        import sys
        print([m for m in ("random", "_random", "secrets", "uuid", "tempfile", "ssl", "_hashlib")
               if m in sys.modules])"""
    assert await printed(source) == "[]\n"
