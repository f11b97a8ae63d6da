"""Keeps one instructor's page up to date: facts come from the database and from events.

The database is read when the page comes and every few seconds: whatever was lost, and whatever a
process that died could not say, is right after the next look. Between two looks events say what has
changed. A look at a large class holds up the terminals of its web worker for a moment: what one
page has read, all pages of that class on this web worker get. A page that reads slowly holds up
nothing but its own tiles, which coalesce.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import DatabaseError, InterfaceError

from runner.classroom import rows
from runner.classroom.grid_state import GridState, Hand, Member, RunFacts
from runner.infrastructure import messaging
from runner.infrastructure.database import in_database
from runner.protocol.channel import ReportClass
from runner.protocol.classes import channel as events
from runner.protocol.classes.messages import MemberState, Tile, Tiles

logger = logging.getLogger(__name__)
LOOK_SECONDS = 5.0  # between two looks at the database
SOON_SECONDS = 1.0  # when somebody has left: many leave at once
FRAME_SECONDS = 0.1  # between two messages, however many tiles change
TILES_PER_MESSAGE = 100

_open: defaultdict[int, set["LiveGrid"]] = defaultdict(set)  # by class, on this web worker

_looking: set[int] = set()  # classes that one of them reads now

Tell = Callable[[Tiles], Awaitable[None]]


class LiveGrid:
    def __init__(self, classroom: int, tell: Tell) -> None:
        self._classroom, self._tell = classroom, tell
        self._state = GridState()
        self._wake = asyncio.Event()
        self._look_at = float("-inf")  # of the loop's clock
        self._missed = False  # since the last look began, something happened that only a look tells
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        _open[self._classroom].add(self)
        self._task = asyncio.create_task(self._run())

    def stop(self) -> None:
        _open[self._classroom].discard(self)
        if not _open[self._classroom]:
            del _open[self._classroom]
        if self._task is not None:
            self._task.cancel()

    def id_of(self, user: str) -> int | None:
        """Of a member, by the user name."""
        return self._state.users.get(user)

    def note(self, event: events.ClassMessage) -> None:
        """What has changed, as somebody says."""
        now = time.time()
        match event:
            case events.RunReport():
                if (facts := _facts(event)) is not None:
                    self._state.note_run(event.user, facts)
            case events.RunReports():
                for report in event.decoded():
                    self.note(report)
            case events.MemberOnline() if event.online and self._state.knows(event.user):
                self._state.note_online(event.user, now, online=True)
            case events.MemberEditing():
                self._state.note_editing(event.user, event.language, now)
            case events.HandChanged():
                self._state.note_hand(event.user, Hand(event.text, event.at))
            case events.MemberOnline() | events.MembersChanged():
                # Somebody who left may have another page; who came may be new here.
                self._look_soon()
        self._wake.set()

    def _look_soon(self) -> None:
        self._missed = True
        self._look_at = min(self._look_at, asyncio.get_running_loop().time() + SOON_SECONDS)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._wake.clear()
            if loop.time() >= self._look_at:
                if self._classroom in _looking:
                    self._look_at = loop.time() + SOON_SECONDS
                else:
                    self._look_at = loop.time() + LOOK_SECONDS
                    await self._look()
            if await self._show():
                await asyncio.sleep(FRAME_SECONDS)
                continue
            due = self._state.next_due(time.time()) - time.time()
            left = max(0.0, min(due, self._look_at - loop.time()))
            timer = loop.call_later(left, self._wake.set)
            await self._wake.wait()
            timer.cancel()

    async def _look(self) -> None:
        for grid in _open[self._classroom]:
            grid._missed = False
        _looking.add(self._classroom)
        try:
            members = await in_database(rows.load_members, self._classroom)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("Reading class %s failed; retrying: %s", self._classroom, error)
            self._look_soon()
        else:
            for grid in _open[self._classroom]:
                grid._load(members)
        finally:
            _looking.discard(self._classroom)
        await messaging.send_to_executors(ReportClass("", self._classroom))

    def _load(self, members: Sequence[Member]) -> None:
        """What a page of the class has read."""
        self._state.load(replace(member, runs=dict(member.runs)) for member in members)
        if not self._missed:
            self._look_at = asyncio.get_running_loop().time() + LOOK_SECONDS
        self._wake.set()

    async def _show(self) -> bool:
        """Whether there was something to tell."""
        everybody, tiles = self._state.take(time.time())
        if not everybody and not tiles:
            return False
        pieces: Sequence[Sequence[Tile]] = [
            tiles[first : first + TILES_PER_MESSAGE]
            for first in range(0, len(tiles), TILES_PER_MESSAGE)
        ] or [[]]
        for number, piece in enumerate(pieces):
            await self._tell(Tiles(all=everybody and number == 0, tiles=tuple(piece)))
        return True


def _facts(report: events.RunReport) -> RunFacts | None:
    """None for what another version of us says."""
    try:
        return RunFacts(
            run=UUID(report.run),
            language=report.language,
            state=MemberState(report.state),
            since=report.since,
            order=report.order,
            line=report.line,
            outcome=report.outcome,
            error=report.error,
            error_line=report.error_line,
        )
    except ValueError:
        return None
