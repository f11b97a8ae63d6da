"""Behind a proxy with TLS: `HTTPS=true`."""

from pathlib import Path

import pytest

from tests.product import Product
from tests.programs import https_answers


def test_cookies_are_of_this_host_alone(tmp_path: Path) -> None:
    """Browsers refuse `__Host-` from other hosts of the domain, and without TLS."""
    with Product(tmp_path, HTTPS="true") as site:
        site.migrate()
        session, csrf = site.call(https_answers.cookies)
    assert session == "__Host-sessionid"
    assert csrf.startswith("__Host-csrftoken=")
    assert {"Secure", "Path=/", "SameSite=Lax"} <= set(csrf.split("; "))
    assert "Domain" not in csrf


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
