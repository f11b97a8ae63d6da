"""What remains of a run. Other packages use the names listed here and no module below."""

from runner.history.queries import (
    Transcript,
    delete,
    delete_all,
    filtered,
    for_list,
    forget_old,
    recording_of,
    transcript,
)

__all__ = [
    "Transcript",
    "delete",
    "delete_all",
    "filtered",
    "for_list",
    "forget_old",
    "recording_of",
    "transcript",
]
