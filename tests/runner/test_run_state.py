"""Where a run is, why it ended, and which moves there are."""

from itertools import product

import pytest

from runner.limits import MIB, Limits, Shortage
from runner.run_state import ACTIVE, TRANSITIONS, Outcome, RunStatus, can_move, describe

FORWARD = {
    ("queued", "claimed"),
    ("queued", "finished"),
    ("claimed", "running"),
    ("claimed", "finished"),
    ("running", "finished"),
}


def test_a_run_moves_forward_only() -> None:
    moves = {(a.value, b.value) for a, b in product(RunStatus, RunStatus) if can_move(a, b)}
    assert moves == FORWARD


def test_every_status_says_where_it_leads() -> None:
    assert set(TRANSITIONS) == set(RunStatus)


def test_a_run_is_active_until_it_is_finished() -> None:
    assert set(ACTIVE) == set(RunStatus) - {RunStatus.FINISHED}


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_sentence_for_a_student(outcome: Outcome) -> None:
    sentence = describe(outcome, Limits(), exit_code=1)
    assert sentence[0].isupper()
    assert sentence[-1] in ".?"
    assert len(sentence) < 300  # what the row holds


def test_a_limit_is_told_with_its_number() -> None:
    limits = Limits(
        cpu_seconds=11, wall_seconds=12, idle_seconds=13, memory_bytes=14 * MIB,
        output_bytes=15 * MIB, detach_seconds=16,
    )  # fmt: skip
    told = {
        Outcome.CPU_LIMIT: "11 seconds",
        Outcome.WALL_LIMIT: "12 seconds",
        Outcome.IDLE_LIMIT: "13 seconds",
        Outcome.MEMORY_LIMIT: "14 MB",
        Outcome.OUTPUT_LIMIT: "15 MB",
        Outcome.DISCONNECTED: "16 seconds",
    }
    assert {outcome: describe(outcome, limits) for outcome in told if told[outcome] not in
            describe(outcome, limits)} == {}  # fmt: skip


def test_a_failure_is_told_with_its_exit_code() -> None:
    assert describe(Outcome.FAILED, Limits(), exit_code=139) == (
        "Your program ended with exit code 139."
    )


@pytest.mark.parametrize(
    ("short_of", "sentence"),
    [
        ("disk_bytes", "Its disk of 64 MB is full."),
        ("disk_files", "It may keep no more than 10000 files."),
        ("processes", "It may have no more than 64 processes."),
    ],
)
def test_a_failure_for_want_of_something_says_so(short_of: Shortage, sentence: str) -> None:
    told = describe(Outcome.FAILED, Limits(), exit_code=1, short_of=short_of)
    assert told == f"Your program ended with exit code 1. {sentence}"


@pytest.mark.parametrize(
    ("signal", "sentence"),
    [
        ("SIGSEGV", "Your program was ended by the signal SIGSEGV: it used memory that does not "
                    "belong to it."),
        ("SIGUSR1", "Your program was ended by the signal SIGUSR1."),
    ],
)  # fmt: skip
def test_a_signal_is_told_by_its_name(signal: str, sentence: str) -> None:
    assert describe(Outcome.FAILED, Limits(), signal=signal) == sentence
