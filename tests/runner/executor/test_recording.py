"""What a run printed, with times: its beginning and its end, bounded."""

from runner.executor.recording import MAX_PIECES, MAX_RESIZES, RecordingBuffer
from runner.recording_times import unpack_times

PART, TAIL = 10, 20


def recording() -> RecordingBuffer:
    return RecordingBuffer(PART, TAIL)


def text(count: int, start: int = 0) -> bytes:
    return bytes(range(start, start + count))


def test_short_output_is_all_head() -> None:
    buffer = recording()
    buffer.add(5, b"abc")
    snapshot = buffer.snapshot(keep_from=0)
    assert (snapshot.head, snapshot.tail, snapshot.tail_offset) == (b"abc", b"", 3)
    assert unpack_times(snapshot.head_times) == [(5, 3)]


def test_longer_output_goes_on_in_the_tail_without_a_break() -> None:
    buffer = recording()
    buffer.add(0, text(6))
    buffer.add(100, text(8, 6))
    snapshot = buffer.snapshot(keep_from=0)
    assert snapshot.head + snapshot.tail == text(14)
    assert snapshot.tail_offset == PART
    assert unpack_times(snapshot.head_times) == [(0, 6), (100, 4)]
    assert unpack_times(snapshot.tail_times) == [(100, 4)]


def test_of_long_output_the_first_and_the_last_part_are_kept() -> None:
    buffer = recording()
    for start in range(0, 100, 5):
        buffer.add(start * 100, text(5, start))
    snapshot = buffer.snapshot(keep_from=100)
    assert snapshot.head == text(10)
    assert (snapshot.tail_offset, snapshot.tail) == (90, text(10, 90))
    assert unpack_times(snapshot.tail_times) == [(9000, 5), (9500, 5)]


def test_what_is_not_acknowledged_yet_is_kept_beyond_the_last_part() -> None:
    buffer = recording()
    for start in range(0, 100, 5):
        buffer.add(start * 100, text(5, start))
    snapshot = buffer.snapshot(keep_from=83)
    assert (snapshot.tail_offset, snapshot.tail) == (83, text(17, 83))


def test_the_times_of_a_part_add_up_to_its_bytes() -> None:
    buffer = recording()
    for start in range(0, 99, 3):
        buffer.add(start * 100, text(3, start))
    snapshot = buffer.snapshot(keep_from=99)
    assert sum(size for _, size in unpack_times(snapshot.head_times)) == len(snapshot.head)
    assert sum(size for _, size in unpack_times(snapshot.tail_times)) == len(snapshot.tail)


def test_a_snapshot_changes_nothing() -> None:
    buffer = recording()
    buffer.add(0, text(40))
    assert buffer.snapshot(keep_from=40) == buffer.snapshot(keep_from=40)
    assert buffer.snapshot(keep_from=25).tail == text(15, 25)


def test_pieces_close_together_share_a_time() -> None:
    buffer = recording()
    for at_ms in (0, 5, 14, 15, 40):
        buffer.add(at_ms, b"x")
    assert unpack_times(buffer.snapshot(keep_from=0).head_times) == [(0, 3), (15, 1), (40, 1)]


def test_the_number_of_pieces_is_bounded() -> None:
    buffer = RecordingBuffer(10 * MAX_PIECES, TAIL)
    for number in range(MAX_PIECES + 100):
        buffer.add(number * 1000, b"x")
    times = unpack_times(buffer.snapshot(keep_from=0).head_times)
    assert len(times) == MAX_PIECES
    assert times[-1] == ((MAX_PIECES - 1) * 1000, 101)


def test_the_number_of_resizes_is_bounded() -> None:
    buffer = recording()
    for number in range(MAX_RESIZES + 5):
        buffer.resize(number, 80, 24)
    resizes = buffer.snapshot(keep_from=0).resizes
    assert len(resizes) == MAX_RESIZES
    assert resizes[1] == (1, 80, 24)


def test_nothing_printed_is_nothing_kept() -> None:
    snapshot = recording().snapshot(keep_from=0)
    assert (snapshot.head, snapshot.tail, snapshot.tail_times) == (b"", b"", b"")


def test_nothing_is_left_of_what_is_given_up() -> None:
    buffer = recording()
    buffer.add(0, text(25))
    buffer.forget()
    snapshot = buffer.snapshot(keep_from=0)
    assert (snapshot.head, snapshot.tail, snapshot.tail_offset) == (b"", b"", 25)
