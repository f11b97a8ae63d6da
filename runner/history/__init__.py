"""Finished runs. Other packages use the names listed here and no module below."""

from runner.history.figures import (
    duration,
    file,
    file_notices,
    first_output,
    language,
    reason,
    size,
    state,
    state_label,
    title,
)
from runner.history.own_data import OWN_RUNS
from runner.history.queries import (
    Transcript,
    delete,
    delete_all,
    filtered,
    for_list,
    forget_old,
    recording_of,
    remove,
    transcript,
)
from runner.history.recording_reads import cast_answer, charge_reading, reading
from runner.history.run_count import RUN_COUNT

__all__ = [
    "OWN_RUNS",
    "RUN_COUNT",
    "Transcript",
    "cast_answer",
    "charge_reading",
    "delete",
    "delete_all",
    "duration",
    "file",
    "file_notices",
    "filtered",
    "first_output",
    "for_list",
    "forget_old",
    "language",
    "reading",
    "reason",
    "recording_of",
    "remove",
    "size",
    "state",
    "state_label",
    "title",
    "transcript",
]
