"""What a hostile account has stored before it attacks; called in a process of the site."""

from typing import TYPE_CHECKING

from runner.recording_times import pack_times
from runner.run_state import Outcome, RunStatus

if TYPE_CHECKING:  # benchmarks import this module, and have no Django set up
    from accounts.models import User
    from runner.models import Run

SNIPPETS, SNIPPET_BYTES = 128, 510_000  # as much as an account may keep
PART_BYTES = 512 * 1024


def fill(username: str) -> str:
    """Snippets that take long to search, and a run whose transcript takes long; its id."""
    from accounts.models import User

    owner = User.objects.get(username=username)
    for number in range(SNIPPETS):
        _snippet(owner, number)
    return str(_run(owner).pk)


def _snippet(owner: "User", number: int) -> None:
    from django.utils import timezone

    from runner.models import Snippet

    text = "a" * SNIPPET_BYTES
    Snippet.objects.create(
        owner=owner,
        title=f"{number}",
        language="python",
        files=[{"path": "main.py", "content": text}],
        main="main.py",
        size_bytes=SNIPPET_BYTES,
        search_text=text,
        updated_at=timezone.now(),
    )


def _run(owner: "User") -> "Run":
    from runner.models import Recording, Run

    part = (b"\x1b[Kx\r" * PART_BYTES)[:PART_BYTES]
    run = Run.objects.create(
        owner=owner,
        language="python",
        files=[{"path": "main.py", "content": ""}],
        main="main.py",
        rows=24,
        cols=80,
        status=RunStatus.FINISHED,
        outcome=Outcome.COMPLETED,
        exit_code=0,
        reason_code="completed",
        output_bytes=2 * PART_BYTES,
    )
    times = pack_times([(number, 32) for number in range(PART_BYTES // 32)])
    Recording.objects.create(
        run=run, head=part, tail=part, head_times=times, tail_times=times, tail_offset=PART_BYTES
    )
    return run
