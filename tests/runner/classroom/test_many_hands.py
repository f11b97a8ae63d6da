"""A whole class that asks at once."""

import pytest
from asgiref.sync import sync_to_async

from accounts.models import Classroom, Membership, Role, User
from runner.infrastructure import messaging
from runner.protocol.classes.channel import HandChanged, staff_group
from runner.seats import hands
from runner.seats import seat as seats
from tests.runner.classroom.conftest import Opens, joined

pytestmark = pytest.mark.django_db(transaction=True)
STUDENTS = 300


def join_all(classroom: Classroom) -> list[str]:
    names = [f"student{number:03}" for number in range(STUDENTS)]
    users = User.objects.bulk_create(User(username=name) for name in names)
    Membership.objects.bulk_create(Membership(classroom=classroom, user=user) for user in users)
    return names


def raise_all(classroom: Classroom, names: list[str]) -> list[HandChanged]:
    found = User.objects.in_bulk(names, field_name="username")
    raised = []
    for name in names:
        seat = seats.seat_of(found[name], classroom.pk)
        raised.append(hands.raise_hand(seat, f"Question of {name}"))
    return raised


@pytest.mark.faults
async def test_three_hundred_hands_are_all_seen_in_their_order(
    opens: Opens, classroom: Classroom
) -> None:
    names = await sync_to_async(join_all)(classroom)
    teacher = await opens(await joined(classroom, "teacher", Role.INSTRUCTOR), classroom.pk)
    assert teacher is not None
    await teacher.wait_for_tile("student299")
    raised = await sync_to_async(raise_all)(classroom, names)
    for change in raised:  # within an instant
        await messaging.send_to_class(staff_group(classroom.pk), change)
    seen: dict[str, float] = {}
    messages = 0
    while len(seen) < len(names):
        messages += 1
        for tile in (await teacher.wait_for("tiles"))["tiles"]:
            if tile["hand"]:
                assert tile["hand"] == f"Question of {tile['user']}"
                seen[tile["user"]] = tile["hand_at"]
    assert sorted(seen, key=lambda name: seen[name]) == names
    assert messages < STUDENTS / 4  # they are told together
