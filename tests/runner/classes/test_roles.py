"""The table of docs/classes.md: a test for each cell, on the pages and lists that obey it."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver, resolve

from accounts.classrooms.permissions import ALLOWED, Action, AnyRole
from accounts.models import AuditEntry, Classroom, Membership, Role, User
from runner import access
from runner.models import StartedAssignment
from tests.a_class import a_class, a_hand_in, an_assignment, member, new_member
from tests.a_run import finished_run
from tests.a_snippet import a_snippet
from tests.cast import signed_in
from tests.runner.classes.conftest import As, addresses

DOCS = Path("docs/classes.md")
ROLES = list(ALLOWED)
CELLS = [(role, action) for role in ROLES for action in Action]
# Method and address below that of the class, for each action that pages obey.
REQUESTS: dict[Action, tuple[tuple[str, str], ...]] = {
    Action.SEE_CLASS: (("GET", ""),),
    Action.SEE_MEMBERS: (("GET", "members/"),),
    Action.CHANGE_CLASS: (("GET", "settings/"), ("POST", "archive/"), ("POST", "code/")),
    Action.CHANGE_MEMBERS: (
        ("GET", "members/list/"),
        ("POST", "members/list/"),
        ("POST", "members/{2}/"),
    ),
    Action.CHANGE_RULES: (("GET", "rules/"), ("POST", "rules/")),
    Action.SEE_RUNS: (("GET", "runs/"),),
    Action.WATCH_RUN: (("GET", "live/"),),
    Action.SEE_FIGURES: (("GET", "figures/"),),
    Action.SEE_ASSIGNMENTS: (
        ("GET", "assignments/"),
        ("GET", "assignments/{0}/"),
        ("POST", "assignments/{0}/begin/"),
    ),
    Action.CHANGE_ASSIGNMENTS: (
        ("GET", "assignments/new/"),
        ("POST", "assignments/new/"),
        ("GET", "assignments/{0}/edit/"),
        ("POST", "assignments/{0}/exception/"),
    ),
    Action.SEE_HAND_INS: (
        ("GET", "assignments/{0}/hand-ins/"),
        ("GET", "assignments/{0}/hand-ins/{1}/"),
    ),
    Action.MARK_HAND_INS: (
        ("POST", "assignments/{0}/hand-ins/{1}/mark/"),
        ("POST", "assignments/{0}/hand-ins/{1}/comment/"),
        ("POST", "assignments/{0}/hand-ins/{1}/run/"),
    ),
    Action.EXPORT: (
        ("GET", "runs.csv"),
        ("GET", "runs.json"),
        ("GET", "members/{2}/data.json"),
        ("POST", "members/{2}/delete/"),
        ("GET", "assignments/{0}/hand-ins.csv"),
        ("GET", "assignments/{0}/hand-ins.zip"),
    ),
}
# To others the page of the grid does not exist.
REFUSED = {Action.WATCH_RUN: (404,)}
# Of what one has made oneself: tests of their own.
OF_ONE_MEMBER = {"class-leave", "own-hand-in", "class-writing", "assignment-hand-in"}
PAGES = [
    (role, action, method, path)
    for role in [*ROLES, None]
    for action, requests in REQUESTS.items()
    for method, path in requests
]


def member_of(classroom: Classroom, user: User) -> int:
    return Membership.objects.get(classroom=classroom, user=user).pk


def ask(browser: Client, method: str, path: str) -> int:
    return browser.generic(method, path).status_code


def test_the_docs_have_the_table() -> None:
    lines = DOCS.read_text().splitlines()
    for action in Action:
        cells = ("yes" if action in ALLOWED[role] else "–" for role in ROLES)  # noqa: RUF001
        assert f"| {action.value} | {' | '.join(cells)} |" in lines


@pytest.mark.parametrize(("role", "action", "method", "path"), PAGES)
def test_pages_obey_the_table(
    classroom: Classroom,
    owner: User,
    as_role: As,
    role: AnyRole | None,
    action: Action,
    method: str,
    path: str,
) -> None:
    handed_in = a_hand_in(classroom, owner)
    path = path.format(handed_in.assignment_id, handed_in.pk, member_of(classroom, owner))
    status = ask(as_role(role), method, f"/classes/{classroom.pk}/{path}")
    if role is None:
        assert status == 404
    elif action in ALLOWED[role]:
        assert status in (200, 302)
    else:
        assert status in REFUSED.get(action, (403,))


def test_every_address_of_a_class_is_asked_for() -> None:
    asked = {
        resolve("/classes/1/" + path.format(1, 1, 1)).url_name
        for requests in REQUESTS.values()
        for _, path in requests
    }
    assert {
        name for route, name in addresses(get_resolver()) if route.startswith("classes/<int:")
    } == asked | OF_ONE_MEMBER


@pytest.mark.parametrize("role", [*ROLES, None])
def test_students_alone_hand_in(classroom: Classroom, as_role: As, role: AnyRole | None) -> None:
    browser = as_role(role)
    user = User.objects.get(pk=browser.session["_auth_user_id"])
    one = an_assignment(classroom)
    snippet = a_snippet(user)
    StartedAssignment.objects.create(assignment=one, snippet=snippet)
    path = f"/classes/{classroom.pk}/assignments/{one.pk}/hand-in/"
    status = browser.post(path, {"snippet": snippet.pk}).status_code
    may = role is not None and Action.HAND_IN in ALLOWED[role]
    assert status == (302 if may else 404 if role is None else 403)
    assert one.hand_ins.exists() is may


@pytest.mark.parametrize("role", [*ROLES, None])
def test_a_hand_in_is_read_by_its_student_and_who_may_see_hand_ins(
    classroom: Classroom, owner: User, as_role: As, role: AnyRole | None
) -> None:
    """By the student's address; classmates do not."""
    one = a_hand_in(classroom, owner)
    path = f"/classes/{classroom.pk}/assignments/{one.assignment_id}/mine/{one.pk}/"
    sees = role == Role.STUDENT or (role is not None and Action.SEE_HAND_INS in ALLOWED[role])
    assert as_role(role).get(path).status_code == (200 if sees else 404)
    another = signed_in(new_member(classroom, "another"))
    assert another.get(path).status_code == 404


