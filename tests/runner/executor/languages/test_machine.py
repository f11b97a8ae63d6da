"""What an executor could not find on its machine when it started it finds without a restart."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from runner.executor.languages import again, machine
from runner.executor.languages.again import until_found
from runner.executor.languages.machine import Machine
from runner.languages import PYTHON
from runner.limits import Limits
from runner.sandbox import absent_modules, doctor, interpreter, look_for_backend, walls


class Clock:
    """In place of waiting: how long each pause was to be."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pauses: list[float] = []
        monkeypatch.setattr(asyncio, "sleep", self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def answers(*found: Any) -> Callable[..., Awaitable[Any]]:
    """One after the other; those that are exceptions are raised."""
    waiting = list(found)

    async def look(*_: object) -> Any:
        answer = waiting.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return look


async def test_it_is_looked_for_until_it_is_found_however_looking_fails(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    look = answers("", RuntimeError("half an upgrade"), "", "rlimits")
    assert await until_found(look, "a sandbox") == "rlimits"
    assert clock.pauses == [2, 4, 8, 16]
    assert caplog.text.count("Looking again for a sandbox in") == 4
    assert "half an upgrade" in caplog.text


async def test_pauses_grow_up_to_a_bound(clock: Clock) -> None:
    await until_found(answers(*[""] * 20, "rlimits"), "a sandbox")
    assert clock.pauses == sorted(clock.pauses)
    assert set(clock.pauses[8:]) == {again.MOST_PAUSE_SECONDS}


async def test_a_machine_is_usable_once_a_sandbox_works(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was said of it before is said anew: also Python's own version was not known."""
    versions = iter(["", "3.11.2"])
    monkeypatch.setattr(machine, "version_of", lambda _: next(versions))
    monkeypatch.setattr(machine, "look_for_backend", answers("", "cgroup v2"))
    monkeypatch.setattr(machine, "with_windows", answers([PYTHON.id]))
    here = Machine("")
    await here.look()
    assert (here.sandbox, here.screens, here.languages.versions) == ("", [], {PYTHON.id: ""})
    await here.until_usable()
    assert here.sandbox == "cgroup v2"
    assert here.languages.versions[PYTHON.id] == "3.11.2"
    assert here.screens == [PYTHON.id]


@pytest.mark.parametrize("installed", [True, False])
async def test_an_x_server_that_did_not_start_is_tried_again_where_there_is_one(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, installed: bool
) -> None:
    monkeypatch.setattr(machine, "want_screen", lambda: [PYTHON.id] if installed else [])
    monkeypatch.setattr(machine, "with_windows", answers([], [PYTHON.id]))
    here = Machine("rlimits")
    assert await here.until_windows() is installed
    assert bool(here.screens) is installed
    assert not await here.until_windows()  # it is known


async def test_looking_again_believes_nothing_that_was_read_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A Python whose link was being replaced has no version, and its files are no files."""
    remembered = (
        interpreter.version, interpreter.files, interpreter.describe, interpreter._ours,
        walls._mount_points, walls._toolchains, absent_modules._covers,
    )  # fmt: skip
    walls.command(accounted=False, owned=True)
    walls.system(Limits())
    interpreter.inside()
    assert [each.cache_info().currsize > 0 for each in remembered] == [True] * len(remembered)

    async def none(*_: object, **__: object) -> list[doctor.Check]:
        assert [each.cache_info().currsize for each in remembered] == [0] * len(remembered)
        return [doctor.Check("sandbox", False, "an upgrade goes on")]

    monkeypatch.setattr(doctor, "_examined", none)
    assert await look_for_backend(Limits()) == ""


async def test_looking_ends_when_the_executor_does(monkeypatch: pytest.MonkeyPatch) -> None:
    looking = asyncio.ensure_future(until_found(answers(), "a sandbox"))
    await asyncio.sleep(0)
    looking.cancel()
    assert await asyncio.gather(looking, return_exceptions=True)
    assert looking.cancelled()
