"""Writing is kept in classes whose rules say so, and seen by the student and who teaches."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Classroom, Role, User
from runner import playback
from runner.models import Run, StartedAssignment, Writing
from runner.playback import store
from tests.a_class import FILES, a_class, an_assignment, member, new_member, rules
from tests.a_run import finished_run
from tests.a_snippet import Page, a_snippet
from tests.cast import signed_in

HOUR = timedelta(hours=1)
LONG = "print('from somewhere else')\n" * 20


@pytest.fixture
def classroom(owner: User) -> Classroom:
    made = a_class()
    member(made, owner)
    rules(made, playback=True)
    return made


def edit(text: str, at: int = 0, removed: int = 0, ms: int = 0, kind: str = "type") -> Any:
    return {
        "ms": ms, "path": "main.py", "at": at, "removed": removed, "text": text, "kind": kind,
    }  # fmt: skip


def sent(user: User, classroom: Classroom, *edits: Any, **fields: Any) -> tuple[int, Any]:
    part = {"id": str(uuid4()), "snippet": None, "first": 0, "edits": edits} | fields
    return Page(user).ask("POST", f"/classes/{classroom.pk}/writing/", part)


def written(user: User, classroom: Classroom, *edits: Any, **fields: Any) -> Run:
    run = finished_run(user, classroom=classroom, created_at=timezone.now() + HOUR)
    status, body = sent(user, classroom, *edits, run=str(run.pk), **fields)
    assert status == 200, body
    return run


def test_the_student_and_who_teaches_play_the_same(
    owner: User, classroom: Classroom, classmate: User
) -> None:
    run = written(owner, classroom, edit("a = 1\n"), edit(LONG, 6, kind="paste"))
    teacher = new_member(classroom, "teacher", Role.INSTRUCTOR)
    answers = [signed_in(user).get(f"/runs/{run.pk}/writing/") for user in (owner, teacher)]
    assert answers[0].json() == answers[1].json()
    told = answers[0].json()
    assert [each["text"] for each in told["edits"]] == ["a = 1\n", LONG]
    assert [(each["characters"], each["outside"]) for each in told["pastes"]] == [(len(LONG), True)]
    member(classroom, classmate)
    assert signed_in(classmate).get(f"/runs/{run.pk}/writing/").status_code == 404
    page = signed_in(teacher).get(f"/runs/{run.pk}/").content.decode()
    assert 'id="writing-start"' in page


def test_parts_that_come_twice_or_late_are_taken_once(owner: User, classroom: Classroom) -> None:
    page = str(uuid4())
    for first, texts, count in ((0, "ab", 2), (0, "abc", 3), (1, "bc", 3), (9, "z", 3)):
        edits = [edit(text, first + at) for at, text in enumerate(texts)]
        status, body = sent(owner, classroom, *edits, id=page, first=first)
        assert (status, body["count"]) == (200, count)
    assert Writing.objects.get().texts == {"main.py": "abc"}


@pytest.mark.parametrize("asks", ["without rules", "as an instructor", "not a member", "archived"])
def test_nothing_is_kept_otherwise(
    owner: User, classmate: User, classroom: Classroom, asks: str
) -> None:
    user = owner
    if asks == "without rules":
        rules(classroom, playback=False)
    elif asks == "as an instructor":
        user = new_member(classroom, "teacher", Role.INSTRUCTOR)
    elif asks == "not a member":
        user = classmate
    else:
        Classroom.objects.update(archived_at=timezone.now())
    status, _ = sent(user, classroom, edit("x"))
    assert status == 403
    assert not Writing.objects.exists()


def test_an_exam_records(owner: User, classroom: Classroom) -> None:
    now = timezone.now()
    rules(classroom, playback=False, exam_starts_at=now - HOUR, exam_ends_at=now + HOUR)
    run = written(owner, classroom, edit("print(sum([1, 2, 3, 4]))\n", kind="paste"))
    assert signed_in(owner).get(f"/runs/{run.pk}/writing/").json()["pastes"][0]["outside"]


def test_somebody_elses_writing_is_not_touched(
    owner: User, classmate: User, classroom: Classroom
) -> None:
    member(classroom, classmate)
    theirs = str(uuid4())
    sent(classmate, classroom, edit("x"), id=theirs)
    assert sent(owner, classroom, edit("y", 1), id=theirs, first=1)[0] == 404
    run = finished_run(classmate, classroom=classroom)
    sent(owner, classroom, edit("y"), run=str(run.pk))
    assert Writing.objects.get(owner=owner).runs == []
    assert Writing.objects.get(owner=classmate).texts == {"main.py": "x"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"edits": [edit("x", 5)]},
        {"edits": [edit("x") | {"path": "../x"}]},
        {"edits": [edit("x") | {"ms": -1}]},
        {"edits": [edit("x") | {"kind": "folded"}]},
        {"edits": [edit("\0")]},
        {"edits": [edit("x")] * 501},
        {"id": "1"},
        {"first": -1},
        {"snippet": 0},
    ],
)
def test_nonsense_is_refused(owner: User, classroom: Classroom, wrong: dict[str, Any]) -> None:
    assert sent(owner, classroom, **{"edits": []} | wrong)[0] == 400
    assert not Writing.objects.exists()


def test_the_students_clock_is_not_believed(owner: User, classroom: Classroom) -> None:
    run = written(owner, classroom, edit("a", ms=2**31), edit("b", 1, ms=5))
    told = signed_in(owner).get(f"/runs/{run.pk}/writing/").json()
    assert all(each["ms"] <= 120_000 for each in told["edits"])


def test_starter_code_is_no_paste(owner: User, classroom: Classroom) -> None:
    snippet = a_snippet(owner, files=[{"path": "main.py", "content": LONG}])
    StartedAssignment.objects.create(assignment=an_assignment(classroom), snippet=snippet)
    run = written(owner, classroom, edit(LONG, kind="open"), snippet=snippet.pk)
    assert signed_in(owner).get(f"/runs/{run.pk}/writing/").json()["pastes"] == []
    other = written(owner, classroom, edit(FILES[0]["content"] * 20, kind="open"))
    assert signed_in(owner).get(f"/runs/{other.pk}/writing/").json()["pastes"]


def test_what_was_saved_meanwhile_is_no_excuse(owner: User, classroom: Classroom) -> None:
    """Programs are saved before their writing is told: the paste is in the snippet by then."""
    snippet = a_snippet(owner, files=[{"path": "main.py", "content": "a = 1\n"}])
    page: dict[str, Any] = {"id": str(uuid4()), "snippet": snippet.pk}
    assert sent(owner, classroom, edit("a = 1\n", kind="open"), **page)[0] == 200
    snippet.files = [{"path": "main.py", "content": "a = 1\n" + LONG}]
    snippet.save()
    new = edit(LONG, kind="open") | {"path": "new.py"}
    run = written(owner, classroom, edit(LONG, 6, kind="paste"), new, first=1, **page)
    pastes = signed_in(owner).get(f"/runs/{run.pk}/writing/").json()["pastes"]
    assert [each["outside"] for each in pastes] == [True]


def test_the_newest_of_a_user_are_kept(
    owner: User, classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_OF_USER", 3)
    for number in range(5):
        sent(owner, classroom, edit(str(number)))
    assert {row.texts["main.py"] for row in Writing.objects.all()} == {"2", "3", "4"}


def test_old_ones_are_forgotten_with_the_runs_of_the_class(
    owner: User, classroom: Classroom
) -> None:
    sent(owner, classroom, edit("old"))
    Writing.objects.update(updated_at=timezone.now() - timedelta(days=3))
    sent(owner, classroom, edit("new"))
    assert playback.forget_old() == 0
    rules(classroom, retention_days=2)
    assert playback.forget_old() == 1
    assert Writing.objects.get().texts == {"main.py": "new"}


def test_a_run_elsewhere_has_none(owner: User, classroom: Classroom) -> None:
    run = finished_run(owner)
    browser = signed_in(owner)
    assert browser.get(f"/runs/{run.pk}/writing/").status_code == 404
    assert 'id="writing-start"' not in browser.get(f"/runs/{run.pk}/").content.decode()


def test_all_writings_of_a_user_have_so_much_room(
    owner: User, classroom: Classroom, classmate: User
) -> None:
    """A hundred of each class could be a gigabyte of one student."""
    other = a_class("8a")
    part = store.MOST_BYTES_OF_USER // 4
    kept = [
        Writing.objects.create(
            owner=user,
            classroom=where,
            size_bytes=part,
            started_at=timezone.now() - number * HOUR,
        )
        for number, (user, where) in enumerate(
            [(owner, other), (owner, classroom), (owner, other), (owner, other), (classmate, other)]
        )
    ]
    written(owner, classroom, edit("a = 1\n"))
    left = set(Writing.objects.values_list("pk", flat=True)) & {each.pk for each in kept}
    assert left == {each.pk for each in (*kept[:3], kept[4])}


def test_what_writing_costs_the_database_is_counted(
    owner: User, classroom: Classroom, settings: Settings
) -> None:
    settings.LIMITS = replace(settings.LIMITS, saved_bytes_per_minute=150_000)
    page = str(uuid4())
    first = [edit("x" * 60_000, kind="open")]
    assert sent(owner, classroom, *first, id=page)[0] == 200
    assert sent(owner, classroom, edit("y"), id=page, first=1)[0] == 429
