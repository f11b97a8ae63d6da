"""Pages leave no connection to PostgreSQL behind: each has a thread of its own."""

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import httpx
import psycopg
import pytest

from tests.product import Product
from tests.services import wait_until

READERS, PAGES = 20, 10
AFTERWARDS = 12  # of the worker's threads for queries, and of its event loop


@pytest.mark.faults
def test_a_class_that_reloads_its_pages_leaves_no_connections(product: Product) -> None:
    product.create_users("owner")
    worker = product.web_worker()
    worker.process.wait_until(lambda: worker.answers("/healthz"))
    cookie = worker.sign_in("owner").cookie

    def read(_: int) -> set[int]:
        with httpx.Client(base_url=worker.url, headers={"Cookie": cookie}, timeout=60) as browser:
            return {browser.get("/runs/").status_code for _ in range(PAGES)}

    def connections() -> int:
        with psycopg.connect(product.env["DATABASE_URL"]) as connection:
            row = connection.execute(
                "SELECT count(*) - 1 FROM pg_stat_activity WHERE datname = current_database()"
            ).fetchone()
        assert row is not None
        return int(row[0])

    with ThreadPoolExecutor(READERS) as readers:
        seen = set[int]().union(*readers.map(read, range(READERS)))
        assert seen == {HTTPStatus.OK}
        wait_until(lambda: connections() <= AFTERWARDS, "the end of connections", 2)
