"""An instructor writes an assignment, and reads, marks and exports what was handed in."""

import time
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry, Classroom, User
from runner.assignments import lines
from runner.models import Assignment, DueException, HandIn, LineComment, Snippet
from tests.a_class import FILES, a_hand_in, an_assignment, new_member
from tests.a_run import finished_run
from tests.a_snippet import a_snippet

GIVEN = {"title": "Loops", "text": "# Do", "language": "python", "code": "print(1)", "due": ""}


def address(one: HandIn, path: str = "") -> str:
    return f"/classes/{one.assignment.classroom_id}/assignments/{one.assignment_id}/{path}"


def test_an_assignment_is_written(teacher: Client, classroom: Classroom) -> None:
    path = f"/classes/{classroom.pk}/assignments/new/"
    teacher.post(path, GIVEN | {"due": "2026-10-25T02:30", "published": "on"})
    made = Assignment.objects.get()
    assert (made.title, made.main, made.published) == ("Loops", "main.py", True)
    assert made.files == [{"path": "main.py", "content": "print(1)"}]
    assert made.due_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # the second time


@pytest.mark.parametrize(("day", "utc"), [("2026-07-01", 21), ("2026-12-01", 22)])
def test_it_is_due_on_the_clocks_of_that_day(
    teacher: Client, classroom: Classroom, day: str, utc: int
) -> None:
    """Submitty#3316: what is due after the clocks have changed is due an hour too late."""
    where = f"/classes/{classroom.pk}/assignments/"
    teacher.post(f"{where}new/", GIVEN | {"due": f"{day}T23:59", "published": "on"})
    made = Assignment.objects.get()
    assert made.due_at == datetime.fromisoformat(f"{day}T{utc}:59+00:00")
    page = teacher.get(f"{where}{made.pk}/edit/").content.decode()
    assert f'value="{day}T23:59' in page
    teacher.post(f"{where}{made.pk}/edit/", GIVEN | {"due": f"{day}T23:59:00"})
    made.refresh_from_db()
    assert made.due_at == datetime.fromisoformat(f"{day}T{utc}:59+00:00")


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""}, {"title": "a\u202eb"}, {"title": "x" * 201}, {"language": "cobol"},
        {"code": "x" * 600_000}, {"code": "a\0"}, {"text": "x" * 50_000}, {"due": "soon"},
        {"due": "0001-01-01T00:00"}, {"due": "9999-12-31T23:59"}, {"due": "1999-12-31"},
    ],
)  # fmt: skip
def test_nonsense_is_refused(teacher: Client, classroom: Classroom, wrong: dict[str, str]) -> None:
    answer = teacher.post(f"/classes/{classroom.pk}/assignments/new/", GIVEN | wrong)
    assert answer.status_code == 200
    assert not Assignment.objects.exists()


def test_changing_it_keeps_further_files(teacher: Client, classroom: Classroom) -> None:
    more = [*FILES, {"path": "data.txt", "content": "1"}]
    one = an_assignment(classroom, files=more)
    teacher.post(f"/classes/{classroom.pk}/assignments/{one.pk}/edit/", GIVEN)
    one.refresh_from_db()
    assert [file["path"] for file in one.files] == ["main.py", "data.txt"]


def test_the_list_says_who_has_handed_in_and_who_has_not(
    teacher: Client, classroom: Classroom, owner: User
) -> None:
    one = a_hand_in(classroom, owner, mark="A")
    new_member(classroom, "lazy")
    page = teacher.get(address(one, "hand-ins/")).content.decode()
    assert "1 of 2 have handed in." in page
    assert "lazy" in page


def test_more_students_cost_no_more_queries(
    teacher: Client, classroom: Classroom, owner: User
) -> None:
    one, counts = a_hand_in(classroom, owner), []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert teacher.get(address(one, "hand-ins/")).status_code == 200
        counts.append(len(queries))
        for each in range(4):
            student = new_member(classroom, f"s{number}-{each}")
            HandIn.objects.create(
                assignment=one.assignment, student=student, language="python", files=FILES,
                main="main.py",
            )  # fmt: skip
    assert len(set(counts)) == 1


def test_next_and_previous_follow_the_names(
    teacher: Client, classroom: Classroom, owner: User
) -> None:
    one = a_hand_in(classroom, owner)
    others = [
        HandIn.objects.create(
            assignment=one.assignment,
            student=new_member(classroom, name),
            language="python",
            files=FILES,
            main="main.py",
        )
        for name in ("adam", "zoe")
    ]
    context = teacher.get(address(one, f"hand-ins/{one.pk}/")).context
    assert (context["before"], context["after"]) == (others[0].pk, others[1].pk)


