"""The admin admits who teaches a class, and shows classes taught and runs made in them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Classroom, Role, User
from tests.a_class import a_class, member, new_member
from tests.a_run import finished_run
from tests.cast import signed_in

CLASSES, RUNS = "/admin/accounts/classroom/", "/admin/runner/run/"


@pytest.fixture
def classroom(owner: User) -> Classroom:
    made = a_class("7b")
    member(made, owner)
    return made


@pytest.fixture
def teacher(classroom: Classroom) -> Client:
    return signed_in(new_member(classroom, "teacher", Role.INSTRUCTOR))


def act(browser: Client, action: str, *classes: Classroom) -> None:
    asked = {"action": action, "_selected_action": [one.pk for one in classes]}
    assert browser.post(CLASSES, asked).status_code == 302


def test_who_teaches_lands_on_the_classes_taught(teacher: Client, classroom: Classroom) -> None:
    other = a_class("other")
    assert teacher.get("/admin/")["Location"] == CLASSES
    page = teacher.get(CLASSES)
    assert [one.pk for one in page.context["cl"].result_list] == [classroom.pk]
    assert teacher.get(f"{CLASSES}{other.pk}/change/").status_code == 302  # as if there were none
    assert teacher.get(f"{CLASSES}{classroom.pk}/change/").status_code == 200


def test_every_choice_of_a_filter_has_a_name(superuser: User, classroom: Classroom) -> None:
    a_class("other", term="2026/27")
    page = signed_in(superuser).get(CLASSES).content.decode()
    assert "without a term" in page
    assert '=""></a>' not in page
    found = signed_in(superuser).get(CLASSES, {"term": ""})
    assert [one.pk for one in found.context["cl"].result_list] == [classroom.pk]


def test_who_teaches_sees_the_runs_of_the_class(
    teacher: Client, classroom: Classroom, owner: User
) -> None:
    inside, private = finished_run(owner, classroom=classroom), finished_run(owner)
    listed = [one.pk for one in teacher.get(RUNS).context["cl"].result_list]
    assert listed == [inside.pk]
    assert teacher.get(f"{RUNS}{inside.pk}/change/").status_code == 200
    assert teacher.get(f"{RUNS}{private.pk}/change/").status_code == 302
    assert AuditEntry.objects.filter(action="opened_run", target=f"run {inside.pk}").exists()
    for text in ("owner@example.org", "example.org"):
        assert not teacher.get(RUNS, {"q": text}).context["cl"].result_list


@pytest.mark.parametrize(
    "path",
    [
        "/admin/accounts/user/", "/admin/accounts/user/1/change/", "/admin/accounts/user/1/help/",
        "/admin/accounts/user/add-class/", "/admin/runner/snippet/", "/admin/runner/executor/",
        "/admin/accounts/auditentry/", "/admin/accounts/classroom/add/",
    ],
)  # fmt: skip
def test_who_teaches_sees_nothing_else(teacher: Client, path: str) -> None:
    assert teacher.get(path).status_code == 403


def test_students_do_not_get_in(owner: User, classroom: Classroom) -> None:
    for path in (CLASSES, RUNS, "/admin/"):
        assert signed_in(owner).get(path, follow=True).status_code == 403


def test_who_does_not_teach_any_more_is_out(teacher: Client, classroom: Classroom) -> None:
    classroom.memberships.filter(user__username="teacher").delete()
    assert teacher.get(CLASSES, follow=True).status_code == 403


def test_actions_change_what_one_may_change(
    teacher: Client, classroom: Classroom, instructor: User
) -> None:
    act(teacher, "new_codes", classroom)
    classroom.refresh_from_db()
    first = classroom.join_code
    assert first
    staff = signed_in(instructor)
    for action in ("new_codes", "archive"):
        act(staff, action, classroom)
    classroom.refresh_from_db()
    assert (classroom.join_code, classroom.is_archived) == (first, False)
    other = a_class("other")
    act(teacher, "archive", classroom, other)
    assert [one.name for one in Classroom.objects.exclude(archived_at=None)] == ["7b"]


@pytest.mark.parametrize("role", [Role.ASSISTANT])
def test_an_assistant_changes_nothing(classroom: Classroom, role: Role) -> None:
    browser = signed_in(new_member(classroom, "helper", role))
    act(browser, "archive", classroom)
    classroom.refresh_from_db()
    assert not classroom.is_archived


@pytest.mark.parametrize(
    "lookup",
    [
        "join_code__startswith", "memberships__user__password", "term__regex",
        "archived_at__year__gt",
    ],
)  # fmt: skip
def test_nobody_guesses_codes_through_filters(
    teacher: Client, classroom: Classroom, lookup: str
) -> None:
    assert teacher.get(CLASSES, {lookup: "a"}).status_code in (302, 400)


@pytest.mark.parametrize(
    "lookup",
    [
        "classroom__join_code__startswith", "classroom__members__password__startswith",
        "classroom__memberships__user__email__regex", "classroom__runs__files__contains",
        "language__regex", "owner__password__startswith",
    ],
)  # fmt: skip
def test_nobody_guesses_what_is_related_to_runs(
    classroom: Classroom, owner: User, lookup: str
) -> None:
    """Their list is filtered by the class: whoever helps there may see its runs, and neither its
    code nor the addresses and passwords of its members."""
    finished_run(owner, classroom=classroom)
    helper = signed_in(new_member(classroom, "helper", Role.ASSISTANT))
    assert helper.get(RUNS).status_code == 200
    assert helper.get(RUNS, {lookup: "a"}).status_code == 400


@pytest.mark.parametrize("path", [CLASSES, RUNS])
def test_every_offered_filter_can_be_chosen(
    teacher: Client, classroom: Classroom, owner: User, path: str
) -> None:
    Classroom.objects.update(term="2026")
    finished_run(owner, classroom=classroom)
    changelist = teacher.get(path, {"_facets": "True"}).context["cl"]
    offered = [
        choice["query_string"]
        for each in changelist.filter_specs
        for choice in each.choices(changelist)
        if "query_string" in choice
    ]
    assert len(offered) > 4
    for query in offered:
        assert teacher.get(path + query).status_code == 200, query


@pytest.mark.parametrize("path", [CLASSES, RUNS])
def test_more_rows_cost_no_more_queries(
    teacher: Client, classroom: Classroom, owner: User, path: str
) -> None:
    counts = []
    for number in range(3):
        for each in range(4):
            other = a_class(f"{number}-{each}")
            member(other, User.objects.get(username="teacher"), Role.INSTRUCTOR)
            finished_run(owner, classroom=other)
        with CaptureQueriesContext(connection) as queries:
            assert teacher.get(path).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1
