"""What a start costs in messages: a plain program gets one, and nothing waits for an answer."""

from dataclasses import replace

import pytest

from runner.languages import PYTHON
from runner.limits import MIB, Limits
from runner.sandbox.bubblewrap import Sandbox
from runner.sandbox.program import Plan
from tests.runner.sandbox.inside import on_a_terminal


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """In which direction they go."""
    send, receive = Sandbox._send, Sandbox._receive
    seen: list[str] = []

    async def sending(self: Sandbox, data: bytes) -> None:
        seen.append("to it")
        await send(self, data)

    async def receiving(self: Sandbox, most: int) -> bytes:
        data = await receive(self, most)
        seen.append("from it")
        return data

    monkeypatch.setattr(Sandbox, "_send", sending)
    monkeypatch.setattr(Sandbox, "_receive", receiving)
    return seen


async def test_a_plain_program_starts_by_one_message(messages: list[str]) -> None:
    async with on_a_terminal(Limits()) as (sandbox, _):
        await sandbox.warm()
        del messages[:]
        plan = Plan(PYTHON, {"main.py": "print(1)"}, "main.py", [], Limits())
        assert plan.compiler is None
        await sandbox.launch(plan.program())
        assert messages == ["to it"]
        status = await sandbox.ended()
    assert status is not None
    assert status.exit_code == 0


async def test_one_with_other_limits_needs_an_answer(messages: list[str]) -> None:
    changes = replace(PYTHON.limits, memory_bytes=300 * MIB)
    language = replace(PYTHON, limits=changes)
    async with on_a_terminal(Limits()) as (sandbox, _):
        await sandbox.warm()
        del messages[:]
        plan = Plan(language, {"main.py": "print(1)"}, "main.py", [], Limits())
        await sandbox.launch(plan.program())
        assert messages == ["to it", "to it", "from it"]
        await sandbox.ended()
