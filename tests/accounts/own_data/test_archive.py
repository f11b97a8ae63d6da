"""Downloading everything that the site keeps of a user."""

import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import AsyncClient

from accounts.models import AuditEntry, User
from accounts.own_data import archive
from tests.a_run import CODE, finished_run
from tests.a_snippet import a_snippet
from tests.cast import BACKEND, PASSWORD, signed_in, someone

DOWNLOAD = "/accounts/data/download/"


@pytest.fixture(autouse=True)
def _forget_downloads() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def archive_of(user: User, **limits: int) -> ZipFile:
    return ZipFile(io.BytesIO(b"".join(archive.pieces(user, **limits))))


def test_it_holds_everything_of_the_user_and_nothing_of_others(
    owner: User, classmate: User, instructor: User
) -> None:
    owner.preferences = {"theme": "dark"}
    owner.save()
    snippet = a_snippet(owner, title="Grüße: <1>/../2")
    a_snippet(classmate, title="Secret")
    run = finished_run(owner, snippet=snippet)
    finished_run(classmate)
    signed_in(instructor).get(f"/runs/{run.pk}/", REMOTE_ADDR="198.51.100.9")
    with archive_of(owner) as found:
        assert found.testzip() is None
        names = found.namelist()
        account = json.loads(found.read("account.json"))
        opened = list(csv.DictReader(io.StringIO(found.read("opened-by-staff.csv").decode())))
        texts = {name: found.read(name).decode() for name in names}
    assert (account["username"], account["email"]) == ("owner", "owner@example.org")
    assert account["preferences"]["theme"] == "dark"
    assert [(one["who"], one["action"], one["object"]) for one in opened] == [
        ("instructor", "opened_run", f"run {run.pk}")
    ]
    assert "198.51.100.9" not in str(texts), "where an instructor works"
    assert PASSWORD not in str(texts)
    assert owner.password not in str(texts)
    assert "classmate" not in str(texts)
    assert "Secret" not in str(texts)
    folder = next(name for name in names if name.startswith("runs/")).rsplit("/", 1)[0]
    assert texts[f"{folder}/program/main.py"] == CODE
    assert "Hello Ada" in texts[f"{folder}/output.txt"]
    assert '"version": 3' in texts[f"{folder}/recording.cast"]
    assert json.loads(texts[f"{folder}/run.json"])["outcome"] == "completed"
    code = [name for name in names if name.startswith("snippets/") and name.endswith("main.py")]
    assert code == [f"snippets/{snippet.pk} Grüße 1 .. 2/main.py"]
    assert not any(part in ("", "..") for name in names for part in name.split("/"))


def test_deleted_snippets_are_in_it(owner: User) -> None:
    snippet = a_snippet(owner)
    signed_in(owner).post(f"/snippets/{snippet.pk}/delete/")
    with archive_of(owner) as found:
        about = json.loads(found.read(f"snippets/{snippet.pk} Greeting.json"))
    assert about["deleted_at"]


@pytest.mark.parametrize("limits", [{"most_files": 6}, {"most_bytes": 1500}])
def test_what_is_left_out_is_said(owner: User, limits: dict[str, int]) -> None:
    for _ in range(5):
        finished_run(owner)
    with archive_of(owner, **limits) as found:
        assert "are not in it" in found.read("NOT COMPLETE.txt").decode()
        assert len(found.namelist()) < 10


def test_it_is_made_in_pieces(owner: User) -> None:
    output = os.urandom(300_000)
    for _ in range(4):
        finished_run(owner, output=output)
    sizes = [len(piece) for piece in archive.pieces(owner)]
    assert sum(sizes) > len(output)
    assert max(sizes) < sum(sizes) / 3


async def sent(answer: Any) -> bytes:
    return b"".join([piece async for piece in answer])


@pytest.mark.django_db(transaction=True)
async def test_the_page_sends_it_and_the_trail_says_so() -> None:
    browser = await sync_to_async(_browser)()
    answer = await browser.post(DOWNLOAD)
    assert answer["Content-Type"] == "application/zip"
    content = await sent(answer)
    with ZipFile(io.BytesIO(content)) as found:
        assert json.loads(found.read("account.json"))["username"] == "ada"
    entry = await AuditEntry.objects.aget(action="downloaded_data")
    assert (entry.actor_name, entry.subject_name) == ("ada", "ada")


@pytest.mark.django_db(transaction=True)
async def test_one_at_a_time_and_a_few_an_hour() -> None:
    browser = await sync_to_async(_browser)()
    first = await browser.post(DOWNLOAD)
    assert (await browser.post(DOWNLOAD)).status_code == 302, "while the first one is sent"
    assert await sent(first)
    second = await browser.post(DOWNLOAD)
    assert second.status_code == 200
    assert await sent(second)
    statuses = []
    for _ in range(4):
        answer = await browser.post(DOWNLOAD)
        statuses.append(answer.status_code)
        if answer.status_code == 200:
            assert await sent(answer)
    assert statuses[-1] == 302


def _browser() -> AsyncClient:
    browser = AsyncClient()
    browser.force_login(someone("ada"), BACKEND)
    return browser


def test_an_operator_writes_it_to_a_file(owner: User, tmp_path: Path) -> None:
    a_snippet(owner)
    file = tmp_path / "owner.zip"
    call_command("export_user", "owner", str(file))
    with ZipFile(file) as found:
        assert "account.json" in found.namelist()
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_user", "owner", str(file))
    with pytest.raises(CommandError, match="no account"):
        call_command("export_user", "nobody", str(tmp_path / "nobody.zip"))


def test_an_administrator_downloads_that_of_one_student(owner: User, superuser: User) -> None:
    browser = signed_in(superuser)
    wish = {"action": "download_data", "_selected_action": [owner.pk]}
    answer = browser.post("/admin/accounts/user/", wish)
    assert answer["Content-Disposition"] == 'attachment; filename="owner-data.zip"'
    entry = AuditEntry.objects.get(action="downloaded_data")
    assert (entry.actor_name, entry.subject_name) == ("superuser", "owner")
    several = wish | {"_selected_action": [owner.pk, superuser.pk]}
    assert browser.post("/admin/accounts/user/", several).status_code == 302


def test_an_instructor_downloads_nobodys(owner: User, instructor: User) -> None:
    wish = {"action": "download_data", "_selected_action": [owner.pk]}
    answer = signed_in(instructor).post("/admin/accounts/user/", wish)
    assert answer["Content-Type"].startswith("text/html")
    assert not AuditEntry.objects.filter(action="downloaded_data").exists()
