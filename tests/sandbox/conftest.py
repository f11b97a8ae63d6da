"""Every attack is tried on every rung that this machine offers."""

from collections.abc import Iterator

import pytest

from runner.limits import Limits
from runner.sandbox.limit_backends import RUNGS, Rung, RungUnavailable


def offered() -> list[str]:
    names = []
    for name, kind in RUNGS.items():
        try:
            kind(Limits()).close()
        except RungUnavailable:
            continue
        names.append(name)
    return names


@pytest.fixture(scope="session", params=offered())
def rung(request: pytest.FixtureRequest) -> Iterator[Rung]:
    rung = RUNGS[request.param](Limits())
    yield rung
    rung.close()