@pytest.mark.parametrize("role", [*ROLES, None])
def test_members_alone_leave(classroom: Classroom, as_role: As, role: AnyRole | None) -> None:
    new_member(classroom, "another-instructor", Role.INSTRUCTOR)
    status = as_role(role).post(f"/classes/{classroom.pk}/leave/").status_code
    assert status == (302 if isinstance(role, Role) else 404)


@pytest.mark.parametrize("path", sorted({path for *_, path in PAGES}))
def test_strangers_sign_in_first(classroom: Classroom, stranger: Client, path: str) -> None:
    answer = stranger.get(f"/classes/{classroom.pk}/{path.format(1, 1, 1)}")
    assert answer.status_code in (302, 405)
    assert answer.status_code == 405 or answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(("role", "action"), CELLS)
def test_decisions_obey_the_table(
    classroom: Classroom, as_role: As, role: AnyRole, action: Action
) -> None:
    user = User.objects.get(pk=as_role(role).session["_auth_user_id"])
    assert access.may(user, classroom.pk, action) is (action in ALLOWED[role])


@pytest.mark.parametrize("role", [*ROLES, None])
def test_runs_of_the_class_obey_the_table(
    classroom: Classroom, owner: User, as_role: As, role: AnyRole | None
) -> None:
    """Page, recording and list of a run: its owner is a student of the class."""
    browser = as_role(role)
    user = User.objects.get(pk=browser.session["_auth_user_id"])
    run = finished_run(owner, classroom=classroom)
    sees = user == owner or (role is not None and Action.SEE_RUNS in ALLOWED[role])
    for path in (f"/runs/{run.pk}/", f"/runs/{run.pk}.cast"):
        assert browser.get(path).status_code == (200 if sees else 404)
    watches = user == owner or (role is not None and Action.WATCH_RUN in ALLOWED[role])
    assert access.may_watch(user, run) is watches
    stops = user == owner or (role is not None and Action.STOP_RUN in ALLOWED[role])
    assert access.may_stop(user, run) is stops


@pytest.mark.parametrize("role", ROLES)
def test_who_is_in_no_class_is_recorded(classroom: Classroom, as_role: As, role: AnyRole) -> None:
    assert as_role(role).get(f"/classes/{classroom.pk}/").status_code == 200
    opened = AuditEntry.objects.filter(action="opened_class", target=f"class {classroom.pk}")
    assert opened.exists() is (role in ("staff", "superuser"))


@pytest.mark.parametrize("number", ["0", "99999", str(2**63), "x"])
@pytest.mark.parametrize("path", sorted({path for *_, path in PAGES}))
def test_no_id_finds_anything(as_role: As, owner: User, number: str, path: str) -> None:
    """Of no class; below a class in which the reader teaches, of nothing in it."""
    there = path.format(number, number, number)
    assert as_role(None).get(f"/classes/{number}/{there}").status_code in (404, 405)
    if "{" in path:
        mine = a_class("mine")
        teacher = new_member(mine, "teaches-elsewhere", Role.INSTRUCTOR)
        handed_in = a_hand_in(a_class("other"), owner)
        browser = signed_in(teacher)
        member(handed_in.assignment.classroom, owner)
        theirs = member_of(handed_in.assignment.classroom, owner)
        for ids in ((number,) * 3, (handed_in.assignment_id, handed_in.pk, theirs)):
            answer = browser.get(f"/classes/{mine.pk}/{path.format(*ids)}")
            assert answer.status_code in (404, 405)
            answer = browser.post(f"/classes/{mine.pk}/{path.format(*ids)}")
            assert answer.status_code in (404, 405)
