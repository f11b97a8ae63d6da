"""Lines of starter code are named, given with the snippet, and missed when they are gone."""

import pytest

from accounts.models import Classroom, Role, User
from runner.assignments import store
from runner.assignments.locked_lines import WrongLines, blocks_of, keeps, lines_of
from runner.models import Assignment, Snippet
from tests.a_class import a_class, an_assignment, member, new_member
from tests.a_snippet import Page
from tests.cast import signed_in

CODE = "def f(x):\n    # your code\n\nprint(f(2))\n"


def starter(classroom: Classroom, locked: str) -> Assignment:
    files = [{"path": "main.py", "content": CODE}]
    return an_assignment(classroom, files=files, locked=locked)


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", []), ("4", [(4, 4)]), (" 3 - 4 ,1", [(1, 1), (3, 4)]), ("1,2-3,2", [(1, 3)])],
)
def test_lines_are_read(text: str, lines: list[tuple[int, int]]) -> None:
    assert lines_of(text, 5) == lines


@pytest.mark.parametrize("text", ["0", "6", "3-2", "a", "1;2", "-1", "1" * 9, ",".join("1" * 51)])
def test_what_are_no_lines_is_refused(text: str) -> None:
    with pytest.raises(WrongLines):
        lines_of(text, 5)


def test_blocks_are_looked_for_as_whole_lines() -> None:
    blocks = blocks_of(CODE, "1, 4")
    assert blocks == ["def f(x):", "print(f(2))"]
    assert keeps("import math\n" + CODE.replace("# your code", "return x"), blocks)
    for changed in ("", CODE.replace("x", "y"), " " + CODE, "print(f(2))\ndef f(x):"):
        assert not keeps(changed, blocks)


def test_a_student_gets_them_with_the_snippet(owner: User) -> None:
    classroom = a_class()
    member(classroom, owner)
    task = starter(classroom, "1, 4")
    signed_in(owner).post(f"/classes/{classroom.pk}/assignments/{task.pk}/begin/")
    snippet = Snippet.objects.get()
    status, told = Page(owner).ask("GET", f"/snippets/{snippet.pk}/")
    assert (status, told["locked"]) == (200, ["def f(x):", "print(f(2))"])


def test_the_form_names_lines_that_there_are(owner: User) -> None:
    classroom = a_class()
    teacher = new_member(classroom, "teacher", Role.INSTRUCTOR)
    asked = {"title": "Loops", "language": "python", "code": CODE, "locked": "1, 9"}
    path = f"/classes/{classroom.pk}/assignments/new/"
    assert "There are no such lines: 9" in signed_in(teacher).post(path, asked).content.decode()
    signed_in(teacher).post(path, asked | {"locked": "1, 4"})
    assert Assignment.objects.get().locked == "1, 4"


def test_who_marks_sees_that_they_were_changed(owner: User) -> None:
    classroom = a_class()
    member(classroom, owner)
    teacher = new_member(classroom, "teacher", Role.INSTRUCTOR)
    task = starter(classroom, "1")
    snippet = store.begin(owner, task)
    told = []
    for code in (CODE, CODE.replace("f(x)", "f(x, y)")):
        files = [{"path": "main.py", "content": code}]
        Snippet.objects.filter(pk=snippet.pk).update(files=files)
        made = store.hand_in(owner, task, snippet.pk)
        page = f"/classes/{classroom.pk}/assignments/{task.pk}/hand-ins/{made.pk}/"
        told.append("Locked lines" in signed_in(teacher).get(page).content.decode())
    assert told == [False, True]
    # Who empties the list of deleted snippets leaves no trace of what was locked.
    Snippet.objects.all().delete()
    left = signed_in(teacher).get(page)
    assert "Locked lines" in left.content.decode()
