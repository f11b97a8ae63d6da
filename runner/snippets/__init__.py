"""Saved code. Other packages use the names listed here and no module below."""

from runner.snippets.search import find
from runner.snippets.store import (
    Conflict,
    NoRoom,
    copy,
    create,
    delete,
    duplicate,
    forget_deleted,
    replace,
    restore,
    save,
    share,
)

__all__ = [
    "Conflict",
    "NoRoom",
    "copy",
    "create",
    "delete",
    "duplicate",
    "find",
    "forget_deleted",
    "replace",
    "restore",
    "save",
    "share",
]
