"""What packages keep of a user."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User


class File(NamedTuple):
    """Of an archive. `path` is relative, its parts are divided by `/`."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """`title` names what is counted: "snippets". `files` yields the newest first, and asks the
    database anew for each, because every step may run in another thread. `delete` removes
    everything in short transactions; it may be called again after it has failed."""

    name: str
    title: "_StrPromise"
    count: "Callable[[User], int]"
    files: "Callable[[User], Iterator[File]]"
    delete: "Callable[[User], None]"


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    _parts[part.name] = part


def parts() -> list[Part]:
    return list(_parts.values())
