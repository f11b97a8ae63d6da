import pytest

from runner import heartbeats
from runner.models import Executor
from tests.cast import classmate, instructor, owner

__all__ = ["classmate", "instructor", "owner"]


@pytest.fixture
def executor(db: None) -> Executor:
    return heartbeats.register("one", capacity=4, sandbox="rlimits")
