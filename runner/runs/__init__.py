"""The life cycle of a run. Other packages use the names listed here and no module below."""

from runner.runs.abandoned import end_abandoned_queue
from runner.runs.artifacts import (
    STILL,
    STILL_VERSION,
    URL_SECONDS,
    Shown,
    addressed,
    artifacts_of,
    describe,
    file_notices,
    file_notices_of,
    save_artifact,
    stills_of,
    told_artifacts,
)
from runner.runs.heartbeats import (
    alive_executors,
    forget_unused_executors,
    mark_executor_ended,
    register_executor,
    report_machine,
    write_heartbeat,
)
from runner.runs.lifecycle import (
    RunLocation,
    active_of,
    claim_runs,
    end_lost_runs,
    exit_of,
    finish_queued,
    finish_run,
    finish_run_even_without_recording,
    locate,
    runs_of,
    save_progress,
    start_run,
    wait_for,
)
from runner.runs.offers import VERSION, Offers, cached_offers, reported_by, withheld_by
from runner.runs.recordings import StoredRecording, load_recording, values_as_they_are
from runner.runs.recovery import recover_lost_runs
from runner.runs.room import make_room
from runner.runs.run_limits import limits_of
from runner.runs.starting.asking import TooManyRuns, create_run
from runner.runs.stopping import ask_for_files, stop_by_instructor, stop_run
from runner.runs.visitors.asking import Visit, create_visitor_run
from runner.runs.visitors.following import told_end, whereabouts
from runner.runs.visitors.forgetting import forget_left_over

__all__ = [
    "STILL",
    "STILL_VERSION",
    "URL_SECONDS",
    "VERSION",
    "Offers",
    "RunLocation",
    "Shown",
    "StoredRecording",
    "TooManyRuns",
    "Visit",
    "active_of",
    "addressed",
    "alive_executors",
    "artifacts_of",
    "ask_for_files",
    "cached_offers",
    "claim_runs",
    "create_run",
    "create_visitor_run",
    "describe",
    "end_abandoned_queue",
    "end_lost_runs",
    "exit_of",
    "file_notices",
    "file_notices_of",
    "finish_queued",
    "finish_run",
    "finish_run_even_without_recording",
    "forget_left_over",
    "forget_unused_executors",
    "limits_of",
    "load_recording",
    "locate",
    "make_room",
    "mark_executor_ended",
    "recover_lost_runs",
    "register_executor",
    "report_machine",
    "reported_by",
    "runs_of",
    "save_artifact",
    "save_progress",
    "start_run",
    "stills_of",
    "stop_by_instructor",
    "stop_run",
    "told_artifacts",
    "told_end",
    "values_as_they_are",
    "wait_for",
    "whereabouts",
    "withheld_by",
    "write_heartbeat",
]
