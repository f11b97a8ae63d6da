"""What was shared before shows, from the update on, the version of then."""

import json
from pathlib import Path

import psycopg
import pytest

from tests.product import Product
from tests.services import PostgresServer

BEFORE, AFTER = "0014", "0016"
SNIPPETS = """
INSERT INTO runner_snippet (id, owner_id, title, language, files, main, version, size_bytes,
    search_text, slug, embeddable, created_at, updated_at, deleted_at)
SELECT number, (SELECT min(id) FROM accounts_user), 'No ' || number, 'python',
    '[{"path": "main.py", "content": "print(1)"}]', 'main.py', 7, 15, '', slug, false,
    now(), now(), deleted
FROM (VALUES (1, 'shared', NULL), (2, NULL, NULL), (3, 'deleted', now()))
    AS given (number, slug, deleted)
"""


@pytest.mark.faults
def test_links_of_before_show_the_version_of_the_update(
    tmp_path: Path, postgres_server: PostgresServer, migrated_database: str
) -> None:
    url = postgres_server.new_database(like=migrated_database)
    with Product(tmp_path, DATABASE_URL=url) as site, psycopg.connect(url) as database:
        site.manage("migrate", "--verbosity", "0", "runner", BEFORE)
        site.create_users("owner")
        database.execute(SNIPPETS)
        database.commit()
        site.manage("migrate", "--verbosity", "0", "runner", AFTER)
        rows = database.execute(
            "SELECT snippet_id, title, files, version, size_bytes FROM runner_sharedversion"
            " ORDER BY snippet_id"
        ).fetchall()
    files = [{"path": "main.py", "content": "print(1)"}]
    assert json.loads(json.dumps(rows)) == [
        [1, "No 1", files, 7, 15],
        [3, "No 3", files, 7, 15],
    ]
