"""When the time of an interview is over, the programs of its candidates end."""

from django.utils.translation import gettext as _

from runner import access, runs
from runner.models import Interview
from runner.rooms.store import name_of


def end_runs(room_id: int) -> int:
    """Of guests in a room whose interview does not go on; how many were asked to end. Waits for
    them, for a bounded time."""
    over = Interview.objects.filter(room=room_id).exclude(access.goes_on())
    interview = over.select_related("owner").first()
    if interview is None:
        return 0
    running = list(access.runs_of_guests(room_id).values_list("pk", flat=True))
    for run in running:
        runs.stop_by_instructor(run, name_of(interview.owner), _("The time is over."))
    return len(running)


def end_all_runs() -> int:
    """The same in all interviews whose end may have been missed: nobody had a page open then."""
    over = Interview.objects.exclude(access.goes_on()).exclude(started_at=None)
    rooms = over.filter(room__in=access.runs_of_guests().values("room"))
    return sum(end_runs(room) for room in list(rooms.values_list("room", flat=True)))
