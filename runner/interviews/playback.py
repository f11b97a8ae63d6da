"""How an interview went: every update of its room, and every program that ran in it, on one clock.

The page gets updates as they are, and makes a document of them: at the end it has the text that the
room has.
"""

import struct
from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from runner import history, rooms
from runner.infrastructure.http.request_counts import charge
from runner.interviews.page import of_interviewer, reader
from runner.models import Interview, Run
from runner.protocol.messages import SourceFile
from runner.protocol.rooms.past import FrameHeader, PastRun, PastStory
from runner.run_state import RunStatus

MOST_RUNS = 500  # of which the page knows
READ_BYTES_PER_MINUTE = 200 * 1024 * 1024  # of a user: the largest past is 24 MiB
_RECORD = struct.Struct(FrameHeader)


@require_safe
@of_interviewer
def playback_page(request: HttpRequest, interview: Interview) -> HttpResponse:
    return render(request, "interviews/playback.html", {"interview": interview})


@require_safe
@of_interviewer
def story(_request: HttpRequest, interview: Interview) -> HttpResponse:
    """Who wrote and what ran, and the text as it is saved; `updates` has what was written."""
    rooms.save_text(interview.room_id)
    snippet = interview.room.snippet
    snippet.refresh_from_db(fields=["files", "main"])
    ran = interview.room.runs.exclude(started_at=None).select_related("owner")
    runs = [
        PastRun(
            id=run.pk,
            name=rooms.name_of(run.owner) if run.owner else "",
            started_at=run.started_at.timestamp(),
            ended=run.status == RunStatus.FINISHED,
        )
        for run in ran.defer("files", "args").order_by("started_at")[:MOST_RUNS]
        if run.started_at is not None
    ]
    told = PastStory(
        started_at=_seconds(interview.started_at),
        ends_at=_seconds(interview.ends_at),
        main=snippet.main,
        files=tuple(SourceFile.model_construct(**file) for file in snippet.files),
        runs=tuple(runs),
    )
    return JsonResponse(told.model_dump(mode="json"))


@require_safe
@of_interviewer
def updates(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Records, see `FrameHeader`; each with the bytes of a name and those of an update."""
    room = interview.room
    charge(reader(request).pk, "past", READ_BYTES_PER_MINUTE, room.past_bytes + room.log_bytes)
    body = b"".join(_records(interview))
    return HttpResponse(body, content_type="application/octet-stream")


def _records(interview: Interview) -> Iterator[bytes]:
    for one in rooms.read_past(interview.room):
        name = one.name.encode()[:1000]
        yield _RECORD.pack(one.ms, one.epoch, len(name), len(one.data))
        yield name
        yield one.data


@require_safe
@of_interviewer
def cast(request: HttpRequest, interview: Interview, run: UUID) -> HttpResponse:
    """The recording of a program that ran in this room, whoever started it."""
    found = Run.objects.filter(pk=run, room=interview.room_id).first()
    if found is None:
        raise Http404
    return history.cast_answer(reader(request), found)


def _seconds(at: object) -> float | None:
    return at.timestamp() if at is not None else None  # type: ignore[attr-defined]
