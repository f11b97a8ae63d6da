"""Rooms, and a page's document of one."""

from collections.abc import Mapping
from typing import Any

from pycrdt import Doc, Map, Text

from accounts.models import User
from runner.models import Room, RoomMember, RoomRole
from runner.rooms import store
from tests.a_snippet import a_snippet

TEXT = "print('Hello')\n"
FILES = [{"path": "main.py", "content": TEXT}]


def a_room(owner: User, **fields: Any) -> Room:
    return store.open_room(owner, a_snippet(owner, **({"files": FILES} | fields)).pk)


def admitted(room: Room, user: User, role: RoomRole = RoomRole.EDITOR) -> User:
    RoomMember.objects.create(room=room, user=user, role=role)
    return user


class Copy:
    """A page's document: takes updates, and makes some."""

    def __init__(self) -> None:
        self.document: Any = Doc()

    def take(self, update: bytes) -> None:
        self.document.apply_update(update)

    @property
    def files(self) -> Any:
        return self.document.get("files", type=Map)

    def text(self, key: str = "f0") -> str:
        return str(self.files[key]["text"]) if key in self.files else ""

    def texts(self) -> Mapping[str, str]:
        return {str(self.files[key]["path"]): self.text(key) for key in sorted(self.files)}

    def edit(self, change: Any) -> bytes:
        """The update that says what `change` has done."""
        before = self.document.get_state()
        with self.document.transaction():
            change(self)
        return bytes(self.document.get_update(before))

    def type(self, at: int, text: str, key: str = "f0") -> bytes:
        return self.edit(lambda copy: copy.files[key]["text"].insert(at, text))

    def delete(self, first: int, last: int, key: str = "f0") -> bytes:
        def change(copy: Copy) -> None:
            del copy.files[key]["text"][first:last]

        return self.edit(change)

    def add(self, key: str, path: str, text: str = "") -> bytes:
        def change(copy: Copy) -> None:
            copy.files[key] = Map({"path": path, "order": 5000, "text": Text(text)})

        return self.edit(change)
