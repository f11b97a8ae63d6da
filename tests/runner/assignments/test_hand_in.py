"""A student begins an assignment, hands in, and reads what comes back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Classroom, User
from runner.assignments import store
from runner.models import Assignment, DueException, HandIn, Snippet
from tests.a_class import a_class, a_hand_in, an_assignment, member
from tests.a_snippet import a_snippet
from tests.cast import signed_in

HOUR = timedelta(hours=1)


def address(assignment: Assignment, path: str = "") -> str:
    return f"/classes/{assignment.classroom_id}/assignments/{assignment.pk}/{path}"


def begun(browser: Client, assignment: Assignment) -> Snippet:
    answer = browser.post(address(assignment, "begin/"))
    return Snippet.objects.get(pk=answer["Location"].strip("/").split("/")[-1])


def hand_in(browser: Client, assignment: Assignment, snippet: Snippet) -> None:
    browser.post(address(assignment, "hand-in/"), {"snippet": snippet.pk})


def test_nothing_is_handed_in_once_the_class_has_ended(
    student: Client, classroom: Classroom
) -> None:
    assignment = an_assignment(classroom)
    snippet = begun(student, assignment)
    Classroom.objects.update(archived_at=timezone.now())
    hand_in(student, assignment, snippet)
    assert not HandIn.objects.exists()
    assert "nothing is handed in" in student.get(address(assignment)).content.decode()
    Classroom.objects.update(archived_at=None)
    hand_in(student, assignment, snippet)
    assert HandIn.objects.count() == 1


def test_one_click_copies_the_code(student: Client, owner: User, classroom: Classroom) -> None:
    assignment = an_assignment(classroom)
    snippet = begun(student, assignment)
    assert (snippet.owner, snippet.title, snippet.files) == (owner, "Loops", assignment.files)


def test_who_has_not_begun_gets_the_code_of_now(
    student: Client, classmate: User, classroom: Classroom
) -> None:
    assignment = an_assignment(classroom)
    member(classroom, classmate)
    first = begun(student, assignment)
    Assignment.objects.update(files=[{"path": "main.py", "content": "new"}])
    assert begun(signed_in(classmate), assignment).files[0]["content"] == "new"
    first.refresh_from_db()
    assert first.files == assignment.files


def test_a_copy_is_kept_as_it_was(student: Client, classroom: Classroom) -> None:
    assignment = an_assignment(classroom)
    snippet = begun(student, assignment)
    hand_in(student, assignment, snippet)
    Snippet.objects.update(files=[{"path": "main.py", "content": "changed"}])
    hand_in(student, assignment, snippet)
    Snippet.objects.all().delete()
    kept = [one.files[0]["content"] for one in HandIn.objects.order_by("pk")]
    assert kept == [assignment.files[0]["content"], "changed"]


def test_nothing_is_handed_in_after_it_was_due(
    student: Client, owner: User, classroom: Classroom
) -> None:
    assignment = an_assignment(classroom, due_at=timezone.now() + HOUR)
    snippet = begun(student, assignment)
    Assignment.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    hand_in(student, assignment, snippet)
    assert not HandIn.objects.exists()
    other = DueException.objects.create(
        assignment=assignment, student=owner, due_at=timezone.now() + HOUR
    )
    hand_in(student, assignment, snippet)
    assert HandIn.objects.count() == 1
    other.due_at = timezone.now() - HOUR
    other.save()
    Assignment.objects.update(due_at=None)
    hand_in(student, assignment, snippet)
    assert HandIn.objects.count() == 1


def test_only_an_own_program_for_it_is_handed_in(
    student: Client, owner: User, classmate: User, classroom: Classroom
) -> None:
    assignment, other = an_assignment(classroom), an_assignment(classroom)
    member(classroom, classmate)
    theirs = begun(signed_in(classmate), assignment)
    for number in (
        theirs.pk, a_snippet(owner).pk, begun(student, other).pk, 0, "x", 2**63, "9" * 40, "",
    ):  # fmt: skip
        answer = student.post(address(assignment, "hand-in/"), {"snippet": number})
        assert answer.status_code == 404
    assert not HandIn.objects.exists()


def test_the_newest_are_kept_and_those_with_a_mark(
    student: Client, classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_KEPT", 2)
    assignment = an_assignment(classroom)
    snippet = begun(student, assignment)
    hand_in(student, assignment, snippet)
    marked = HandIn.objects.get()
    store.mark(marked, "1", "", give_back=False)
    for _ in range(4):
        hand_in(student, assignment, snippet)
    assert HandIn.objects.count() == 3
    assert HandIn.objects.filter(pk=marked.pk).exists()


def test_handing_in_is_throttled(student: Client, classroom: Classroom, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"hand_in": "1/5m/user"}
    assignment = an_assignment(classroom)
    snippet = begun(student, assignment)
    for _ in range(3):
        hand_in(student, assignment, snippet)
    assert HandIn.objects.count() == 1


def test_students_do_not_see_what_is_not_published(student: Client, classroom: Classroom) -> None:
    assignment = an_assignment(classroom, title="secret", published=False)
    assert student.get(address(assignment)).status_code == 404
    assert student.post(address(assignment, "begin/")).status_code == 404
    page = student.get(f"/classes/{classroom.pk}/assignments/").content.decode()
    assert "secret" not in page


def test_a_mark_is_read_once_it_is_given_back(
    student: Client, teacher: Client, classroom: Classroom, owner: User
) -> None:
    one = a_hand_in(classroom, owner)
    page = address(one.assignment, f"hand-ins/{one.pk}/")
    teacher.post(f"{page}comment/", {"path": "main.py", "line": 2, "text": "Why <b>two</b>?"})
    teacher.post(f"{page}mark/", {"mark": "B+", "remark": "Good"})
    mine = address(one.assignment, f"mine/{one.pk}/")
    before = student.get(mine).content.decode()
    assert "Why" not in before
    assert "B+" not in before + student.get(address(one.assignment)).content.decode()
    teacher.post(f"{page}mark/", {"mark": "B+", "remark": "Good", "do": "back"})
    after = student.get(mine).content.decode()
    assert "Why &lt;b&gt;two&lt;/b&gt;?" in after
    assert "B+" in after
    at, one = one.at, HandIn.objects.get(pk=one.pk)
    assert one.at == at  # DataTalksClub#1: handed in when it was marked


def test_classmates_do_not_see_it(classmate: User, classroom: Classroom, owner: User) -> None:
    member(classroom, classmate)
    one = a_hand_in(classroom, owner)
    browser = signed_in(classmate)
    assert browser.get(address(one.assignment, f"mine/{one.pk}/")).status_code == 404
    assert browser.get(address(one.assignment, f"hand-ins/{one.pk}/")).status_code == 403


def test_it_is_in_the_archive_of_own_data(owner: User, classroom: Classroom) -> None:
    from runner.assignments import OWN_HAND_INS

    one = a_hand_in(classroom, owner, mark="F")
    paths = {file.path.split("/", 2)[-1]: file.content for file in OWN_HAND_INS.files(owner)}
    assert set(paths) == {"hand-in.json", "program/main.py"}
    assert b'"mark"' not in paths["hand-in.json"]
    OWN_HAND_INS.delete(owner)
    assert not HandIn.objects.filter(pk=one.pk).exists()


def test_a_student_in_two_classes_hands_in_where_it_belongs(
    student: Client, owner: User, classroom: Classroom
) -> None:
    other = a_class("other")
    member(other, owner)
    assignment = an_assignment(classroom)
    wrong = f"/classes/{other.pk}/assignments/{assignment.pk}/"
    assert student.get(wrong).status_code == 404


def test_large_copies_of_before_are_not_kept(student: Client, classroom: Classroom) -> None:
    """Who hands in pays for no row: without a bound, 20 copies of the largest program for each
    assignment."""
    assignment = an_assignment(classroom)
    snippet = begun(student, assignment)
    hand_in(student, assignment, snippet)
    HandIn.objects.update(mark="A")
    Snippet.objects.update(size_bytes=store.MOST_KEPT_BYTES // 2 - 1)
    for _ in range(4):
        hand_in(student, assignment, snippet)
    sizes = HandIn.objects.filter(mark="").values_list("size_bytes", flat=True)
    assert sum(sizes) <= store.MOST_KEPT_BYTES
    assert len(sizes) == 2
    assert HandIn.objects.filter(mark="A").count() == 1, "what was marked is kept"
    Snippet.objects.update(size_bytes=2 * store.MOST_KEPT_BYTES)
    hand_in(student, assignment, snippet)
    assert HandIn.objects.filter(mark="").count() == 1, "the newest is kept, whatever it has"
