"""A class with members."""

from typing import Any

from accounts.models import Classroom, ClassRules, Membership, Role, User
from runner.models import Assignment, HandIn
from tests.cast import someone

FILES = [{"path": "main.py", "content": "print(1)\nprint(2)\n"}]


def a_class(name: str = "7b", **fields: Any) -> Classroom:
    return Classroom.objects.create(name=name, **fields)


def member(classroom: Classroom, user: User, role: Role = Role.STUDENT) -> User:
    Membership.objects.create(classroom=classroom, user=user, role=role)
    return user


def new_member(classroom: Classroom, name: str, role: Role = Role.STUDENT) -> User:
    return member(classroom, someone(name), role)


def rules(classroom: Classroom, **fields: Any) -> ClassRules:
    return ClassRules.objects.update_or_create(classroom=classroom, defaults=fields)[0]


def an_assignment(classroom: Classroom, **fields: Any) -> Assignment:
    given: dict[str, Any] = {"title": "Loops", "language": "python", "main": "main.py"}
    given |= {"files": FILES, "published": True} | fields
    return Assignment.objects.create(classroom=classroom, **given)


def a_hand_in(classroom: Classroom, student: User, **fields: Any) -> HandIn:
    one = an_assignment(classroom)
    given = {"language": "python", "files": FILES, "main": "main.py"} | fields
    return HandIn.objects.create(assignment=one, student=student, **given)
