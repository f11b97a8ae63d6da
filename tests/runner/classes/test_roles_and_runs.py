"""What each role may do with a run of the class: its pages, files, pictures and actions."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver

from accounts.classrooms.permissions import ALLOWED, Action, AnyRole
from accounts.models import Classroom, Role, User
from runner.models import Run, Writing
from tests.a_class import a_class, new_member
from tests.a_run import finished_run
from tests.an_artifact import an_artifact
from tests.cast import signed_in
from tests.runner.classes.conftest import As, addresses

# What is read of a run: by its owner, and by who may see runs of the class.
READ = {
    "run-detail": "/runs/{0}/",
    "run-cast": "/runs/{0}.cast",
    "run-artifacts": "/runs/{0}/artifacts/",
    "run-file": "/runs/{0}/files/2/",
    "run-files-zip": "/runs/{0}/files.zip",
    "run-writing": "/runs/{0}/writing/",
}
# What its owner alone asks for. A copy is made by who may read it.
OWN = {
    "run-stop": "/runs/{0}/stop/",
    "run-delete": "/runs/{0}/delete/",
    "run-restore": "/runs/{0}/restore/",
    "run-files": "/runs/{0}/files/",
}
COPY = {"run-to-snippet": "/runs/{0}/snippet/"}
# Its address has a token that is made for one reader: tests/runner/history/.
SIGNED = {"artifact"}
ROLES: list[AnyRole | None] = [*ALLOWED, None]


@pytest.fixture
def run(classroom: Classroom, owner: User) -> Run:
    """It has shown a picture, returned a file, and was written in the class."""
    made = finished_run(owner, classroom=classroom)
    an_artifact(made)
    an_artifact(made, b"a,b\n1,2\n", kind="file", name="a.csv", path="a.csv", mime="text/csv")
    Writing.objects.create(
        owner=owner, classroom=classroom, runs=[[str(made.pk), 0]], started_at=made.created_at
    )
    return made


def sees(role: AnyRole | None) -> bool:
    owns = role == Role.STUDENT  # who ran it
    return owns or (role is not None and Action.SEE_RUNS in ALLOWED[role])


def test_every_address_of_a_run_is_asked_for() -> None:
    named = {name for route, name in addresses(get_resolver()) if "<uuid:run_id>" in route}
    assert named == READ.keys() | OWN.keys() | COPY.keys() | SIGNED


@pytest.mark.django_db(transaction=True)  # archives are made in other threads
@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("role", ROLES)
def test_what_is_read_of_a_run_obeys_the_table(
    as_role: As, run: Run, role: AnyRole | None, name: str
) -> None:
    answer = as_role(role).get(READ[name].format(run.pk))
    assert answer.status_code == (200 if sees(role) else 404)


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("role", ROLES)
def test_a_run_outside_of_the_class_is_nobodys(
    as_role: As, owner: User, role: AnyRole | None, name: str
) -> None:
    """Staff alone see it, as they see all runs."""
    private = finished_run(owner)
    an_artifact(private, seq=2)
    status = as_role(role).get(READ[name].format(private.pk)).status_code
    if role in (Role.ASSISTANT, Role.INSTRUCTOR, None):
        assert status == 404


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("role", [one for one in ROLES if one != Role.STUDENT])
def test_nobody_else_asks_for_what_is_the_owners(
    as_role: As, run: Run, role: AnyRole | None, name: str
) -> None:
    browser = as_role(role)
    answer = browser.post(OWN[name].format(run.pk), content_type="application/json")
    assert answer.status_code == 404
    assert Run.objects.filter(pk=run.pk).exists()


@pytest.mark.parametrize("role", ROLES)
def test_a_copy_is_made_by_who_reads_the_run(as_role: As, run: Run, role: AnyRole | None) -> None:
    browser = as_role(role)
    status = browser.post(COPY["run-to-snippet"].format(run.pk)).status_code
    assert status == (302 if sees(role) else 404)


@pytest.mark.parametrize("path", [*READ.values(), *OWN.values(), *COPY.values()])
def test_no_run_is_found_by_guessing(as_role: As, stranger: Client, path: str) -> None:
    teacher = as_role(Role.INSTRUCTOR)
    for method in (teacher.get, teacher.post):
        assert method(path.format(uuid4())).status_code in (404, 405)
    answer = stranger.get(path.format(uuid4()))
    assert answer.status_code in (302, 401, 403, 404, 405)


def test_who_teaches_elsewhere_reads_nothing(run: Run) -> None:
    browser = signed_in(new_member(a_class("other"), "elsewhere", Role.INSTRUCTOR))
    for path in READ.values():
        assert browser.get(path.format(run.pk)).status_code == 404
