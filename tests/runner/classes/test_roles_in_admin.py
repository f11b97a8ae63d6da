"""The administration obeys the table of docs/classes.md: its lists, pages and actions."""

import pytest
from django.test import Client

from accounts.classrooms.permissions import ALLOWED, Action, AnyRole, SiteRole
from accounts.models import Classroom, Role, User
from runner.run_state import RunStatus
from tests.a_run import finished_run
from tests.cast import streamed
from tests.runner.classes.conftest import As

CLASSES, RUNS = "/admin/accounts/classroom/", "/admin/runner/run/"
ROLES: list[AnyRole | None] = [*ALLOWED, None]
# A role in a class opens the administration to who teaches; staff had it before there were classes.
ADMITTED = {Role.ASSISTANT, Role.INSTRUCTOR, SiteRole.STAFF, SiteRole.SUPERUSER}


def act(browser: Client, path: str, action: str, pk: object) -> bytes:
    answer = browser.post(path, {"action": action, "_selected_action": [str(pk)]}, follow=False)
    return streamed(answer) if answer.streaming else b""


@pytest.mark.parametrize("path", [CLASSES, RUNS])
@pytest.mark.parametrize("role", ROLES)
def test_lists_have_what_the_role_may_see(
    as_role: As, classroom: Classroom, owner: User, role: AnyRole | None, path: str
) -> None:
    run, private = finished_run(owner, classroom=classroom), finished_run(owner)
    answer = as_role(role).get(path, follow=True)
    if role not in ADMITTED:
        assert answer.status_code == 403
        return
    listed = {one.pk for one in answer.context["cl"].result_list}
    assert (classroom.pk if path == CLASSES else run.pk) in listed
    if path == RUNS:
        assert (private.pk in listed) is isinstance(role, SiteRole)


@pytest.mark.parametrize("role", ROLES)
def test_pages_open_for_the_same_roles(
    as_role: As, classroom: Classroom, owner: User, role: AnyRole | None
) -> None:
    run, browser = finished_run(owner, classroom=classroom), as_role(role)
    for page in (f"{CLASSES}{classroom.pk}/change/", f"{RUNS}{run.pk}/change/"):
        status = browser.get(page, follow=True).status_code
        assert status == (200 if role in ADMITTED else 403)


def allowed(role: AnyRole | None, action: Action) -> bool:
    return role in ADMITTED and role is not None and action in ALLOWED[role]


@pytest.mark.parametrize("role", ROLES)
def test_programs_are_stopped_by_who_may(
    as_role: As, classroom: Classroom, owner: User, role: AnyRole | None
) -> None:
    run = finished_run(
        owner, classroom=classroom, status=RunStatus.QUEUED, outcome="", exit_code=None
    )
    act(as_role(role), RUNS, "stop_runs", run.pk)
    run.refresh_from_db()
    assert (run.status == RunStatus.FINISHED) is allowed(role, Action.STOP_RUN)


@pytest.mark.parametrize("role", ROLES)
def test_classes_are_changed_by_who_may(
    as_role: As, classroom: Classroom, role: AnyRole | None
) -> None:
    browser = as_role(role)
    act(browser, CLASSES, "new_codes", classroom.pk)
    act(browser, CLASSES, "archive", classroom.pk)
    may = allowed(role, Action.CHANGE_CLASS)
    classroom.refresh_from_db()
    assert classroom.is_archived is may


@pytest.mark.django_db(transaction=True)  # an export is made in another thread
@pytest.mark.parametrize("action", ["export_csv", "export_json"])
@pytest.mark.parametrize("role", ROLES)
def test_exports_have_runs_of_who_may_export(
    as_role: As, classroom: Classroom, owner: User, role: AnyRole | None, action: str
) -> None:
    run, browser = finished_run(owner, classroom=classroom), as_role(role)
    text = act(browser, RUNS, action, run.pk).decode()
    assert (str(run.pk) in text) is allowed(role, Action.EXPORT)
    private = finished_run(owner)
    text = act(browser, RUNS, action, private.pk).decode()
    assert (str(private.pk) in text) is isinstance(role, SiteRole)


@pytest.mark.parametrize("number", ["0", "99999", str(2**63), "x", "%00", "_2F"])
@pytest.mark.parametrize("path", [CLASSES, RUNS])
def test_no_id_finds_anything(as_role: As, owner: User, path: str, number: str) -> None:
    browser = as_role(Role.INSTRUCTOR)
    for page in ("change", "delete", "history"):
        answer = browser.get(f"{path}{number}/{page}/")
        assert answer.status_code in (302, 403, 404)
        assert answer.get("Location", "/admin/") == "/admin/"
