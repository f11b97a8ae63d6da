"""Who is who in the tests of pages: `owner` has run something, the others want to see it."""

import pytest
from django.test import Client

from accounts.models import User
from tests.product import PASSWORD


def someone(name: str, **fields: bool) -> User:
    return User.objects.create_user(name, f"{name}@example.org", PASSWORD, **fields)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def owner(db: None) -> User:
    return someone("owner")


@pytest.fixture
def classmate(db: None) -> User:
    return someone("classmate")


@pytest.fixture
def instructor(db: None) -> User:
    return someone("instructor", is_staff=True)


@pytest.fixture
def superuser(db: None) -> User:
    return someone("root", is_staff=True, is_superuser=True)


@pytest.fixture
def stranger(db: None) -> Client:
    """A browser that is not signed in."""
    return Client()
