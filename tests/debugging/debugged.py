"""A debug run in the hands of its executor, and what a page's debugger does with it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from accounts.models import User
from runner.executor.output_stream import Frame
from runner.executor.warm_pool import WarmPool
from runner.languages import PYTHON, installed_packages
from runner.limits import Limits
from runner.models import Run
from tests.conversation import Conversation, conversation
from tests.debugging.dap import MAIN as MAIN
from tests.debugging.dap import Debugger

PAGE = "page"
HAS_DEBUGGER = "debugpy" in installed_packages(PYTHON).versions
requires_debugger = pytest.mark.skipif(
    not HAS_DEBUGGER,
    reason="debugpy is not installed: make languages ARGS=python-packages",
)


NO_OTHERS: Mapping[str, str] = {}


def a_debug_run(
    source: str, observed: str = "debug", others: Mapping[str, str] = NO_OTHERS, **more: Any
) -> Run:
    """`others`: further files, by their names."""
    files = {"main.py": source, **others}
    return Run(
        owner=User(pk=1), language="python",
        files=[{"path": path, "content": content} for path, content in files.items()],
        main="main.py", rows=24, cols=80, observed=observed, **more,
    )  # fmt: skip


class Debugged(Debugger):
    """Channel 1 of a run, as its page has it."""

    def __init__(self, terminal: Conversation) -> None:
        super().__init__()
        self.terminal = terminal
        self._frames = 0
        if terminal.task._relays.debugger is None:
            return
        self.relay = terminal.task._relays.debugger
        self.side = self.relay.side
        self.side.stream.attach(PAGE, 0, control=True, now=0)
        self.relay.changed = self._take

    def _take(self) -> None:
        while piece := self.side.stream.next_piece(PAGE, 0):
            assert isinstance(piece, Frame)
            end = piece.offset + len(piece.data)
            self.side.stream.confirm(PAGE, end, end, resend=False, now=0)
            self.feed(piece.data)
        self.side.on_input()

    def send(self, data: bytes) -> None:
        self._frames += 1
        self.terminal.task._pump.note_use()
        assert self.side.input.offer(self._frames, data)
        self.side.on_input()

    async def post(self, data: bytes) -> None:
        self.send(data)

    def ask(self, command: str, **arguments: Any) -> int:
        seq, data = self.encoded(command, arguments)
        self.send(data)
        return seq


@asynccontextmanager
async def debugging(
    source: str, monkeypatch: pytest.MonkeyPatch, observed: str = "debug", **more: Any
) -> AsyncIterator[Debugged]:
    run = a_debug_run(source, observed, **more)
    pool = WarmPool(0, 1, Limits())
    async with conversation(run, pool, monkeypatch) as terminal:
        yield Debugged(terminal)
