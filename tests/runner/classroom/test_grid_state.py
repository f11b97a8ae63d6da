"""What an instructor's page is told of a class, and when."""

from itertools import pairwise
from uuid import UUID

import pytest

from runner.classroom.grid_state import (
    EDITING_SECONDS,
    TILE_SECONDS,
    GridState,
    Hand,
    Member,
    RunFacts,
)
from runner.protocol.classes.messages import MemberState, Tile

ADA, BOB = 1, 2
NOW = 1000.0
A_RUN, ANOTHER = UUID(int=1), UUID(int=2)


def a_class(*runs: RunFacts, online: bool = True) -> list[Member]:
    ada = Member(ADA, "ada", "Ada", online=online, online_since=NOW - 60)
    ada.runs = {run.run: run for run in runs}
    return [ada, Member(BOB, "bob", "Bob")]


def a_run(state: MemberState = MemberState.RUNNING, **fields: object) -> RunFacts:
    facts = {"run": A_RUN, "language": "python", "since": NOW, "order": NOW, "state": state}
    return RunFacts(**(facts | fields))  # type: ignore[arg-type]


def grid(*runs: RunFacts, online: bool = True) -> GridState:
    """As it is when all has been told."""
    state = GridState()
    state.load(a_class(*runs, online=online))
    everybody, tiles = state.take(NOW)
    assert everybody
    assert {tile.user for tile in tiles} == {"ada", "bob"}
    return state


def told(state: GridState, now: float) -> list[Tile]:
    everybody, tiles = state.take(now)
    assert not everybody
    return tiles


def ada_after(state: GridState, now: float = NOW + TILE_SECONDS) -> Tile:
    (tile,) = told(state, now)
    assert tile.user == "ada"
    return tile


@pytest.mark.parametrize("state", [MemberState.QUEUED, MemberState.RUNNING, MemberState.WAITING])
def test_a_tile_shows_what_the_newest_program_does(state: MemberState) -> None:
    live = grid()
    live.note_run(ADA, a_run(state, line="Name:", since=NOW + 3))
    tile = ada_after(live)
    assert (tile.state, tile.since, tile.line, tile.run) == (state, NOW + 3, "Name:", A_RUN)


def test_a_program_that_failed_stays_in_view_until_the_next_one() -> None:
    live = grid()
    end = a_run(MemberState.IDLE, outcome="failed", error="NameError", error_line=4)
    live.note_run(ADA, end)
    tile = ada_after(live)
    assert (tile.state, tile.error, tile.error_line) == (MemberState.FAILED, "NameError", 4)
    live.note_run(ADA, a_run(MemberState.RUNNING, run=ANOTHER, order=NOW + 1))
    assert ada_after(live, NOW + 2).state == MemberState.RUNNING


def test_a_program_that_was_stopped_is_no_failure() -> None:
    live = grid(a_run())
    live.note_run(ADA, a_run(MemberState.IDLE, outcome="stopped"))
    assert ada_after(live).state == MemberState.IDLE


def test_an_end_keeps_the_last_line_of_the_output() -> None:
    live = grid(a_run(line="Total: 7"))
    live.note_run(ADA, a_run(MemberState.IDLE, outcome="completed"))
    assert ada_after(live).line == "Total: 7"


def test_a_report_that_comes_late_changes_nothing() -> None:
    live = grid(a_run(MemberState.IDLE, outcome="completed"))
    live.note_run(ADA, a_run(MemberState.WAITING))
    assert told(live, NOW + 1) == []
    live = grid(a_run())
    live.note_run(ADA, a_run(MemberState.QUEUED))
    assert told(live, NOW + 1) == []


def test_who_types_is_editing_for_a_while() -> None:
    live = grid()
    live.note_editing(ADA, "python", NOW + 1)
    assert ada_after(live, NOW + 1).state == MemberState.EDITING
    assert live.next_due(NOW + 1) == NOW + 1 + EDITING_SECONDS
    later = NOW + 1 + EDITING_SECONDS
    assert live.next_due(later) <= later
    assert ada_after(live, later).state == MemberState.IDLE
    assert live.next_due(later + 1) == float("inf")


def test_who_left_is_offline_unless_a_program_runs() -> None:
    live = grid(a_run())
    live.note_online(ADA, NOW, online=False)
    assert told(live, NOW + 1) == []
    live.note_run(ADA, a_run(MemberState.IDLE, outcome="completed"))
    assert ada_after(live, NOW + 2).state == MemberState.OFFLINE


def test_what_nobody_can_see_is_not_told() -> None:
    live = grid(a_run())
    live.note_run(ADA, a_run())
    live.note_online(ADA, NOW, online=True)
    assert told(live, NOW + 1) == []
    assert live.next_due(NOW + 1) == float("inf")


def test_a_tile_is_told_at_once_and_then_twice_a_second() -> None:
    live, times = grid(a_run()), []
    now = NOW + TILE_SECONDS
    for line in range(300):  # for three seconds, a hundred lines a second
        now += 0.01
        live.note_run(ADA, a_run(line=str(line)))
        times += [now for _ in told(live, now)]
    assert times[0] == pytest.approx(NOW + TILE_SECONDS + 0.01)
    assert len(times) == 3 / TILE_SECONDS
    assert all(later - former >= TILE_SECONDS for former, later in pairwise(times))
    assert live.next_due(now) <= now + TILE_SECONDS
    assert ada_after(live, now + TILE_SECONDS).line == "299"  # the last one is not lost


def test_three_hundred_hands_in_a_second_are_told_once_each() -> None:
    live = GridState()
    live.load([Member(user, f"user{user}", "") for user in range(300)])
    live.take(NOW)
    frames = 0
    for user in range(300):
        live.note_hand(user, Hand(f"Question {user}", NOW + user / 300))
        frames += len(told(live, NOW + 1 + user / 300))
    assert frames == 300
    assert told(live, NOW + 3) == []


def test_the_database_does_not_hide_what_only_executors_know() -> None:
    live = grid(a_run())
    live.note_run(ADA, a_run(MemberState.WAITING, line="Name:"))
    assert ada_after(live).state == MemberState.WAITING
    live.load(a_class(a_run(MemberState.RUNNING)))
    assert told(live, NOW + 2) == []


def test_the_database_corrects_what_was_not_heard() -> None:
    live = grid(a_run())
    live.load(a_class(a_run(MemberState.IDLE, outcome="executor_lost")))
    assert ada_after(live).state == MemberState.FAILED
    live.load(a_class(a_run(MemberState.IDLE, outcome="executor_lost"), online=False))
    assert ada_after(live, NOW + 2).state == MemberState.OFFLINE


def test_a_new_member_means_that_all_are_told() -> None:
    live = grid()
    live.load([*a_class(), Member(3, "cem", "Cem")])
    everybody, tiles = live.take(NOW)
    assert everybody
    assert len(tiles) == 3


def test_who_is_no_member_has_no_tile() -> None:
    live = grid()
    live.note_run(99, a_run())
    live.note_hand(99, Hand("Let me in", NOW))
    live.note_editing(99, "python", NOW)
    assert told(live, NOW + 1) == []
