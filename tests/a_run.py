"""A finished run with its recording."""

from typing import Any

from accounts.models import User
from runner.models import Recording, Run
from runner.recording_times import pack_times
from runner.run_state import Outcome, RunStatus

CODE = 'name = input("Name? ")\nprint("Hello", name)\n'
OUTPUT = b"Name? Ada\r\nHello Ada\r\n"


def finished_run(owner: User, output: bytes = OUTPUT, **fields: Any) -> Run:
    defaults = {
        "language": "python",
        "files": [{"path": "main.py", "content": CODE}],
        "main": "main.py",
        "rows": 24,
        "cols": 80,
        "status": RunStatus.FINISHED,
        "outcome": Outcome.COMPLETED,
        "exit_code": 0,
        "reason_code": "completed",
        "wall_ms": 1250,
        "cpu_ms": 31,
        "memory_peak_bytes": 9 * 1024 * 1024,
        "input_bytes": 4,
        "output_bytes": len(output),
    }
    run = Run.objects.create(owner=owner, **defaults | fields)
    Recording.objects.create(
        run=run, head=output, head_times=pack_times([(5, len(output))]), tail_offset=len(output)
    )
    return run
