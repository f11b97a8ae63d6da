"""A silent program is asked whether it waits for input, more and more rarely."""

import asyncio
from typing import cast

import pytest

from runner.executor import silence
from runner.executor.silence import Silence
from runner.sandbox import Sandbox, TerminalUse

WAIT_SECONDS = 10


class Asked:
    """A sandbox that is asked, and a test that answers."""

    def __init__(self) -> None:
        self.questions = 0
        self._news = asyncio.Event()
        self._answer: asyncio.Future[TerminalUse | None]

    async def terminal_use(self) -> TerminalUse | None:
        self.questions += 1
        self._answer = asyncio.get_running_loop().create_future()
        self._news.set()
        return await self._answer

    async def question(self, answer: TerminalUse | None) -> None:
        """Waits for one, answers it, and until that was taken note of."""
        async with asyncio.timeout(WAIT_SECONDS):
            await self._news.wait()
        self._news.clear()
        self._answer.set_result(answer)
        for _ in range(3):
            await asyncio.sleep(0)

    def fail(self) -> None:
        self._answer.set_exception(RuntimeError("a fault of ours"))


class Waits:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Asked:
    monkeypatch.setattr(silence, "SILENCE_SECONDS", 0.01)
    monkeypatch.setattr(silence, "AGAIN_SECONDS", (0.01, 0.02))
    return Asked()


@pytest.fixture
def waits() -> Waits:
    return Waits()


def begun(sandbox: Asked, waits: Waits) -> Silence:
    asking = Silence(waits)
    asking.begin(cast(Sandbox, sandbox))
    return asking


def is_over(asking: Silence) -> bool:
    """Nothing more will be asked before something happens."""
    return asking._timer is None and asking._asking is None


NOT_WAITING = pytest.mark.parametrize("answer", [TerminalUse.BUSY, TerminalUse.OTHER, None])


async def test_one_that_waits_is_asked_once(sandbox: Asked, waits: Waits) -> None:
    asking = begun(sandbox, waits)
    await sandbox.question(TerminalUse.INPUT)
    assert is_over(asking)
    assert (waits.times, sandbox.questions) == (1, 1)


@NOT_WAITING
async def test_one_that_does_not_is_asked_again_a_few_times(
    sandbox: Asked, waits: Waits, answer: TerminalUse | None
) -> None:
    asking = begun(sandbox, waits)
    for _ in range(1 + len(silence.AGAIN_SECONDS)):
        await sandbox.question(answer)
    assert is_over(asking)
    assert (waits.times, sandbox.questions) == (0, 3)
    asking.note()  # and again after something has happened
    for _ in range(1 + len(silence.AGAIN_SECONDS)):
        await sandbox.question(answer)
    assert is_over(asking)


@NOT_WAITING
async def test_one_that_reads_later_in_silence_is_found(
    sandbox: Asked, waits: Waits, answer: TerminalUse | None
) -> None:
    """Like `time.sleep(2); input()`."""
    asking = begun(sandbox, waits)
    await sandbox.question(answer)
    await sandbox.question(answer)
    await sandbox.question(TerminalUse.INPUT)
    assert is_over(asking)
    assert (waits.times, sandbox.questions) == (1, 3)


async def test_what_happens_before_it_is_asked_again_counts(
    sandbox: Asked, waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(silence, "AGAIN_SECONDS", (600.0,))
    asking = begun(sandbox, waits)
    await sandbox.question(TerminalUse.OTHER)
    asking.note()
    await sandbox.question(TerminalUse.INPUT)
    assert waits.times == 1


def test_questions_come_more_and_more_rarely_and_end() -> None:
    assert list(silence.AGAIN_SECONDS) == sorted(silence.AGAIN_SECONDS)
    assert len(silence.AGAIN_SECONDS) < 50


async def test_after_output_or_input_it_is_asked_again(sandbox: Asked, waits: Waits) -> None:
    asking = begun(sandbox, waits)
    for times in (1, 2, 3):
        await sandbox.question(TerminalUse.INPUT)
        assert waits.times == times
        asking.note()


async def test_what_happened_meanwhile_makes_an_answer_old(sandbox: Asked, waits: Waits) -> None:
    asking = begun(sandbox, waits)
    async with asyncio.timeout(WAIT_SECONDS):
        await sandbox._news.wait()
    asking.note()
    await sandbox.question(TerminalUse.INPUT)
    assert waits.times == 0
    await sandbox.question(TerminalUse.INPUT)
    assert waits.times == 1


async def test_while_there_is_output_one_timer_serves_all_of_it(
    monkeypatch: pytest.MonkeyPatch, waits: Waits
) -> None:
    monkeypatch.setattr(silence, "SILENCE_SECONDS", 60)
    sandbox = Asked()
    asking = begun(sandbox, waits)
    timer = asking._timer
    for _ in range(1000):
        asking.note()
    assert asking._timer is timer
    asking._look()  # as if its time had come: there was output just now
    assert sandbox.questions == 0
    assert asking._timer is not None
    asking.end()


async def test_after_the_end_nothing_is_asked(sandbox: Asked, waits: Waits) -> None:
    asking = begun(sandbox, waits)
    asking.end()
    asking.note()
    assert is_over(asking)


async def test_an_answer_after_the_end_is_not_told(sandbox: Asked, waits: Waits) -> None:
    asking = begun(sandbox, waits)
    async with asyncio.timeout(WAIT_SECONDS):
        await sandbox._news.wait()
    asking.end()
    await sandbox.question(TerminalUse.INPUT) if not sandbox._answer.done() else None
    assert waits.times == 0


async def test_a_fault_is_logged_and_ends_nothing(
    sandbox: Asked, waits: Waits, caplog: pytest.LogCaptureFixture
) -> None:
    asking = begun(sandbox, waits)
    async with asyncio.timeout(WAIT_SECONDS):
        await sandbox._news.wait()
        sandbox._news.clear()
    sandbox.fail()
    asking_task = asking._asking
    assert asking_task is not None
    await asking_task
    assert "Asking whether a program waits for input failed." in caplog.text
    asking.note()
    await sandbox.question(TerminalUse.INPUT)
    assert waits.times == 1
