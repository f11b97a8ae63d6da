"""A page's document of a room. Benchmarks import this module, and have no Django set up."""

from collections.abc import Mapping
from typing import Any

from pycrdt import Doc, Map, Text


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
