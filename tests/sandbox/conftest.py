"""Every attack is tried on every limit backend that this machine offers."""

from collections.abc import Iterator

import pytest

from runner.limits import Limits
from runner.sandbox.limit_backends import LIMIT_BACKENDS, LimitBackend, LimitBackendUnavailable


def offered() -> list[str]:
    names = []
    for name, kind in LIMIT_BACKENDS.items():
        try:
            kind(Limits()).close()
        except LimitBackendUnavailable:
            continue
        names.append(name)
    return names


@pytest.fixture(scope="session", params=offered())
def backend(request: pytest.FixtureRequest) -> Iterator[LimitBackend]:
    backend = LIMIT_BACKENDS[request.param](Limits())
    yield backend
    backend.close()
