"""Where memory for everybody runs short, a program ends and never the executor."""

import json

from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import attacked

PROGRAM = """
import json
seen = {"score": open("/proc/self/oom_score_adj").read()}
for name in ("oom_score_adj", "oom_adj"):
    try:
        open(f"/proc/self/{name}", "w").write("-17")
    except OSError as error:
        seen[name] = type(error).__name__
print(json.dumps(seen))
"""


async def test_a_program_is_the_first_to_end_and_cannot_change_that(backend: LimitBackend) -> None:
    ended = await attacked(backend, PROGRAM)
    assert ended.outcome is Outcome.COMPLETED
    seen = json.loads(ended.text)
    assert seen.pop("score") == "1000\n"
    assert set(seen.values()) <= {"OSError", "PermissionError"}
    assert seen
