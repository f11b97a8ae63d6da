"""What one program does with its side channel does not take what others return or show."""

import asyncio
import json
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest

from runner.executor.program import Returned, returned
from runner.executor.side_channels import Frame, Shown, Turns
from runner.executor.side_channels import shown as module
from runner.limits import MIB
from runner.models import Run
from runner.protocol.messages import NoticeCode
from runner.protocol.shown import ABOUT
from runner.sandbox import Collected, HomeFile


class SaysAndSendsNothing:
    """A connection that announces four megabytes, of which none comes."""

    def __init__(self) -> None:
        self._announced = False
        self.waits = asyncio.Event()

    async def frame(self) -> Frame | None:
        if not self._announced:
            self._announced = True
            about = json.dumps({"kind": "file", "bytes": 4 * MIB})
            return Frame(ABOUT, bytearray(about.encode()))
        self.waits.set()
        await asyncio.Event().wait()
        return None


class Home:
    async def files(self) -> Collected:
        return Collected([HomeFile(f"{number}.txt".encode(), b"1") for number in range(20)])


@pytest.fixture(autouse=True)
def stored(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    written: list[Any] = []

    async def write(_: object, *arguments: object) -> bool:
        written.append(arguments)
        return True

    monkeypatch.setattr(module, "in_database", write)
    return written


def a_run(turns: Turns, owner: int) -> tuple[Shown, Returned, list[NoticeCode]]:
    run, said = Run(pk=uuid4(), owner_id=owner), list[NoticeCode]()
    pump = SimpleNamespace(count_aside=lambda size: True, elapsed_ms=0)
    shown = Shown(run, cast(Any, None), cast(Any, pump), turns, lambda version: None)
    files = Returned(run, cast(Any, None), shown, lambda code, figures: said.append(code))
    files.begin(cast(Any, Home()))
    return shown, files, said


async def test_who_announces_and_does_not_send_has_one_turn_in_all_runs(stored: list[Any]) -> None:
    turns = Turns()
    slow = [SaysAndSendsNothing() for _ in range(turns.most)]
    theirs = [a_run(turns, owner=1)[0] for _ in slow]
    waiting = [
        asyncio.create_task(shown._serve(cast(Any, one)))
        for shown, one in zip(theirs, slow, strict=True)
    ]
    await slow[0].waits.wait()
    _, files, said = a_run(turns, owner=2)
    async with asyncio.timeout(2):
        await files.at_end()
    assert (len(stored), said) == (20, [])
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_files_wait_for_their_turn_longer_than_for_their_storing(
    monkeypatch: pytest.MonkeyPatch, stored: list[Any]
) -> None:
    """A class ends its programs at the same time."""
    monkeypatch.setattr(returned, "TURN_SECONDS", 0.05)
    turns = Turns()
    monkeypatch.setattr(turns, "most", 1)
    _, files, said = a_run(turns, owner=2)
    async with turns.turn(1):
        collecting = asyncio.create_task(files.at_end())
        await asyncio.sleep(0.2)
    await collecting
    assert (len(stored), said) == (20, [])


async def test_who_stops_a_program_does_not_wait_for_a_turn(
    monkeypatch: pytest.MonkeyPatch, stored: list[Any]
) -> None:
    monkeypatch.setattr(returned, "STOP_SECONDS", 0.1)
    turns = Turns()
    monkeypatch.setattr(turns, "most", 1)
    _, files, said = a_run(turns, owner=2)
    stopped = asyncio.Event()
    async with turns.turn(1), asyncio.timeout(2):
        files.ask_and_then(stopped.set)
        await stopped.wait()
        await files.end()
    assert (stored, said) == ([], [NoticeCode.FILES_LOST])


async def test_files_do_not_wait_behind_pictures_that_are_shown_too_fast(
    stored: list[Any],
) -> None:
    """Of an animation five pictures are taken in a second, of each connection."""
    turns = Turns()
    shown, files, said = a_run(turns, owner=1)
    shown._rate.owe(1000)
    waiting = asyncio.create_task(shown._serve(cast(Any, SaysAndSendsNothing())))
    await asyncio.sleep(0)
    async with asyncio.timeout(2):
        await files.at_end()
    assert (len(stored), said) == (20, [])
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
