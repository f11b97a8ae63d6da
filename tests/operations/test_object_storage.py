"""Data of snippets in an emulated S3, with the packages that a site installs for it. They are no
dependency of ours: `pip install 'django-storages[s3]==1.14.6' 'moto[server]'`."""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from runner.protocol.messages import Outcome
from tests.product import Product
from tests.services import ServerProcess, free_port, wait_until
from tests.terminal.test_files_of_runs import SCORE, Requests
from tests.terminal_client import open_terminal

NEEDED = ("storages", "boto3", "moto")
pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        not all(map(find_spec, NEEDED)), reason=f"not installed: one of {', '.join(NEEDED)}"
    ),
]
BUCKET = "snippets"
KEYS = {"DATA_ACCESS_KEY": "testing", "DATA_SECRET_KEY": "testing", "DATA_REGION": "eu-central-1"}
MOST_SECONDS = 60.0  # for an answer while there is no object storage


class Storage:
    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "moto.server", "-p", str(port)]
        self.process = ServerProcess(command, folder / "moto.log", dict(os.environ))
        self.process.wait_for_output("Running on")
        self.client: Any = import_module("boto3").client(
            "s3",
            endpoint_url=self.url,
            region_name=KEYS["DATA_REGION"],
            aws_access_key_id=KEYS["DATA_ACCESS_KEY"],
            aws_secret_access_key=KEYS["DATA_SECRET_KEY"],
        )
        region = {"LocationConstraint": KEYS["DATA_REGION"]}
        self.client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=region)

    def contents(self) -> list[bytes]:
        """Of all objects."""
        names = [each["Key"] for each in self._listed()]
        return [self.client.get_object(Bucket=BUCKET, Key=name)["Body"].read() for name in names]

    def _listed(self) -> list[dict[str, Any]]:
        return list(self.client.list_objects_v2(Bucket=BUCKET).get("Contents", []))


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    storage = Storage(tmp_path)
    yield storage
    storage.process.stop()


@pytest.fixture
def product(tmp_path: Path, storage: Storage) -> Iterator[Product]:
    where = {"DATA_BUCKET": BUCKET, "DATA_ENDPOINT": storage.url, **KEYS}
    path = {"PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    with Product(tmp_path, **where, **path) as product:
        product.migrate()
        product.create_users("owner")
        yield product


async def test_files_are_added_used_kept_and_removed(product: Product, storage: Storage) -> None:
    server = product.serve()
    server.wait_until_ready()
    owner = server.sign_in("owner")
    site: Any = SimpleNamespace(server=server)
    async with Requests(site, owner) as http, open_terminal(server, owner) as terminal:
        snippet = await http.snippet(SCORE)
        await http.add(snippet, "in.bin", bytes(range(256)))
        await http.add(snippet, "best.txt", b"7", kept="yes")
        assert sorted(storage.contents()) == [bytes(range(256)), b"7"]
        read = await http.ask("GET", f"/snippets/{snippet}/data/in.bin")
        assert read.content == bytes(range(256))
        for best in (7, 17):  # what runs make of it is in the database from then on
            await terminal.start(SCORE, snippet=snippet)
            await terminal.wait_for_output(f"best {best}")
            await terminal.wait_for_exit(Outcome.COMPLETED)
        await http.add(snippet, "in.bin", b"another")
        wait_until(lambda: bytes(range(256)) not in storage.contents(), "removal of what was there")
        await http.ask("DELETE", f"/snippets/{snippet}/data/in.bin", 204)
        wait_until(lambda: storage.contents() == [b"7"], "removal of the file")
        await http.add(snippet, "in.bin", b"once more")

        storage.process.kill()  # it is away
        answer = await http.ask("GET", f"/snippets/{snippet}/data/in.bin", 503)
        assert answer.json()["error"]["code"] == "unavailable"
        form = {"files": {"file": ("new.bin", b"new")}}
        answer = await http.ask("POST", f"/snippets/{snippet}/data/", 503, **form)
        assert "nothing was added" in answer.json()["error"]["message"]
        await terminal.request_start(SCORE, snippet=snippet)
        end = await terminal.wait_for_exit(Outcome.INTERNAL_ERROR, MOST_SECONDS)
        assert end["reason_code"] == "run_data_away"
    assert "Traceback" not in server.process.output()
