"""GET /runs/<uuid>.cast: the recording, to keep."""

import json

from accounts.models import User
from tests.a_run import finished_run
from tests.cast import signed_in


def test_its_owner_downloads_asciicast_v3(owner: User) -> None:
    run = finished_run(owner)
    response = signed_in(owner).get(f"/runs/{run.pk}.cast")
    assert response["Content-Type"] == "application/x-asciicast"
    assert response["Content-Disposition"] == f'attachment; filename="run-{run.pk}.cast"'
    header, *events = map(json.loads, response.content.decode().splitlines())
    assert header["version"] == 3
    assert events == [[0.005, "o", "Name? Ada\r\nHello Ada\r\n"], [1.245, "x", "0"]]


def test_an_instructor_may_too(owner: User, instructor: User) -> None:
    run = finished_run(owner)
    assert signed_in(instructor).get(f"/runs/{run.pk}.cast").status_code == 200
