"""The tables: fields and constraints. Rules are in the packages."""

from runner.models.artifact import Artifact
from runner.models.assignment import (
    Assignment,
    DueException,
    HandIn,
    LineComment,
    StartedAssignment,
)
from runner.models.data_file import DataFile
from runner.models.executor import Executor
from runner.models.hand import Hand
from runner.models.open_socket import OpenSocket
from runner.models.recording import Recording
from runner.models.removed_runs import RemovedRuns
from runner.models.rooms.interview import (
    BEST_SCORE,
    Interview,
    InterviewRating,
    InterviewResult,
    InterviewTemplate,
)
from runner.models.rooms.room import (
    GIVEN_ROLES,
    MAX_LOG_BYTES,
    MAX_PAST_BYTES,
    MAX_UPDATE_BYTES,
    Room,
    RoomInvitation,
    RoomLine,
    RoomMember,
    RoomPast,
    RoomRole,
    RoomUpdate,
)
from runner.models.run import Run
from runner.models.shared_version import SharedVersion
from runner.models.snippet import Snippet
from runner.models.upkeep import Upkeep
from runner.models.writing import Writing

__all__ = [
    "BEST_SCORE",
    "GIVEN_ROLES",
    "MAX_LOG_BYTES",
    "MAX_PAST_BYTES",
    "MAX_UPDATE_BYTES",
    "Artifact",
    "Assignment",
    "DataFile",
    "DueException",
    "Executor",
    "Hand",
    "HandIn",
    "Interview",
    "InterviewRating",
    "InterviewResult",
    "InterviewTemplate",
    "LineComment",
    "OpenSocket",
    "Recording",
    "RemovedRuns",
    "Room",
    "RoomInvitation",
    "RoomLine",
    "RoomMember",
    "RoomPast",
    "RoomRole",
    "RoomUpdate",
    "Run",
    "SharedVersion",
    "Snippet",
    "StartedAssignment",
    "Upkeep",
    "Writing",
]
