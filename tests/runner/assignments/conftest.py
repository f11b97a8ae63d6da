"""A class with a student (`owner`) and an instructor (`teacher`)."""

import pytest
from django.test import Client

from accounts.models import Classroom, Role, User
from tests.a_class import a_class, member, new_member
from tests.cast import signed_in


@pytest.fixture
def classroom(owner: User) -> Classroom:
    made = a_class(time_zone="Europe/Berlin")
    member(made, owner)
    return made


@pytest.fixture
def teacher(classroom: Classroom) -> Client:
    return signed_in(new_member(classroom, "teacher", Role.INSTRUCTOR))


@pytest.fixture
def student(owner: User) -> Client:
    return signed_in(owner)
