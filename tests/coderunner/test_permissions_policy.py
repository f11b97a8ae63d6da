"""No page may use a camera, a microphone, a place …, whatever a script in it asks for."""

import pytest
from django.test import Client

from runner.infrastructure.http.permissions_policy import HEADER, REFUSED


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/healthz", "/nowhere/", "/favicon.ico"])
def test_every_answer_says_so(path: str) -> None:
    answer = Client().get(path)
    answer.close()
    policy = dict(part.split("=") for part in answer.headers[HEADER].split(", "))
    assert policy == dict.fromkeys(REFUSED, "()")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_may_still_copy_and_fill_the_screen() -> None:
    assert not {"clipboard-write", "clipboard-read", "fullscreen"} & set(REFUSED)
