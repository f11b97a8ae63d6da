"""What browsers and crawlers ask for at the root, whatever pages say."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("path", "kind", "begins"),
    [
        ("/favicon.ico", "image/", b"\0\0\1\0"),
        ("/apple-touch-icon.png", "image/png", b"\x89PNG"),
        ("/apple-touch-icon-precomposed.png", "image/png", b"\x89PNG"),
        ("/robots.txt", "text/plain", b"User-agent: *"),
    ],
)
def test_it_is_there(client: Client, path: str, kind: str, begins: bytes) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith(kind)
    assert b"".join(response.streaming_content).startswith(begins)  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["/../manage.py", "/%2e%2e/manage.py", "/root/../db.sqlite3"])
def test_nothing_else_is(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404
