"""The order of the queue: every user's first run comes before second ones, then age decides.

Each run gets its turn when it is created: the turn of the run that was claimed last, plus one for
each active run of its owner (start tags of fair queueing). So 100 runs of one user have 100 turns,
and the first run of another user gets the turn that is served now. A turn never changes, so the
position of a run is a range of one index, however long the queue is.

Executors may differ in their languages. Each claims the first runs in those that it has, so a run
that only a busy executor can take holds up no other. The position counts the runs that the same
executor may claim.

Runs of visitors wait apart from those of users: see `visitors/`.
"""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from runner.models import Run
from runner.run_state import RunStatus


def waiting() -> QuerySet[Run]:
    """Queued runs, in the order in which they will be claimed."""
    return Run.objects.filter(status=RunStatus.QUEUED).order_by("turn", "created_at")


def position(run: Run, beside: Collection[str]) -> int:
    """1 = claimed next, unless a user with fewer runs creates one meanwhile. `beside`: the
    languages of the runs that it waits with."""
    earlier = Q(turn__lt=run.turn) | Q(created_at__lt=run.created_at)
    apart = waiting().filter(owner__isnull=run.owner_id is None)
    return apart.filter(earlier, turn__lte=run.turn, language__in=beside).count() + 1
