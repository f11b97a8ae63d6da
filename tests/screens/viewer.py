"""A GUI run in the hands of its executor, and what a page sees of its screen."""

import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from accounts.models import User
from runner.executor.output_stream import Frame
from runner.executor.screens import rfb
from runner.executor.warm_pool import WarmPool
from runner.languages import PYTHON
from runner.limits import Limits
from runner.models import Run
from runner.protocol.frames import SCREEN_BEGINS, SCREEN_HEADER, SCREEN_UPDATES
from runner.sandbox import lacks_screen
from tests.conversation import Conversation, conversation, until

PAGE = "page"
LACKING = lacks_screen(PYTHON)
requires_screen = pytest.mark.skipif(
    bool(LACKING), reason=f"windows cannot be shown here ({LACKING}): make languages ARGS=windows"
)


def a_gui_run(source: str, language: str = "python", main: str = "main.py", **more: Any) -> Run:
    return Run(
        owner=User(pk=1), language=language, files=[{"path": main, "content": source}],
        main=main, rows=24, cols=80, screen_width=640, screen_height=480, **more,
    )  # fmt: skip


class Viewer:
    """Channel 2 of a run, as its page has it: where screens began, and how many updates came."""

    def __init__(self, terminal: Conversation) -> None:
        self.terminal = terminal
        screen = terminal.task._relays.screen
        assert screen is not None
        self.relay, self.side = screen, screen.side
        self.sizes: list[tuple[int, int]] = []
        self.updates: rfb.Updates | None = None
        self.bytes = self.gaps = self._sent = 0
        self.takes = True
        self._rest = b""
        self.relay.changed = self.take
        self.attach(PAGE)

    def attach(self, viewer: str) -> None:
        self.viewer, self._rest = viewer, b""
        self.side.stream.attach(viewer, 0, control=True, now=0)
        self.side.on_behind(0)

    def take(self) -> None:
        while self.takes and (piece := self.side.stream.next_piece(self.viewer, 0)):
            if not isinstance(piece, Frame):
                self._rest, self.gaps = b"", self.gaps + 1
                self.side.on_behind(piece.stop)
                continue
            end = piece.offset + len(piece.data)
            self.side.stream.confirm(self.viewer, end, end, resend=False, now=0)
            self._feed(piece.data)
        self.side.on_input()

    def _feed(self, data: bytes) -> None:
        self.bytes += len(data)
        self._rest += data
        while len(self._rest) >= SCREEN_HEADER.size:
            kind, length = SCREEN_HEADER.unpack_from(self._rest)
            if len(self._rest) < SCREEN_HEADER.size + length:
                return
            body = self._rest[SCREEN_HEADER.size : SCREEN_HEADER.size + length]
            self._rest = self._rest[SCREEN_HEADER.size + length :]
            if kind == SCREEN_BEGINS:
                self.sizes.append(struct.unpack(">HH", body))
                self.updates = rfb.Updates(*self.sizes[-1])
            else:
                assert kind == SCREEN_UPDATES
                assert self.updates is not None
                self.updates.feed(body)

    @property
    def drawn(self) -> int:
        """Updates since the last beginning."""
        return self.updates.complete if self.updates else 0

    def send(self, *events: bytes) -> None:
        self._sent += 1
        assert self.side.input.offer(self._sent, b"".join(events))
        self.side.on_input()

    def click(self, x: int, y: int) -> None:
        self.send(rfb.pointer(0, x, y), rfb.pointer(1, x, y), rfb.pointer(0, x, y))

    async def shows(self, updates: int = 1) -> None:
        await self.until(lambda: self.drawn >= updates)

    async def until(self, holds: Callable[[], bool]) -> None:
        await until(lambda: holds() or self.terminal._executing.done())


@asynccontextmanager
async def viewing(
    run: Run, monkeypatch: pytest.MonkeyPatch, limits: Limits | None = None
) -> AsyncIterator[Viewer]:
    async with conversation(run, WarmPool(0, 1, limits or Limits()), monkeypatch) as terminal:
        yield Viewer(terminal)
