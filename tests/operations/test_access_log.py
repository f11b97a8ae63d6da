"""What a web worker writes about requests holds no link that is a secret."""

from pathlib import Path

import httpx

from tests.product import Product
from tests.services import RedisServer

SECRET = "c0ffee-SECRET"


def test_secret_links_are_not_in_the_log_of_daphne(
    tmp_path: Path, redis_server: RedisServer
) -> None:
    with Product(tmp_path, REDIS_URL=redis_server.url) as product:
        product.migrate()
        worker = product.web_worker()
        for path in ("/s/{}/", "/accounts/confirm-email/{}/", "/accounts/password/reset/key/1-{}/"):
            httpx.get(worker.url + path.format(SECRET))
        httpx.get(worker.url + "/nothing/")
        log = next(tmp_path.glob("daphne-*.log"))
        worker.process.wait_until(lambda: "/nothing/" in log.read_text())
        assert '"GET /s/…/" 404' in log.read_text()
        assert SECRET not in log.read_text()
