"""Columns that other packages add to the list of users in the admin.

`accounts` imports no package of `runner`, so each one registers its columns at start-up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.expressions import Combinable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User


@dataclass(frozen=True, slots=True)
class UserColumn:
    """`value` makes the query expression that is annotated to each user as `name`; `link` the
    address that it leads to."""

    name: str
    title: "_StrPromise"
    value: Callable[[], Combinable]
    link: "Callable[[User], str]"


_columns: dict[str, UserColumn] = {}


def register_user_column(column: UserColumn) -> None:
    _columns[column.name] = column


def user_columns() -> list[UserColumn]:
    return list(_columns.values())
