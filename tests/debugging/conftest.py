"""Attacks on debuggers are tried on every limit backend that this machine offers."""

from collections.abc import Iterator

import pytest

from runner.limits import Limits
from runner.sandbox import limit_backends
from runner.sandbox.limit_backends import LIMIT_BACKENDS
from tests.sandbox.conftest import offered


@pytest.fixture(params=offered())
def on_each_backend(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    backend = LIMIT_BACKENDS[request.param](Limits())
    monkeypatch.setattr(limit_backends, "chosen_backend", lambda: backend)
    yield
    backend.close()
