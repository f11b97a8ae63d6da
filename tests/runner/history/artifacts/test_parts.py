"""Sounds are asked for in parts: Safari plays no other ones."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from runner import runs
from tests.a_run import finished_run
from tests.an_artifact import PNG, an_artifact
from tests.cast import signed_in

WAV = b"RIFF\x24\0\0\0WAVEfmt " + bytes(range(84))
SIZE = len(WAV)


def asked(owner: User, wanted: str, method: str = "GET", **headers: str) -> Any:
    artifact = an_artifact(finished_run(owner), WAV, kind="sound", mime="audio/wav")
    url = runs.describe(artifact, owner.pk).url
    return Client().generic(method, url, headers={"Range": wanted, **headers})


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [
        ("bytes=0-1", 0, 2), ("bytes=0-", 0, SIZE), ("bytes=10-19", 10, 20),
        ("bytes=-5", SIZE - 5, SIZE), ("bytes=-500", 0, SIZE), ("bytes=99-500", 99, SIZE),
    ],
)  # fmt: skip
def test_a_part_is_served(owner: User, wanted: str, start: int, stop: int) -> None:
    answer = asked(owner, wanted)
    assert (answer.status_code, answer.content) == (206, WAV[start:stop])
    assert answer["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert answer["Content-Type"] == "audio/wav"
    assert answer["Content-Security-Policy"].startswith("sandbox;")


@pytest.mark.parametrize(
    "wanted",
    ["", "bytes=-", "bytes=5-3", "bytes=0-1,4-5", "lines=0-1", "bytes=a-b", "bytes=²-3",
     "bytes=0-" + "9" * 20, "bytes= 0-1"],
)  # fmt: skip
def test_what_is_no_part_gets_all(owner: User, wanted: str) -> None:
    answer = asked(owner, wanted)
    assert (answer.status_code, answer.content) == (200, WAV)
    assert answer["Accept-Ranges"] == "bytes"
    assert "Content-Range" not in answer


def test_a_part_of_another_content_is_not_mixed_with_this_one(owner: User) -> None:
    assert asked(owner, "bytes=0-1", **{"If-Range": '"other"'}).status_code == 200


def test_a_question_for_the_head_alone_gets_that_of_all(owner: User) -> None:
    answer = asked(owner, "bytes=0-1", method="HEAD")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Content-Length"] == str(SIZE)


@pytest.mark.parametrize("wanted", [f"bytes={SIZE}-", "bytes=1000-2000", "bytes=-0"])
def test_a_part_beyond_the_end_is_none(owner: User, wanted: str) -> None:
    answer = asked(owner, wanted)
    assert (answer.status_code, answer.content) == (416, b"")
    assert answer["Content-Range"] == f"bytes */{SIZE}"


def test_what_a_script_has_read_is_not_for_a_frame(owner: User) -> None:
    """A cache would else show a download in its place."""
    assert "Sec-Fetch-Dest" in asked(owner, "")["Vary"]


@pytest.mark.parametrize("name", ["a\r\nX-Evil: 1", "../../a.png", "con.png", "a\x01b", ". "])
def test_a_name_of_an_executor_is_looked_at_again(owner: User, name: str) -> None:
    run = finished_run(owner)
    fields: dict[str, Any] = {"kind": "file", "path": "d/a.png"} | {
        "name": name.replace("\0", "\x01")
    }
    url = runs.describe(an_artifact(run, PNG, **fields), owner.pk).url
    for answer in (
        Client().get(url),
        signed_in(owner).get(f"/runs/{run.pk}/files/1/?download=1"),
    ):
        assert answer.status_code == 200
        assert "X-Evil" not in answer.headers
        shown = answer["Content-Disposition"]
        assert not any(part in shown for part in ("\r", "\n", "/", "..", "con.", "\x01"))
