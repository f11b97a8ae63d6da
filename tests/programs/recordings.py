"""What PostgreSQL is sent for a recording: `tests/runner/runs/test_recordings_on_postgresql.py`."""

import os
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from runner.models import Recording
from runner.runs import recordings
from runner.runs.recordings import StoredRecording
from tests.a_run import finished_run
from tests.cast import someone


def save_and_load() -> dict[str, Any]:
    """The statement that saved it, a later one, and whether it came back as it was."""
    run = finished_run(someone("owner"))
    head, tail = os.urandom(300), bytes(range(256))
    with transaction.atomic():
        fields = {"head": head, "tail": tail, "tail_offset": 900, "resizes": [[1, 80, 24]]}
        recordings.save_recording(run.pk, fields)
        saving = last_statement()
    User.objects.get(username="owner")
    return {
        "saving": saving,
        "later": last_statement(),
        "same": recordings.load_recording(run.pk) == StoredRecording(head, tail, 900),
        "resizes": Recording.objects.get().resizes,
    }


def last_statement() -> str:
    """Of our connection, as another one sees it."""
    with connection.copy().cursor() as other:
        process = connection.connection.info.backend_pid
        other.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [process])
        return str(other.fetchone()[0])
