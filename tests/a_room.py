"""Rooms, with who is in them."""

from typing import Any

from accounts.models import User
from runner.models import Room, RoomMember, RoomRole
from runner.rooms import store
from tests.a_copy import Copy
from tests.a_snippet import a_snippet

__all__ = ["FILES", "TEXT", "Copy", "a_room", "admitted"]

TEXT = "print('Hello')\n"
FILES = [{"path": "main.py", "content": TEXT}]


def a_room(owner: User, **fields: Any) -> Room:
    return store.open_room(owner, a_snippet(owner, **({"files": FILES} | fields)).pk)


def admitted(room: Room, user: User, role: RoomRole = RoomRole.EDITOR) -> User:
    RoomMember.objects.create(room=room, user=user, role=role)
    return user
