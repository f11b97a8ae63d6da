import pytest

from runner.models import Executor
from runner.runs import heartbeats


@pytest.fixture
def executor(db: None) -> Executor:
    return heartbeats.register_executor("one", capacity=4, sandbox="rlimits")
