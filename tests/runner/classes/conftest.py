"""A class with one user of each role, and users who are not in it."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLResolver

from accounts.classrooms.permissions import AnyRole, SiteRole
from accounts.models import Classroom, Role, User
from tests.a_class import a_class, member, new_member
from tests.cast import signed_in

As = Callable[[AnyRole | None], Client]


def addresses(below: URLResolver, route: str = "") -> Iterator[tuple[str, str | None]]:
    """Route and name of every address of the site."""
    for one in below.url_patterns:
        full = route + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, full)
        else:
            yield full, one.name


@pytest.fixture
def classroom(owner: User) -> Classroom:
    """`owner` is its student."""
    made = a_class()
    member(made, owner)
    return made


@pytest.fixture
def as_role(
    classroom: Classroom, owner: User, classmate: User, instructor: User, superuser: User
) -> As:
    """The browser of somebody in that role; None: who is not in the class."""

    def browser(role: AnyRole | None) -> Client:
        others: dict[AnyRole | None, User] = {
            Role.STUDENT: owner,
            SiteRole.STAFF: instructor,
            SiteRole.SUPERUSER: superuser,
            None: classmate,
        }
        if role in others:
            return signed_in(others[role])
        assert isinstance(role, Role)
        return signed_in(new_member(classroom, f"the-{role}", role))

    return browser
