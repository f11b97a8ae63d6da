"""The join code of a class: whoever knows it, and is signed in, becomes a student of the class.

It has 40 bits, ends after some days, and can be replaced or closed at any time. Guessing is
counted for each user and network by the page that takes it (`join_code` in the settings).
"""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.classrooms.members import add_member
from accounts.classrooms.models import Classroom, Membership
from accounts.models import User

# As of first passwords: nobody mistakes one of these for another.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CHARACTERS = 8
MOST_DAYS = 365


class WrongCode(Exception):
    """There is no such code, or it was replaced, has expired, or is of a class that has ended."""


def rotate(classroom: Classroom, days: int) -> str:
    """A new code, which ends after so many days. The one before does not work any more."""
    expires = timezone.now() + timedelta(days=min(max(days, 1), MOST_DAYS))
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CHARACTERS))
        try:
            with transaction.atomic():
                Classroom.objects.filter(pk=classroom.pk).update(
                    join_code=code, join_code_expires_at=expires
                )
        except IntegrityError:  # another class has it: once in 10^11
            continue
        classroom.join_code, classroom.join_code_expires_at = code, expires
        return code


def close(classroom: Classroom) -> None:
    """Nobody joins by a code any more."""
    Classroom.objects.filter(pk=classroom.pk).update(join_code=None, join_code_expires_at=None)
    classroom.join_code = classroom.join_code_expires_at = None


def classroom_of(code: str) -> Classroom:
    """The class that this code opens now. Raises `WrongCode`."""
    code = code.strip().lower().replace("-", "").replace(" ", "")
    if len(code) != CHARACTERS or set(code) - set(LETTERS):
        raise WrongCode
    found = Classroom.objects.filter(
        join_code=code, join_code_expires_at__gt=timezone.now(), archived_at=None
    ).first()
    if found is None:
        raise WrongCode
    return found


def join(user: User, code: str) -> tuple[Membership, bool]:
    """The membership, and whether it is new. Raises `WrongCode` and `TooManyMembers`."""
    with transaction.atomic():
        return add_member(classroom_of(code), user)
