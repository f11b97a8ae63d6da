from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.cast import classmate, instructor, owner, stranger, superuser

__all__ = ["classmate", "instructor", "owner", "stranger", "superuser"]


@pytest.fixture(autouse=True)
def _forget_wrong_passwords() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
