"""Snippets that a student shares with a class, and all others: the table of docs/classes.md."""

import json
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.classrooms.permissions import ALLOWED, Action, AnyRole, SiteRole
from accounts.models import AuditEntry, Classroom, Role, User
from runner.models import DataFile, Room
from tests.a_class import a_class, new_member
from tests.a_room import a_room
from tests.a_snippet import Page, a_snippet
from tests.cast import signed_in
from tests.runner.classes.conftest import As

ROLES: list[AnyRole | None] = [*ALLOWED, None]
ADMIN = "/admin/runner/snippet/"


def user_of(as_role: As, classroom: Classroom, role: AnyRole | None) -> User:
    """In that role, and not the owner of the snippet: another student."""
    if role == Role.STUDENT:
        return new_member(classroom, "another")
    return User.objects.get(pk=as_role(role).session["_auth_user_id"])


def of_class(owner: User, classroom: Classroom) -> Room:
    room = a_room(owner)
    signed_in(owner).post(
        f"/rooms/{room.pk}/people/class/", {"class": classroom.pk, "role": "viewer"}
    )
    room.refresh_from_db()
    assert room.class_role
    return room


@pytest.mark.parametrize("role", ROLES)
def test_what_is_shared_with_the_class_is_seen_by_the_table(
    as_role: As, classroom: Classroom, owner: User, role: AnyRole | None
) -> None:
    """By members in its room, by the others in the administration."""
    room, user = of_class(owner, classroom), user_of(as_role, classroom, role)
    browser = signed_in(user)
    inside = browser.get(f"/rooms/{room.pk}/").status_code == 200
    listed = f"/rooms/{room.pk}/" in browser.get("/rooms/").text
    administered = browser.get(f"{ADMIN}{room.snippet_id}/change/").status_code == 200
    assert inside is listed is isinstance(role, Role)
    assert administered is isinstance(role, SiteRole)
    may = role is not None and Action.SEE_SHARED_SNIPPETS in ALLOWED[role]
    assert (inside or administered) is may


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.INSTRUCTOR, Role.STUDENT])
def test_it_is_shared_with_that_class_for_as_long_as_its_owner_says(
    classroom: Classroom, owner: User, role: Role
) -> None:
    room = of_class(owner, classroom)
    elsewhere = signed_in(new_member(a_class("other"), "elsewhere", role))
    inside = signed_in(new_member(classroom, "inside", role))
    assert elsewhere.get(f"/rooms/{room.pk}/").status_code == 404
    assert inside.get(f"/rooms/{room.pk}/").status_code == 200
    for path in ("people/class/", "people/add/", "people/invite/", "end/", "renew/"):
        assert inside.post(f"/rooms/{room.pk}/{path}").status_code in (403, 404)
    signed_in(owner).post(f"/rooms/{room.pk}/people/class/", {"class": ""})
    assert inside.get(f"/rooms/{room.pk}/").status_code == 404


# What is asked of a snippet, each as its owner would ask for it.
ASKED: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("GET", "/snippets/{0}/", {}),
    ("GET", "/snippets/{0}/data/", {}),
    ("PUT", "/snippets/{0}/", {"version": 1, "title": "Mine"}),
    ("PUT", "/snippets/{0}/share/", {"shared": True}),
    ("POST", "/snippets/{0}/delete/", {}),
    ("POST", "/snippets/{0}/restore/", {}),
    ("POST", "/snippets/{0}/duplicate/", {}),
    ("POST", "/snippets/{0}/room/", {}),
    ("POST", "/snippets/{0}/data/", {"run": str(UUID(int=1)), "seq": 1, "kept": True}),
)


@pytest.mark.parametrize("role", ROLES)
def test_private_snippets_are_read_by_the_table(
    as_role: As, classroom: Classroom, owner: User, role: AnyRole | None
) -> None:
    """In the administration alone, and recorded."""
    snippet = a_snippet(owner)
    browser = signed_in(user_of(as_role, classroom, role))
    sees = role is not None and Action.SEE_PRIVATE_SNIPPETS in ALLOWED[role]
    assert (browser.get(f"{ADMIN}{snippet.pk}/change/").status_code == 200) is sees
    assert (browser.get(ADMIN).status_code == 200) is sees
    opened = AuditEntry.objects.filter(action="opened_snippet", target=f"snippet {snippet.pk}")
    assert opened.exists() is sees


@pytest.mark.parametrize(("method", "path", "body"), ASKED)
@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_asks_for_what_is_the_owners(
    as_role: As,
    classroom: Classroom,
    owner: User,
    role: AnyRole | None,
    method: str,
    path: str,
    body: dict[str, object],
) -> None:
    snippet = a_snippet(owner)
    page = Page(user_of(as_role, classroom, role))
    for number in (snippet.pk, snippet.pk + 1000, 0, 2**63, 2**70):
        answer = page.send(method, path.format(number), json.dumps(body))
        assert answer.status_code == 404, (number, answer.content)
    snippet.refresh_from_db()
    assert (snippet.slug, snippet.deleted_at, snippet.version) == (None, None, 1)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_puts_files_beside_it(
    as_role: As, classroom: Classroom, owner: User, role: AnyRole | None
) -> None:
    snippet = a_snippet(owner)
    browser = signed_in(user_of(as_role, classroom, role))
    file = SimpleUploadedFile("a.csv", b"1,2")
    answer = browser.post(f"/snippets/{snippet.pk}/data/", {"file": file})
    assert answer.status_code == 404
    assert not DataFile.objects.exists()
