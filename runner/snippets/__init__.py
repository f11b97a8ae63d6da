"""Saved code. Other packages use the names listed here and no module below."""

from runner.snippets.own_data import OWN_SNIPPETS
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
    "OWN_SNIPPETS",
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
