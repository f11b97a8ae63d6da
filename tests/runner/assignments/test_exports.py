"""An instructor exports what was handed in."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import cache
from django.test import AsyncClient

from accounts.models import AuditEntry, Role
from runner.models import HandIn
from tests.a_class import a_class, a_hand_in, new_member
from tests.cast import BACKEND

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _forget_rates() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@sync_to_async
def handed_in(**fields: Any) -> tuple[AsyncClient, str, HandIn]:
    """An instructor's browser, the address of an assignment, and what ada has handed in."""
    classroom = a_class()
    one = a_hand_in(classroom, new_member(classroom, "ada"), **fields)
    browser = AsyncClient()
    browser.force_login(new_member(classroom, "teacher", Role.INSTRUCTOR), BACKEND)
    return browser, f"/classes/{classroom.pk}/assignments/{one.assignment_id}/hand-ins", one


async def sent(answer: Any) -> bytes:
    return b"".join([piece async for piece in answer])


async def test_marks_are_exported_for_spreadsheets() -> None:
    wrong = '=HYPERLINK("http://evil")'
    browser, address, _one = await handed_in(mark="-1", remark=f"Good;{wrong}")
    text = (await sent(await browser.get(f"{address}.csv"))).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["student"], row["mark"]) == ("ada", "-1")
    assert row["remark"] == f"Good;'{wrong}"
    entry = await AuditEntry.objects.aget(action="exported")
    assert (entry.actor_name, entry.detail) == ("teacher", "marks.csv")


async def test_who_has_handed_in_nothing_has_an_empty_line() -> None:
    """jupyter/nbgrader#162, joint-online-judge/cb4#40: there was none, or that of somebody else."""
    browser, address, one = await handed_in(mark="1")

    @sync_to_async
    def others() -> None:
        new_member(one.assignment.classroom, "bob")
        new_member(one.assignment.classroom, "helper", Role.ASSISTANT)
        one.student.memberships.all().delete()  # who has left is marked, too

    await others()
    text = (await sent(await browser.get(f"{address}.csv"))).decode("utf-8-sig")
    rows = {row["student"]: row for row in csv.DictReader(io.StringIO(text))}
    assert list(rows) == ["ada", "bob"]
    assert rows["ada"]["mark"] == "1"
    assert {rows["bob"][name] for name in ("handed in", "mark", "remark", "given back")} == {""}


async def test_the_newest_code_of_each_is_in_the_zip() -> None:
    browser, address, one = await handed_in()
    files = [{"path": "lib/a.py", "content": "new"}]
    more = {"language": "python", "main": "main.py", "files": files}
    await HandIn.objects.acreate(assignment=one.assignment, student=one.student, **more)
    archive = ZipFile(io.BytesIO(await sent(await browser.get(f"{address}.zip"))))
    assert {name: archive.read(name) for name in archive.namelist()} == {
        f"ada-{one.student_id}/lib/a.py": b"new"
    }


async def test_it_is_made_while_it_is_sent() -> None:
    """Django makes all of an ordinary iterator first: 256 MiB in memory for each of them."""
    browser, address, one = await handed_in()
    grace = await sync_to_async(new_member)(one.assignment.classroom, "grace")
    more = {"language": "python", "main": "main.py", "files": one.files}
    await HandIn.objects.acreate(assignment=one.assignment, student=grace, **more)
    answer: Any = await browser.get(f"{address}.zip")
    pieces = aiter(answer)
    first = await anext(pieces)
    await HandIn.objects.filter(student=grace).adelete()
    rest = [piece async for piece in pieces]
    archive = ZipFile(io.BytesIO(b"".join([first, *rest])))
    assert archive.namelist() == [f"ada-{one.student_id}/main.py"]


async def test_exports_are_counted() -> None:
    browser, address, _one = await handed_in()
    statuses = []
    for _ in range(21):
        answer = await browser.get(f"{address}.csv")
        statuses.append(answer.status_code)
        if answer.status_code == 200:
            assert await sent(answer)
    assert statuses == [200] * 20 + [429]
