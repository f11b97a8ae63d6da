import asyncio

import pytest

from tests.runner.sandbox.inside import result


@pytest.fixture(scope="session", autouse=True)
def _a_sandbox_has_started() -> None:
    """What the first one begins for all that follow, is no leak of theirs."""
    asyncio.run(result(""))
