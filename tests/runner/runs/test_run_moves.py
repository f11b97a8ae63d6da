"""A run moves forward, once, and its row tells where it is and how it ended."""

import time
from uuid import UUID

import pytest
from django.db import OperationalError
from django.utils import timezone

from accounts.models import User
from runner import runs
from runner.models import Executor, Run
from runner.protocol.messages import Exit
from runner.protocol.reasons import ReasonCode
from runner.run_state import Ending, Outcome, RunStatus
from runner.runs import heartbeats, recordings
from tests.runner.runs.queued_runs import ENDING, claimed, queued, status_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_only_a_claimed_run_starts_and_only_once(owner: User, executor: Executor) -> None:
    run = queued(owner)
    assert not runs.start_run(run.pk, timezone.now())
    claimed(executor)
    assert runs.start_run(run.pk, timezone.now())
    assert not runs.start_run(run.pk, timezone.now())
    assert status_of(run) == (RunStatus.RUNNING, "")
    assert run.started_at is not None


def test_a_run_ends_once_and_keeps_its_first_end(owner: User, executor: Executor) -> None:
    run = queued(owner)
    claimed(executor)
    first_output_at = timezone.now()
    assert runs.finish_run(run.pk, ENDING, executor, first_output_at=first_output_at)
    assert not runs.finish_run(run.pk, Ending(Outcome.STOPPED, ReasonCode.STOPPED), executor)
    assert status_of(run) == (RunStatus.FINISHED, Outcome.COMPLETED)
    assert (run.reason_code, run.exit_code, run.output_bytes) == (ReasonCode.COMPLETED, 0, 7)
    assert run.first_output_at == first_output_at
    assert run.finished_at is not None


def test_only_its_own_executor_ends_a_run(owner: User, executor: Executor) -> None:
    run = queued(owner)
    claimed(executor)
    other = heartbeats.register_executor("two", capacity=4, sandbox="rlimits")
    assert not runs.finish_run(run.pk, ENDING, other)
    assert status_of(run) == (RunStatus.CLAIMED, "")


def test_a_queued_run_is_ended_only_while_it_is_queued(owner: User, executor: Executor) -> None:
    run, next_run = queued(owner), queued(owner)
    claimed(executor)
    assert not runs.finish_queued(run.pk, Outcome.STOPPED, ReasonCode.STOPPED)
    assert runs.finish_queued(next_run.pk, Outcome.STOPPED, ReasonCode.STOPPED)
    assert not runs.finish_queued(next_run.pk, Outcome.STOPPED, ReasonCode.STOPPED)
    assert status_of(next_run) == (RunStatus.FINISHED, Outcome.STOPPED)


def save(run: Run, executor: Executor, head: bytes) -> bool:
    recording = {"head": head, "tail_offset": len(head)}
    return runs.save_progress(run.pk, executor, recording, output_bytes=len(head))


def kept(run: Run) -> tuple[int, bytes]:
    run.refresh_from_db()
    return run.output_bytes, recordings.load_recording(run.pk).head


def test_progress_is_saved_only_of_a_run_that_goes_on(owner: User, executor: Executor) -> None:
    run = queued(owner)
    assert not save(run, executor, b"early")
    assert kept(run) == (0, b"")
    claimed(executor)
    runs.start_run(run.pk, timezone.now())
    assert save(run, executor, b"hello")
    assert kept(run) == (5, b"hello")


def test_who_has_lost_a_run_writes_nothing_over_what_was_kept(
    owner: User, executor: Executor
) -> None:
    run = queued(owner)
    claimed(executor)
    assert save(run, executor, b"hello")
    assert not save(
        run, heartbeats.register_executor("two", capacity=4, sandbox="x"), b"of another"
    )
    heartbeats.mark_executor_ended(executor)
    assert runs.end_lost_runs(()) == [run.pk]
    assert not save(run, executor, b"hello, and more")
    late = {"head": b"hello, and the end", "tail_offset": 18}
    assert not runs.finish_run(run.pk, ENDING, executor, late)
    assert kept(run) == (5, b"hello")
    assert status_of(run) == (RunStatus.FINISHED, Outcome.EXECUTOR_LOST)


def test_an_end_waits_for_its_recording_and_not_for_ever(
    owner: User, executor: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(run: UUID, fields: object) -> None:
        raise OperationalError("no space left on device")

    run = queued(owner)
    claimed(executor)
    assert save(run, executor, b"hello")
    monkeypatch.setattr(recordings, "save_recording", full_disk)
    end = (run.pk, ENDING, executor, {"head": b"hello\r\n", "tail_offset": 7})
    with pytest.raises(OperationalError):
        runs.finish_run_even_without_recording(time.monotonic() + 60, *end)
    assert status_of(run) == (RunStatus.CLAIMED, "")
    assert runs.finish_run_even_without_recording(time.monotonic(), *end)
    assert status_of(run) == (RunStatus.FINISHED, Outcome.COMPLETED)
    assert kept(run) == (7, b"hello")  # and whoever reads it sees that two bytes are missing


def test_another_terminal_waits_only_for_a_queued_run(owner: User, executor: Executor) -> None:
    run = queued(owner)
    runs.wait_for(run.pk, "second", timezone.now())
    run.refresh_from_db()
    assert run.viewer == "second"
    claimed(executor)
    runs.wait_for(run.pk, "third", timezone.now())
    run.refresh_from_db()
    assert run.viewer == "second"


def test_a_terminal_finds_the_executor_of_its_run(owner: User, executor: Executor) -> None:
    run = queued(owner)
    place = runs.locate(run.pk)
    assert (place.status, place.executor, place.position) == (RunStatus.QUEUED, None, 1)
    claimed(executor)
    place = runs.locate(run.pk)
    assert (place.status, place.executor, place.position) == (RunStatus.CLAIMED, "one", None)
    assert place.language == "python"


def test_the_end_is_told_as_it_was_written(owner: User) -> None:
    run = queued(owner)
    ending = Ending(
        Outcome.FAILED, ReasonCode.SIGNAL, {"signal": "SIGSEGV"}, signal="SIGSEGV", wall_ms=5,
        cpu_ms=4, memory_peak_bytes=3, output_bytes=2,
    )  # fmt: skip
    runs.finish_run(run.pk, ending)
    assert runs.exit_of(run.pk) == Exit(
        run=run.pk, outcome=Outcome.FAILED, exit_code=None, signal="SIGSEGV", reason="",
        reason_code=ReasonCode.SIGNAL, figures={"signal": "SIGSEGV"},
        wall_ms=5, cpu_ms=4, memory_peak_bytes=3, output_bytes=2,
    )  # fmt: skip


def test_an_end_from_before_codes_keeps_its_sentence(owner: User) -> None:
    run = queued(owner)
    runs.finish_run(run.pk, ENDING)
    Run.objects.filter(pk=run.pk).update(reason="It failed.", reason_code="", figures=None)
    told = runs.exit_of(run.pk)
    assert (told.reason, told.reason_code, told.figures) == ("It failed.", None, {})


def test_an_end_with_a_code_of_a_newer_version_is_told_without_it(owner: User) -> None:
    run = queued(owner)
    runs.finish_run(run.pk, ENDING)
    Run.objects.filter(pk=run.pk).update(reason_code="struck_by_lightning")
    assert runs.exit_of(run.pk).reason_code is None


def test_an_end_without_a_signal_names_none(owner: User) -> None:
    run = queued(owner)
    runs.finish_run(run.pk, ENDING)
    assert runs.exit_of(run.pk).signal is None
