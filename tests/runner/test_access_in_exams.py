"""What a student sees of older work: not in an exam that hides it, and not without a history."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Classroom, Role, User
from runner import access, runs
from runner.models import Run, Snippet, StartedAssignment
from runner.protocol.refusals import NotAllowed
from runner.run_state import RunStatus
from tests.a_class import a_class, an_assignment, member, rules
from tests.a_run import finished_run
from tests.a_snippet import Page, a_snippet
from tests.an_artifact import an_artifact
from tests.cast import signed_in

HOUR = timedelta(hours=1)


@pytest.fixture
def classroom(owner: User) -> Classroom:
    made = a_class()
    member(made, owner)
    return made


def exam(classroom: Classroom, **fields: object) -> None:
    now = timezone.now()
    rules(classroom, exam_starts_at=now - HOUR, exam_ends_at=now + HOUR, **fields)


def made_before(snippet: Snippet) -> Snippet:
    Snippet.objects.filter(pk=snippet.pk).update(created_at=timezone.now() - 2 * HOUR)
    return snippet


def titles(user: User) -> set[str]:
    status, body = Page(user).ask("GET", "/snippets/")
    assert status == 200
    return {row["title"] for row in body["snippets"]}


def test_older_snippets_are_hidden_and_counted(owner: User, classroom: Classroom) -> None:
    old = made_before(a_snippet(owner, title="old"))
    task = made_before(a_snippet(owner, title="task"))
    StartedAssignment.objects.create(assignment=an_assignment(classroom), snippet=task)
    a_snippet(owner, title="new")
    exam(classroom)
    assert titles(owner) == {"task", "new"}
    page = Page(owner)
    for method, path, body in (
        ("GET", f"/snippets/{old.pk}/", None),
        ("PUT", f"/snippets/{old.pk}/", {"version": 1, "title": "mine"}),
        ("DELETE", f"/snippets/{old.pk}/", None),
        ("POST", f"/snippets/{old.pk}/duplicate/", None),
    ):
        assert page.ask(method, path, body)[0] == 404, path
    assert access.own_snippets(owner).count() == 3
    exam(classroom, exam_hides_old_code=False)
    assert titles(owner) == {"old", "task", "new"}


@pytest.mark.parametrize("hours", [(-3, -2), (2, 3)])
def test_nothing_is_hidden_before_and_after(
    owner: User, classroom: Classroom, hours: tuple[int, int]
) -> None:
    made_before(a_snippet(owner, title="old"))
    times = [timezone.now() + each * HOUR for each in hours]
    rules(classroom, exam_starts_at=times[0], exam_ends_at=times[1])
    assert titles(owner) == {"old"}


def test_who_teaches_loses_nothing(owner: User, classmate: User, classroom: Classroom) -> None:
    member(classroom, classmate, Role.INSTRUCTOR)
    made_before(a_snippet(classmate, title="old"))
    exam(classroom)
    assert titles(classmate) == {"old"}


def test_older_runs_are_hidden(owner: User, classroom: Classroom) -> None:
    old = finished_run(owner, created_at=timezone.now() - 2 * HOUR)
    new = finished_run(owner, classroom=classroom)
    exam(classroom)
    browser = signed_in(owner)
    assert browser.get(f"/runs/{new.pk}/").status_code == 200
    for path in (f"/runs/{old.pk}/", f"/runs/{old.pk}.cast", f"/runs/{old.pk}/artifacts/"):
        assert browser.get(path).status_code == 404
    for path in (f"/runs/{old.pk}/snippet/", f"/runs/{old.pk}/restore/"):
        assert browser.post(path).status_code == 404
    listed = browser.get("/runs/").content.decode()
    assert str(new.pk) in listed
    assert str(old.pk) not in listed
    # A page that was cut off from its run is told the end of it.
    assert access.attachable_run(owner, old.pk, {}) == old


def test_an_older_run_that_goes_on_does_not_show_its_code(
    owner: User, classroom: Classroom
) -> None:
    """Whoever starts one just before would have all files that were given to it."""
    running: dict[str, Any] = {"status": RunStatus.RUNNING, "outcome": "", "exit_code": None}
    active = finished_run(owner, created_at=timezone.now() - 2 * HOUR, finished_at=None, **running)
    exam(classroom)
    browser = signed_in(owner)
    for path in (f"/runs/{active.pk}/", f"/runs/{active.pk}.cast", f"/?run={active.pk}"):
        assert browser.get(path).status_code == 404, path
    for path in (f"/runs/{active.pk}/snippet/", f"/runs/{active.pk}/restore/"):
        assert browser.post(path).status_code == 404, path
    assert not Snippet.objects.exists()
    # It takes the place of the next one: it is among those that can be stopped.
    assert str(active.pk) in browser.get("/runs/active/").content.decode()
    assert access.own_run(owner, active.pk, hidden=True) == active


def test_no_address_shows_a_file_of_an_older_run(owner: User, classroom: Classroom) -> None:
    run = finished_run(owner, created_at=timezone.now() - 2 * HOUR)
    notes = an_artifact(run, b"notes", kind="file", name="n.txt", path="n.txt", mime="text/plain")
    address = runs.describe(notes, owner.pk).url
    assert Client().get(address).content == b"notes"
    exam(classroom)
    assert Client().get(address).status_code == 404
    exam(classroom, exam_hides_old_code=False)
    assert Client().get(address).content == b"notes"


def test_no_terminal_shows_what_was_printed_before(owner: User, classroom: Classroom) -> None:
    """A terminal attaches by the id of a run, which may stand on paper."""
    old = finished_run(owner, created_at=timezone.now() - 3 * HOUR)
    Run.objects.filter(pk=old.pk).update(finished_at=timezone.now() - 2 * HOUR)
    active = finished_run(owner, created_at=timezone.now() - 2 * HOUR)
    Run.objects.filter(pk=active.pk).update(finished_at=None)
    assert access.attachable_run(owner, old.pk, {}) == old
    exam(classroom)
    with pytest.raises(access.NotFound):
        access.attachable_run(owner, old.pk, {})
    with pytest.raises(access.NotFound):
        access.own_run(owner, old.pk)
    assert access.attachable_run(owner, active.pk, {}) == active
    exam(classroom, exam_hides_old_code=False)
    assert access.attachable_run(owner, old.pk, {}) == old


def test_no_file_of_an_older_run_is_copied(owner: User, classroom: Classroom) -> None:
    """Files that programs have written are offered as an archive, and as data of a snippet."""
    old = finished_run(owner, created_at=timezone.now() - 3 * HOUR)
    new = a_snippet(owner)
    exam(classroom)
    assert signed_in(owner).get(f"/runs/{old.pk}/files.zip").status_code == 404
    asked = {"run": str(old.pk), "seq": 1, "kept": False}
    assert Page(owner).ask("POST", f"/snippets/{new.pk}/data/", asked)[0] == 404


def test_only_code_of_the_chosen_assignments_is_shown(owner: User, classroom: Classroom) -> None:
    chosen, other = an_assignment(classroom), an_assignment(classroom)
    for one in (chosen, other):
        snippet = made_before(a_snippet(owner, title=str(one.pk)))
        StartedAssignment.objects.create(assignment=one, snippet=snippet)
    exam(classroom, exam_tasks=f"9{chosen.pk} {chosen.pk} {other.pk}9")
    assert titles(owner) == {str(chosen.pk)}
    exam(classroom, exam_tasks="")
    assert titles(owner) == {str(chosen.pk), str(other.pk)}


def test_without_a_history_only_who_teaches_sees_what_was_run(
    owner: User, classmate: User, classroom: Classroom
) -> None:
    teacher = member(classroom, classmate, Role.INSTRUCTOR)
    inside, outside = finished_run(owner, classroom=classroom), finished_run(owner)
    own = finished_run(teacher, classroom=classroom)
    rules(classroom, history=False)
    browser = signed_in(owner)
    assert browser.get(f"/runs/{inside.pk}/").status_code == 404
    assert browser.get(f"/runs/{outside.pk}/").status_code == 200
    assert signed_in(teacher).get(f"/runs/{inside.pk}/").status_code == 200
    assert signed_in(teacher).get(f"/runs/{own.pk}/").status_code == 200


def test_no_other_class_is_opened(owner: User, classroom: Classroom) -> None:
    other = a_class("other")
    member(other, owner)
    task = an_assignment(other)
    exam(classroom)
    browser = signed_in(owner)
    for path in ("", "assignments/", f"assignments/{task.pk}/"):
        answer = browser.get(f"/classes/{other.pk}/{path}")
        assert answer.status_code == 403
        assert "You are taking an exam in the class 7b." in answer.content.decode()
    with pytest.raises(NotAllowed):
        access.classroom(owner, other.pk, access.Action.SEE_CLASS)
    assert browser.get(f"/classes/{classroom.pk}/").status_code == 200


def test_other_assignments_of_the_class_are_not_there(owner: User, classroom: Classroom) -> None:
    chosen, other = an_assignment(classroom), an_assignment(classroom)
    exam(classroom, exam_tasks=str(chosen.pk))
    browser, folder = signed_in(owner), f"/classes/{classroom.pk}/assignments"
    assert browser.get(f"{folder}/{chosen.pk}/").status_code == 200
    assert browser.get(f"{folder}/{other.pk}/").status_code == 404


def test_shared_code_is_not_read_nor_copied(
    owner: User, classmate: User, classroom: Classroom
) -> None:
    shared = a_snippet(classmate, title="shared")
    status, body = Page(classmate).ask(
        "PUT", f"/snippets/{shared.pk}/share/", {"shared": True, "embed": False}
    )
    assert status == 200, body
    slug = body["share"]["slug"]
    exam(classroom)
    browser = signed_in(owner)
    assert browser.get(f"/s/{slug}/").status_code == 403
    assert browser.post(f"/s/{slug}/fork/").status_code == 403
    assert Page(owner).ask("POST", f"/s/{slug}/fork/")[0] == 403
    assert not Snippet.objects.filter(owner=owner).exists()
    assert signed_in(classmate).get(f"/s/{slug}/").status_code == 200


def test_the_archive_of_own_data_has_older_code(owner: User, classroom: Classroom) -> None:
    exam(classroom)
    answer = signed_in(owner).post("/accounts/data/download/", follow=True)
    assert "During an exam you cannot download your data." in answer.content.decode()


def test_files_of_older_runs_do_not_come_into_an_exam(owner: User, classroom: Classroom) -> None:
    run, snippet = finished_run(owner), a_snippet(owner)
    Run.objects.filter(pk=run.pk).update(created_at=timezone.now() - 2 * HOUR)
    an_artifact(run, b"notes", kind="file", name="notes.txt", path="notes.txt", mime="text/plain")
    exam(classroom)
    page, asked = Page(owner), {"run": str(run.pk), "seq": 1}
    assert page.ask("POST", f"/snippets/{snippet.pk}/data/", asked)[0] == 404
    assert page.ask("GET", f"/runs/{run.pk}/files/1/")[0] == 404
    assert page.ask("GET", f"/runs/{run.pk}/files.zip")[0] == 404
    exam(classroom, exam_hides_old_code=False)
    assert page.ask("POST", f"/snippets/{snippet.pk}/data/", asked)[0] == 201