def test_it_shows_runs_made_in_the_class_and_no_others(
    teacher: Client, classroom: Classroom, owner: User
) -> None:
    snippet = a_snippet(owner)
    one = a_hand_in(classroom, owner, snippet=snippet)
    inside = finished_run(owner, snippet=snippet, classroom=classroom)
    finished_run(owner, snippet=snippet)
    assert teacher.get(address(one, f"hand-ins/{one.pk}/")).context["runs"] == [inside]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("main.py", 0),
        ("main.py", 4),
        ("other.py", 1),
        ("", 1),
        ("main.py", "x"),
        ("main.py", 10**9),
    ],
)
def test_a_comment_belongs_to_a_line(
    teacher: Client, classroom: Classroom, owner: User, path: str, line: object
) -> None:
    one = a_hand_in(classroom, owner)
    where = address(one, f"hand-ins/{one.pk}/comment/")
    teacher.post(where, {"path": path, "line": line, "text": "Hm"})
    assert not LineComment.objects.exists()
    teacher.post(where, {"path": "main.py", "line": 3, "text": "Hm"})
    assert LineComment.objects.get().line == 3


def test_a_copy_runs_in_the_instructors_workspace(
    teacher: Client, classroom: Classroom, owner: User
) -> None:
    one = a_hand_in(classroom, owner)
    answer = teacher.post(address(one, f"hand-ins/{one.pk}/run/"))
    copied = Snippet.objects.get()
    assert answer["Location"] == f"/snippets/{copied.pk}/"
    assert (copied.owner.username, copied.files) == ("teacher", FILES)


def test_an_exception_is_on_the_clocks_of_the_class(
    teacher: Client, classroom: Classroom, owner: User
) -> None:
    one = a_hand_in(classroom, owner)
    where = address(one, "exception/")
    teacher.post(where, {"student": "owner", "due": "2026-03-01T12:00"})
    assert DueException.objects.get().due_at == datetime(2026, 3, 1, 11, tzinfo=UTC)
    for asked in (
        {"student": "nobody", "due": "2026-03-01T12:00"},
        {"student": "owner", "due": "x"},
    ):
        teacher.post(where, asked)
    assert DueException.objects.count() == 1
    teacher.post(where, {"student": "owner", "due": ""})
    assert not DueException.objects.exists()


def test_who_has_less_time_than_all_others_is_named(
    teacher: Client, classroom: Classroom, owner: User
) -> None:
    """eecs-autograder#29: more time for all, and less for those who had been given more before."""
    one = a_hand_in(classroom, owner)
    teacher.post(address(one, "exception/"), {"student": "owner", "due": "2026-03-01T12:00"})
    named = "earlier than for all others: owner"
    for due, is_named in (("2026-02-20T12:00", False), ("2026-03-09T12:00", True), ("", True)):
        sent = GIVEN | {"due": due, "published": "on"}
        page = teacher.post(address(one, "edit/"), sent, follow=True).content.decode()
        assert (named in page) is is_named
    sent = GIVEN | {"title": "Another", "published": "on"}
    assert named not in teacher.post(address(one, "edit/"), sent, follow=True).content.decode()


def test_opening_a_hand_in_is_recorded(teacher: Client, classroom: Classroom, owner: User) -> None:
    one = a_hand_in(classroom, owner)
    teacher.get(address(one, f"hand-ins/{one.pk}/"))
    entry = AuditEntry.objects.get(action="opened_hand_in")
    assert (entry.actor_name, entry.subject, entry.target) == (
        "teacher",
        owner,
        f"hand-in {one.pk}",
    )


def test_a_program_of_empty_lines_is_shown_at_once(
    teacher: Client, student: Client, classroom: Classroom, owner: User
) -> None:
    """Half a million lines kept a web worker for minutes, and the page of who marks for longer."""
    files = [{"path": "main.py", "content": "\n" * 400_000}, {"path": "b.py", "content": "\nb"}]
    one = a_hand_in(classroom, owner, files=files, returned_at=timezone.now())
    LineComment.objects.create(hand_in=one, path="main.py", line=3, text="third")
    LineComment.objects.create(hand_in=one, path="main.py", line=300_000, text="far away")
    began = time.thread_time()
    for page in (teacher.get(address(one, f"hand-ins/{one.pk}/")),
                 student.get(address(one, f"mine/{one.pk}/"))):  # fmt: skip
        text = page.content.decode()
        assert text.count("<li><code>") == lines.MOST_LINES
        assert len(text) < 1_000_000
        for said in ("third", "300000: far away", "\nb</code>"):
            assert said in text
    assert time.thread_time() - began < 10
