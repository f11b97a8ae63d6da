"""Content that programs made is served so that a browser runs nothing of it."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from runner import runs
from runner.models import Run
from tests.a_run import finished_run
from tests.an_artifact import PNG, an_artifact

SCRIPT = b"<script>fetch('/canary?' + document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"
# kind, mime as an executor may have claimed it, content; what it is served as, and whether to save.
CONTENT: dict[str, tuple[str, str, bytes, str, bool]] = {
    "a picture": ("picture", "image/png", PNG, "image/png", False),
    "a page": ("html", "text/html", SCRIPT, "text/html; charset=utf-8", True),
    "a table": ("table", "text/html", SCRIPT, "text/html; charset=utf-8", True),
    "a drawing": ("picture", "image/svg+xml", SVG, "image/svg+xml; charset=utf-8", True),
    "a file": ("file", "text/html", SCRIPT, "application/octet-stream", True),
    "a page that is called a picture": (
        "picture", "image/png", SCRIPT, "application/octet-stream", True),
    "a picture that is called a page": ("picture", "text/html", PNG, "image/png", False),
    "a picture that goes on as a page": (
        "picture", "text/html", PNG + SCRIPT, "image/png", False),
    "a drawing that is called a sound": (
        "sound", "audio/wav", SVG, "application/octet-stream", True),
    "a page in another encoding": (
        "html", "text/html; charset=utf-7", b"\xff\xfe<\0s\0", "application/octet-stream", True),
    "a kind that nobody knows": ("script", "text/javascript", b"alert(1)",
        "application/octet-stream", True),
    "a type that ends the header": (
        "file", "image/png\r\nX-Evil: 1", b"x", "application/octet-stream", True),
}  # fmt: skip


@pytest.fixture
def run(owner: User) -> Run:
    return finished_run(owner)


def served(run: Run, data: bytes, dest: str = "document", **fields: Any) -> Any:
    url = runs.describe(an_artifact(run, data, **fields), run.owner_id or 0).url
    return Client().get(url, headers={"sec-fetch-dest": dest})


def assert_protected(answer: Any) -> None:
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in answer
    assert not answer.cookies


@pytest.mark.parametrize("what", CONTENT)
def test_content_is_served_as_what_it_is(what: str, run: Run) -> None:
    kind, mime, data, served_as, saved = CONTENT[what]
    answer = served(run, data, kind=kind, mime=mime)
    assert (answer.status_code, answer.content) == (200, data)
    assert answer["Content-Type"] == served_as
    assert answer["Content-Disposition"].startswith("attachment" if saved else "inline")
    assert_protected(answer)


@pytest.mark.parametrize(
    ("dest", "shown"),
    [("iframe", True), ("document", False), ("frame", False), ("object", False), ("", False)],
)
def test_a_page_is_shown_in_a_frame_alone(dest: str, shown: bool, run: Run) -> None:
    answer = served(run, SCRIPT, dest, kind="html", mime="text/html")
    assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert_protected(answer)


def test_a_drawing_is_not_even_shown_in_a_frame(run: Run) -> None:
    answer = served(run, SVG, "iframe", mime="image/svg+xml")
    assert answer["Content-Disposition"].startswith("attachment")


def test_whatever_it_is_can_be_saved(run: Run) -> None:
    url = runs.describe(an_artifact(run), run.owner_id or 0).url
    answer = Client().get(f"{url}&save")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "image/png"
    assert_protected(answer)


def test_a_name_cannot_end_its_header(run: Run) -> None:
    answer = served(run, PNG, name='a"; filename=evil.html; x="é\n')
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''a%3B%20filename")


def test_what_is_not_there_is_protected_as_well(run: Run) -> None:
    answer = Client().get(f"/artifacts/{run.pk}/1/")
    assert answer.status_code == 404
    assert answer.content == b""
    assert_protected(answer)


def test_only_reading_is_possible(run: Run) -> None:
    url = runs.describe(an_artifact(run), run.owner_id or 0).url
    for method in ("post", "put", "delete", "patch", "options"):
        assert getattr(Client(), method)(url).status_code == 405


# --- A host of its own ---------------------------------------------------------------------------
@pytest.fixture
def _host(settings: Settings) -> None:
    settings.ARTIFACT_ORIGIN = "https://usercontent.example.org"
    settings.ALLOWED_HOSTS = ["testserver", "usercontent.example.org"]


@pytest.mark.usefixtures("_host")
def test_with_a_host_of_its_own_content_comes_from_there_alone(run: Run) -> None:
    url = runs.describe(an_artifact(run), run.owner_id or 0).url
    assert url.startswith("https://usercontent.example.org/artifacts/")
    path = url.removeprefix("https://usercontent.example.org")
    there, here = Client(headers={"host": "usercontent.example.org"}), Client()
    assert there.get(path).content == PNG
    assert there.get(path)["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert there.get(path)["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in there.get(path)
    assert here.get(path).status_code == 404


@pytest.mark.usefixtures("_host")
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/runs/", "/admin/", "/static/x.js"])
def test_and_nothing_else_does(path: str, run: Run) -> None:
    answer = Client(headers={"host": "UserContent.example.org"}).get(path)
    assert (answer.status_code, answer.content) == (404, b"")
    assert not answer.cookies
