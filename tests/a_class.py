"""A class with members."""

from typing import Any

from accounts.models import Classroom, ClassRules, Membership, Role, User
from tests.cast import someone


def a_class(name: str = "7b", **fields: Any) -> Classroom:
    return Classroom.objects.create(name=name, **fields)


def member(classroom: Classroom, user: User, role: Role = Role.STUDENT) -> User:
    Membership.objects.create(classroom=classroom, user=user, role=role)
    return user


def new_member(classroom: Classroom, name: str, role: Role = Role.STUDENT) -> User:
    return member(classroom, someone(name), role)


def rules(classroom: Classroom, **fields: Any) -> ClassRules:
    return ClassRules.objects.update_or_create(classroom=classroom, defaults=fields)[0]
