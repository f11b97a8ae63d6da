import pytest

from runner.models import Executor
from runner.runs import heartbeats
from tests.cast import classmate, instructor, owner

__all__ = ["classmate", "instructor", "owner"]


@pytest.fixture
def executor(db: None) -> Executor:
    return heartbeats.register_executor("one", capacity=4, sandbox="rlimits")
