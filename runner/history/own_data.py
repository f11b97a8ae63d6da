"""The runs of a user for the archive of own data, and their deletion."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.own_data import File, Part
from accounts.own_data.archive import as_json
from runner.history import queries
from runner.history.asciicast import cast
from runner.history.plain_text import plain_text
from runner.models import Run

# Longer output is in the recording alone: making text of it takes up to half a second.
READABLE_BYTES = 64 * 1024


def _runs(user: User) -> Any:
    return Run.objects.filter(owner=user)


def _count(user: User) -> int:
    return int(_runs(user).count())


def _files(user: User) -> Iterator[File]:
    for pk in list(_runs(user).order_by("-created_at").values_list("pk", flat=True)):
        run = _runs(user).filter(pk=pk).select_related("snippet").first()
        if run is not None:  # else it was deleted meanwhile
            yield from _run_files(run)


def _run_files(run: Run) -> Iterator[File]:
    folder = f"runs/{run.created_at:%Y-%m-%d %H-%M-%S} {str(run.pk)[:8]}"
    yield File(f"{folder}/run.json", as_json(_about(run)))
    for file in run.files:
        yield File(f"{folder}/program/{file['path']}", file["content"].encode(errors="replace"))
    recording = queries.recording_of(run)
    yield File(f"{folder}/recording.cast", cast(run, recording).encode(errors="replace"))
    if len(recording.head) + len(recording.tail) <= READABLE_BYTES:
        text = plain_text(bytes(recording.head) + bytes(recording.tail))
        yield File(f"{folder}/output.txt", text.encode(errors="replace"))
    for pk in list(run.artifacts.order_by("seq").values_list("pk", flat=True)):
        if (artifact := run.artifacts.filter(pk=pk).first()) is not None:
            name = f"{artifact.seq} {artifact.name}"  # a name, which is no path: see runner/media
            yield File(f"{folder}/shown/{name}", bytes(artifact.data))


def _about(run: Run) -> dict[str, Any]:
    fields = (
        "id", "language", "main", "args", "keep_open", "time_zone", "observed",
        "screen_width", "screen_height", "rows", "cols",
        "status", "outcome", "exit_code", "signal", "reason_code", "reason", "error_name",
        "error_path", "error_line", "created_at", "started_at", "first_output_at", "finished_at",
        "wall_ms", "cpu_ms", "memory_peak_bytes", "input_bytes", "output_bytes",
    )  # fmt: skip
    about = {name: getattr(run, name) for name in fields}
    return about | {"snippet": run.snippet_id}


def _delete(user: User) -> None:
    """Also those that run: their executors find no row, and end them within seconds."""
    queries.remove(_runs(user))


OWN_RUNS = Part("runs", _("runs of programs, with their recordings"), _count, _files, _delete)
