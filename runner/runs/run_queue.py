"""The order of the queue: a user's first run comes before others' second ones, then age.

Each run gets its turn when it is asked for: the turn of the run that was claimed last, plus one for
each run its owner has already. So 100 runs of one user have 100 turns, and whoever comes meanwhile
with a first run has the turn that is being served. A turn never changes: a place in the queue is an
index's range, however long the queue is.
"""

from django.db.models import Q, QuerySet

from runner.models import Run
from runner.run_state import RunStatus


def waiting() -> QuerySet[Run]:
    """In the order in which they will be claimed."""
    return Run.objects.filter(status=RunStatus.QUEUED).order_by("turn", "created_at")


def position(run: Run) -> int:
    """1: it is claimed next, unless somebody with fewer runs comes meanwhile."""
    earlier = Q(turn__lt=run.turn) | Q(created_at__lt=run.created_at)
    return waiting().filter(earlier, turn__lte=run.turn).count() + 1
