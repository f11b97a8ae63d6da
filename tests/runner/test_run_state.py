"""Where a run is, why it ended, and which moves there are."""

from itertools import product

import pytest

from runner.limits import MIB, Limits, Shortage
from runner.protocol.reasons import FIGURES
from runner.run_state import ACTIVE, TRANSITIONS, Outcome, RunStatus, can_move, explain

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
def test_every_outcome_has_a_reason_with_its_figures(outcome: Outcome) -> None:
    code, figures = explain(outcome, Limits(), exit_code=1)
    assert set(figures) == set(FIGURES.get(code, ()))


def test_a_limit_is_told_with_its_number() -> None:
    limits = Limits(
        cpu_seconds=11, wall_seconds=12, idle_seconds=13, memory_bytes=14 * MIB,
        output_bytes=15 * MIB, detach_seconds=16,
    )  # fmt: skip
    told = {
        Outcome.CPU_LIMIT: {"cpu_seconds": 11},
        Outcome.WALL_LIMIT: {"wall_seconds": 12},
        Outcome.IDLE_LIMIT: {"idle_seconds": 13},
        Outcome.MEMORY_LIMIT: {"memory_bytes": 14 * MIB},
        Outcome.OUTPUT_LIMIT: {"output_bytes": 15 * MIB},
        Outcome.DISCONNECTED: {"detach_seconds": 16},
    }
    assert {outcome: explain(outcome, limits)[1] for outcome in told} == told


def test_a_failure_is_told_with_its_exit_code() -> None:
    assert explain(Outcome.FAILED, Limits(), exit_code=139) == ("exit_code", {"exit_code": 139})


@pytest.mark.parametrize(
    ("short_of", "code", "limit"),
    [
        ("disk_bytes", "disk_full", 64 * MIB),
        ("disk_files", "too_many_files", 10000),
        ("processes", "too_many_processes", 512),
    ],
)
def test_a_failure_for_want_of_something_says_so(short_of: Shortage, code: str, limit: int) -> None:
    told = explain(Outcome.FAILED, Limits(), exit_code=1, short_of=short_of)
    assert told == (code, {"exit_code": 1, short_of: limit})


def test_a_signal_is_told_by_its_name() -> None:
    told = explain(Outcome.FAILED, Limits(), signal="SIGSEGV", short_of="processes")
    assert told == ("signal", {"signal": "SIGSEGV"})
