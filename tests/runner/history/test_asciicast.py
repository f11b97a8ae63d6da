"""Exporting a recording as asciicast v3."""

import json
from datetime import UTC, datetime
from typing import Any

from runner.history.asciicast import cast
from runner.models import Recording, Run
from runner.recording_times import pack_times

STARTED = datetime(2026, 1, 2, 3, 4, 5, 600_000, tzinfo=UTC)


def a_run(**fields: Any) -> Run:
    defaults = {"main": "main.py", "rows": 24, "cols": 80, "started_at": STARTED}
    return Run(**defaults | fields)


def a_recording(run: Run, *pieces: tuple[int, bytes], **fields: Any) -> Recording:
    return Recording(
        run=run,
        head=b"".join(data for _, data in pieces),
        head_times=pack_times((at_ms, len(data)) for at_ms, data in pieces),
        **fields,
    )


def lines_of(run: Run, recording: Recording) -> list[Any]:
    text = cast(run, recording)
    assert text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


def test_the_header_describes_the_terminal() -> None:
    run = a_run()
    assert lines_of(run, a_recording(run)) == [
        {
            "version": 3,
            "term": {"cols": 80, "rows": 24, "type": "xterm-256color"},
            "timestamp": 1767323045,
            "title": "main.py",
        }
    ]


def test_times_are_intervals_and_the_exit_status_comes_last() -> None:
    run = a_run(exit_code=3, wall_ms=2000)
    recording = a_recording(run, (100, b"Name? "), (1350, b"Ada\r\n"))
    assert lines_of(run, recording)[1:] == [
        [0.1, "o", "Name? "],
        [1.25, "o", "Ada\r\n"],
        [0.65, "x", "3"],
    ]


def test_a_program_ended_by_a_signal_exits_as_a_shell_says() -> None:
    run = a_run(signal="SIGSEGV")
    assert lines_of(run, a_recording(run))[1:] == [[0.0, "x", "139"]]


def test_a_run_that_goes_on_has_no_exit() -> None:
    run = a_run()
    assert lines_of(run, a_recording(run, (0, b"a")))[1:] == [[0.0, "o", "a"]]


def test_a_resize_stands_where_it_happened() -> None:
    run = a_run()
    recording = a_recording(run, (100, b"a"), (300, b"b"), resizes=[[200, 100, 30]])
    assert lines_of(run, recording)[1:] == [
        [0.1, "o", "a"],
        [0.1, "r", "100x30"],
        [0.1, "o", "b"],
    ]


def test_a_character_split_between_pieces_comes_whole() -> None:
    run = a_run()
    first, rest = "é".encode()[:1], "é".encode()[1:]
    assert lines_of(run, a_recording(run, (0, b"caf" + first), (5, rest + b"!")))[1:] == [
        [0.0, "o", "caf"],
        [0.005, "o", "é!"],
    ]


def test_what_was_cut_is_marked_and_splits_no_character() -> None:
    run = a_run()
    recording = a_recording(
        run,
        (0, b"begin\xc3"),
        tail=b"\xa9end",
        tail_times=pack_times([(900, 4)]),
        tail_offset=1006,
    )
    assert lines_of(run, recording)[1:] == [
        [0.0, "o", "begin\ufffd"],
        [0.0, "m", "1000 bytes of output were not kept"],
        [0.9, "o", "\ufffdend"],
    ]


def test_control_characters_and_line_separators_stay_inside_their_line() -> None:
    run = a_run()
    recording = a_recording(run, (0, "\x1b[1m\n\u2028\x85".encode()))
    assert lines_of(run, recording)[1:] == [[0.0, "o", "\x1b[1m\n\u2028\x85"]]


def test_bytes_without_times_are_not_lost() -> None:
    run = a_run()
    recording = Recording(run=run, head=b"abc", head_times=pack_times([(7, 1)]))
    assert lines_of(run, recording)[1:] == [[0.007, "o", "a"], [0.0, "o", "bc"]]
