"""Recordings in the database: what somebody who comes later is shown."""

import pytest

from accounts.models import User
from runner.models import Recording
from runner.runs import recordings
from runner.runs.recordings import StoredRecording
from tests.a_run import finished_run

WHOLE = StoredRecording(b"0123456789", b"abcdef", 10)
CUT = StoredRecording(b"0123456789", b"abcdef", 100)


@pytest.mark.parametrize(
    ("offset", "pieces"),
    [
        (0, [(0, b"0123456789"), (10, b"abcdef")]),
        (7, [(7, b"789"), (10, b"abcdef")]),
        (10, [(10, b"abcdef")]),
        (12, [(12, b"cdef")]),
        (16, []),
        (99, []),
    ],
)
def test_what_is_kept_from_an_offset_on(offset: int, pieces: list[tuple[int, bytes]]) -> None:
    assert list(WHOLE.pieces(offset)) == pieces


@pytest.mark.parametrize(
    ("offset", "pieces"),
    [
        (9, [(9, b"9"), (100, b"abcdef")]),
        (10, [(100, b"abcdef")]),
        (50, [(100, b"abcdef")]),
        (101, [(101, b"bcdef")]),
    ],
)
def test_what_was_cut_is_a_jump(offset: int, pieces: list[tuple[int, bytes]]) -> None:
    assert list(CUT.pieces(offset)) == pieces


@pytest.mark.parametrize(
    ("stored", "end"),
    [
        (WHOLE, 16),
        (CUT, 106),
        (StoredRecording(b"abc", b"", 3), 3),
        (StoredRecording(b"", b"", 0), 0),
    ],
)
def test_where_the_recording_ends(stored: StoredRecording, end: int) -> None:
    assert stored.end == end


def test_a_recording_is_read_as_it_was_saved_last(owner: User) -> None:
    run = finished_run(owner, output=b"first")
    fields = {"head": b"\xff\0", "tail": b"end", "tail_offset": 9}
    recordings.save_recording(run.pk, fields)
    assert recordings.load_recording(run.pk) == StoredRecording(b"\xff\0", b"end", 9)
    assert Recording.objects.count() == 1


@pytest.mark.parametrize(("until", "is_read"), [(0, True), (11, True), (12, False), (99, False)])
def test_what_its_reader_has_is_not_read(owner: User, until: int, is_read: bool) -> None:
    run = finished_run(owner, output=b"first")
    recordings.save_recording(run.pk, {"head": b"\xff\0", "tail": b"end", "tail_offset": 9})
    whole, nothing = StoredRecording(b"\xff\0", b"end", 9), StoredRecording(b"", b"", 0)
    assert recordings.load_recording(run.pk, until) == (whole if is_read else nothing)


def test_a_run_that_printed_nothing_has_an_empty_recording(owner: User) -> None:
    run = finished_run(owner)
    Recording.objects.all().delete()
    assert recordings.load_recording(run.pk) == StoredRecording(b"", b"", 0)
