"""Reading recordings costs: each holds some MiB, and the transcript of a full one takes 0.4 s."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpResponse

from accounts.models import User
from runner.history import queries
from runner.history.asciicast import MEDIA_TYPE, cast
from runner.infrastructure.http.request_counts import Slots, charge
from runner.limits import KIB, MIB
from runner.models import Run

LEAST_BYTES = 4 * KIB
_slots = Slots(settings.LIMITS.recordings_read_at_once)


def charge_reading(user: User, run: Run) -> None:
    """Raises `RateLimited` for a user who has read many or large recordings this minute."""
    former = min(run.output_bytes, MIB)  # of before 2026-11-29, when it was not counted
    size = max(run.recording_bytes or former, LEAST_BYTES)
    charge(user.pk, "recordings", settings.LIMITS.recording_bytes_per_minute, size)


@contextmanager
def reading() -> Iterator[None]:
    """Waits for others that read; raises `Unavailable` if that takes too long."""
    with _slots.one():
        yield


def cast_answer(user: User, run: Run) -> HttpResponse:
    """The recording as a file, for a user who may see it. Raises a `Refused`."""
    charge_reading(user, run)
    with reading():
        text = cast(run, queries.recording_of(run))
    return HttpResponse(
        text,
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="run-{run.id}.cast"'},
    )
