"""Saved code. Other packages use the names listed here and no module below."""

from runner.snippets.own_data import OWN_SNIPPETS
from runner.snippets.quota import NoRoom
from runner.snippets.search import find
from runner.snippets.shares import share
from runner.snippets.shares import version_of as shared_version
from runner.snippets.store import (
    Conflict,
    copy,
    create,
    delete,
    duplicate,
    forget_deleted,
    replace,
    restore,
    save,
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
    "shared_version",
]
