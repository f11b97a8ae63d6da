from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _forget_wrong_passwords() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
