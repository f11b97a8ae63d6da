"""What is kept of runs, for people to look at."""

from dataclasses import dataclass

from django.db.models import QuerySet

from runner.models import Recording, Run
from runner.run_state import RunStatus
from runner.transcript import plain_text


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a run printed, as text. `cut_bytes` lie between the two parts, `lost_bytes` after."""

    head: str
    cut_bytes: int
    tail: str
    lost_bytes: int


def for_list(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Newest first, with owners and without the code."""
    return runs.select_related("owner").defer("files", "args").order_by("-created_at")


def recording_of(run: Run) -> Recording:
    """An empty one when nothing was recorded."""
    return Recording.objects.filter(pk=run.pk).first() or Recording(run=run)


def transcript(run: Run, recording: Recording) -> Transcript:
    kept_to = recording.tail_offset + len(recording.tail)
    if not recording.tail:
        kept_to = len(recording.head)
    finished = run.status == RunStatus.FINISHED
    return Transcript(
        head=plain_text(recording.head),
        cut_bytes=max(0, recording.tail_offset - len(recording.head)) if recording.tail else 0,
        tail=plain_text(recording.tail),
        lost_bytes=max(0, run.output_bytes - kept_to) if finished else 0,
    )
