"""The users of all tests, in the test's own process and on sites of several processes.

`owner` has run or saved something, `classmate` and `instructor` want to see it, `superuser`
administers the site, and a `stranger` is not signed in. In the test's own process they are the
fixtures below. A folder whose tests run on a site overrides them with signed-in browsers of it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from django.test import Client

if TYPE_CHECKING:  # benchmarks import this module, and have no Django set up
    from accounts.models import User

PASSWORD = "correct-horse-battery-staple"  # of everyone in the tests
BACKEND = "django.contrib.auth.backends.ModelBackend"


# --- In the test's own process -------------------------------------------------------------------
def someone(name: str, **fields: bool) -> "User":
    from accounts.models import User

    return User.objects.create_user(name, f"{name}@example.org", PASSWORD, **fields)


def signed_in(user: "User") -> Client:
    client = Client()
    client.force_login(user, BACKEND)
    return client


def streamed(answer: Any) -> bytes:
    """The body of an answer that is made while it is sent."""

    async def read() -> bytes:
        return b"".join([piece async for piece in answer.streaming_content])

    return asyncio.run(read())


def confirmed(user: "User") -> Client:
    """A browser whose user has just typed the password."""
    browser = signed_in(user)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


@pytest.fixture
def owner(db: None) -> "User":
    return someone("owner")


@pytest.fixture
def classmate(db: None) -> "User":
    return someone("classmate")


@pytest.fixture
def instructor(db: None) -> "User":
    return someone("instructor", is_staff=True)


@pytest.fixture
def superuser(db: None) -> "User":
    return someone("superuser", is_staff=True, is_superuser=True)


@pytest.fixture
def stranger(db: None) -> Client:
    """A browser that is not signed in."""
    return Client()


# --- On a site of several processes --------------------------------------------------------------
@dataclass(frozen=True)
class SignedIn:
    """A browser's proof of who it is."""

    username: str
    cookie: str  # the value of a Cookie header

    def in_browser(self, url: str) -> list[Any]:
        """What a context of Playwright adds."""
        each = (part.split("=", 1) for part in self.cookie.split("; "))
        return [{"name": name, "value": value, "url": url} for name, value in each]


class Site(Protocol):
    """What can call a function in a process of its own: see `Product.call`."""

    def call(self, function: Callable[..., Any], *arguments: object) -> Any: ...


class SignedInUsers:
    """Any number of users with a session each, so that no test meets another's runs."""

    def __init__(
        self, site: Site, students: int, instructors: int = 50, name: str = "student"
    ) -> None:
        names = [f"{name}{number}" for number in range(students)]
        staff = [f"instructor{number}" for number in range(instructors)]
        # All in one process, as starting Django for each would take a second.
        self._students, self._instructors = (
            iter([SignedIn(*one) for one in kind])
            for kind in site.call(create_sessions, names, staff)
        )

    def student(self) -> SignedIn:
        return next(self._students)

    def instructor(self) -> SignedIn:
        return next(self._instructors)


def create_users(*names: str) -> None:
    """Users who sign in with `PASSWORD`."""
    from django.contrib.auth.hashers import make_password

    from accounts.models import User

    password = make_password(PASSWORD)  # once: it is slow on purpose
    User.objects.bulk_create(
        User(username=name, email=f"{name}@example.org", password=password) for name in names
    )


def sign_in(names: list[str]) -> dict[str, str]:
    """The cookie of each of these users."""
    from django.db import transaction

    from accounts.models import User

    with transaction.atomic():
        users = User.objects.filter(username__in=names)
        return {user.username: cookies_of(user) for user in users}


def create_sessions(students: list[str], instructors: list[str]) -> list[list[tuple[str, str]]]:
    """Name and cookie of new users, who have sessions and no password."""
    from django.db import transaction

    with transaction.atomic():
        return [
            [(name, create_session(name, is_staff=is_staff)) for name in names]
            for names, is_staff in ((students, False), (instructors, True))
        ]


def create_session(name: str, *, is_staff: bool) -> str:
    from accounts.models import User

    return cookies_of(User.objects.create(username=name, is_staff=is_staff, password="!"))


def cookies_of(user: "User") -> str:
    """Of a new session, as after signing in."""
    from runner.infrastructure.server import sign_in_proof

    key = session_of(user)
    return f"sessionid={key}; {sign_in_proof.COOKIE}={sign_in_proof.proof(key, str(user.pk))}"


def session_of(user: "User") -> str:
    """The key of a new session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    assert session.session_key
    return session.session_key


def deactivate(name: str) -> None:
    from accounts.models import User

    User.objects.filter(username=name).update(is_active=False)


def change_password(name: str) -> None:
    from accounts.models import User

    user = User.objects.get(username=name)
    user.set_password("another")
    user.save()


def set_password(name: str, must_change: bool = False) -> None:
    """Gives somebody `PASSWORD`."""
    from accounts.models import User

    user = User.objects.get(username=name)
    user.set_password(PASSWORD)
    user.must_change_password = must_change
    user.save()
