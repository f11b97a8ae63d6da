"""Recordings go to PostgreSQL as they are: not written out, twice as long, in a statement."""

import json
from pathlib import Path

from tests.product import Product
from tests.services import PostgresServer

SCRIPT = """
import json, os
from django.db import connection, transaction
from accounts.models import User
from runner.runs import recordings
from runner.models import Recording
from runner.runs.recordings import StoredRecording
from tests.a_run import finished_run

def last_statement():
    with connection.copy().cursor() as other:
        process = connection.connection.info.backend_pid
        other.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [process])
        return other.fetchone()[0]

run = finished_run(User.objects.create(username="owner"))
head, tail = os.urandom(300), bytes(range(256))
with transaction.atomic():
    fields = dict(head=head, tail=tail, tail_offset=900, resizes=[[1, 80, 24]])
    recordings.save_recording(run.pk, fields)
    saving = last_statement()
User.objects.get(username="owner")
print(json.dumps(dict(
    saving=saving,
    later=last_statement(),
    same=recordings.load_recording(run.pk) == StoredRecording(head, tail, 900),
    resizes=Recording.objects.get().resizes,
)))
"""


def test_a_recording_goes_as_it_is(
    postgres_server: PostgresServer, migrated_database: str, tmp_path: Path
) -> None:
    database = postgres_server.new_database(like=migrated_database)
    with Product(tmp_path, DATABASE_URL=database) as site:
        seen = json.loads(site.manage("shell", "--verbosity", "0", "--command", SCRIPT))
    assert "$1" in seen["saving"]
    assert "'owner'" in seen["later"]  # other statements are written as Django does
    assert seen["same"]
    assert seen["resizes"] == [[1, 80, 24]]
