"""Behind a proxy with TLS: `HTTPS=true`."""

from pathlib import Path

import pytest

from tests.product import Product
from tests.programs import https_answers


@pytest.mark.parametrize(
    ("env", "hsts"),
    [
        ({"HTTPS": "true"}, "max-age=15552000"),
        ({"HTTPS": "true", "HSTS_DAYS": "1"}, "max-age=86400"),
        ({"HTTPS": "true", "HSTS_DAYS": "0"}, None),
        ({}, None),
    ],
    ids=["by default", "for a day", "not", "without a proxy"],
)
def test_browsers_insist_on_tls(tmp_path: Path, env: dict[str, str], hsts: str | None) -> None:
    with Product(tmp_path, **env) as site:
        answers = site.call(https_answers.answers, ["https", "http"])
    assert answers == [[200, hsts], [200, None]]
