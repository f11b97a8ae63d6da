# size: all tests of one class
"""The output of a run as numbered bytes: exact for the terminal in control, bounded for all."""

import pytest

from runner.executor.output_stream import (
    FIRST_RESEND_SECONDS,
    LAST_RESEND_SECONDS,
    Frame,
    Gap,
    OutputStream,
)

RING, WINDOW, FRAME = 1000, 100, 30


@pytest.fixture
def stream() -> OutputStream:
    return OutputStream(RING, WINDOW, FRAME)


def control(stream: OutputStream, viewer: str = "owner", offset: int = 0, now: float = 0) -> None:
    stream.attach(viewer, offset, control=True, now=now)


def watch(stream: OutputStream, viewer: str = "watcher", offset: int = 0) -> None:
    stream.attach(viewer, offset, control=False, now=0)


def confirm(stream: OutputStream, viewer: str, offset: int, now: float = 0) -> None:
    stream.confirm(viewer, offset, offset, resend=False, now=now)


def pieces(stream: OutputStream, viewer: str = "owner", now: float = 0) -> list[Frame | Gap]:
    """All that is sent now without any confirmation."""
    return list(iter(lambda: stream.next_piece(viewer, now), None))


def text(count: int, start: int = 0) -> bytes:
    """Bytes that tell where they belong."""
    return bytes(number % 251 for number in range(start, start + count))


# --- Sending -------------------------------------------------------------------------------------
def test_frames_are_numbered_and_no_larger_than_allowed(stream: OutputStream) -> None:
    control(stream)
    stream.append(text(70))
    sent = pieces(stream)
    assert [piece.offset for piece in sent if isinstance(piece, Frame)] == [0, 30, 60]
    assert b"".join(piece.data for piece in sent if isinstance(piece, Frame)) == text(70)


def test_nothing_is_sent_beyond_the_window(stream: OutputStream) -> None:
    control(stream)
    stream.append(text(250))
    assert sum(len(piece.data) for piece in pieces(stream) if isinstance(piece, Frame)) == WINDOW
    confirm(stream, "owner", 10)
    assert pieces(stream) == [Frame(100, text(10, 100))]


def test_the_window_counts_from_what_is_parsed_not_from_what_is_received(
    stream: OutputStream,
) -> None:
    control(stream)
    stream.append(text(250))
    pieces(stream)
    stream.confirm("owner", 100, 0, resend=False, now=0)
    assert pieces(stream) == []


def test_an_attachment_begins_where_it_asks(stream: OutputStream) -> None:
    stream.append(text(50))
    control(stream, offset=45)
    assert pieces(stream) == [Frame(45, text(5, 45))]


def test_an_attachment_beyond_the_end_is_refused(stream: OutputStream) -> None:
    stream.append(b"abc")
    with pytest.raises(ValueError, match="4 is beyond the end of the output, 3"):
        control(stream, offset=4)


def test_a_viewer_has_all_when_everything_there_is_was_sent(stream: OutputStream) -> None:
    control(stream)
    assert stream.has_all("owner")
    stream.append(text(40))
    stream.next_piece("owner", 0)
    assert not stream.has_all("owner")
    stream.next_piece("owner", 0)
    assert stream.has_all("owner")


# --- Sending again ---------------------------------------------------------------------------
def test_what_nobody_confirms_is_sent_again(stream: OutputStream) -> None:
    control(stream)
    stream.append(text(50))
    first = pieces(stream, now=10)
    assert stream.next_step() == 10 + FIRST_RESEND_SECONDS
    stream.step_back(10 + FIRST_RESEND_SECONDS / 2)
    assert pieces(stream, now=10 + FIRST_RESEND_SECONDS / 2) == []
    stream.step_back(10 + FIRST_RESEND_SECONDS)
    assert pieces(stream, now=10 + FIRST_RESEND_SECONDS) == first


def test_what_was_received_is_not_sent_again(stream: OutputStream) -> None:
    control(stream)
    stream.append(text(50))
    pieces(stream)
    stream.confirm("owner", 30, 0, resend=False, now=0)
    stream.step_back(60)
    assert pieces(stream, now=60) == [Frame(30, text(20, 30))]


def test_a_viewer_that_misses_something_gets_it_at_once(stream: OutputStream) -> None:
    control(stream)
    stream.append(text(50))
    pieces(stream)
    stream.confirm("owner", 30, 0, resend=True, now=0)
    assert pieces(stream) == [Frame(30, text(20, 30))]


def test_sending_again_gets_rarer_up_to_a_bound(stream: OutputStream) -> None:
    control(stream)
    stream.append(b"abc")
    now, waits = 0.0, []
    for _ in range(8):
        pieces(stream, now=now)
        due = stream.next_step()
        assert due is not None
        waits.append(due - now)
        now = due
        stream.step_back(now)
    assert waits[:2] == [FIRST_RESEND_SECONDS, 2 * FIRST_RESEND_SECONDS]
    assert waits[-1] == LAST_RESEND_SECONDS


def test_nothing_is_due_when_all_is_confirmed(stream: OutputStream) -> None:
    control(stream)
    stream.append(b"abc")
    pieces(stream)
    confirm(stream, "owner", 3)
    assert stream.next_step() is None


@pytest.mark.parametrize(("received", "acked"), [(51, 0), (50, 51), (-1, -1), (-1, 0)])
def test_an_impossible_confirmation_changes_nothing(
    stream: OutputStream, received: int, acked: int
) -> None:
    control(stream)
    stream.append(text(50))
    first = pieces(stream)
    stream.confirm("owner", received, acked, resend=False, now=0)
    stream.step_back(60)
    assert pieces(stream, now=60) == first
    assert stream.unacked_from == 0


def test_an_old_confirmation_takes_nothing_back(stream: OutputStream) -> None:
    control(stream)
    stream.append(text(50))
    pieces(stream)
    confirm(stream, "owner", 50)
    confirm(stream, "owner", 20)
    assert stream.unacked_from == 50
    assert stream.next_step() is None


# --- Room ------------------------------------------------------------------------------------
def test_the_program_may_print_one_window_ahead_of_the_terminal_in_control(
    stream: OutputStream,
) -> None:
    control(stream)
    assert stream.room() == WINDOW
    stream.append(text(WINDOW))
    assert stream.room() == 0
    confirm(stream, "owner", 40)
    assert stream.room() == 40


def test_without_control_it_may_print_what_can_be_held(stream: OutputStream) -> None:
    watch(stream)
    assert stream.room() == RING
    stream.append(text(RING))
    confirm(stream, "watcher", RING)
    assert stream.room() == 0


def test_what_a_program_leaves_at_its_end_fits_into_a_full_ring(stream: OutputStream) -> None:
    stream.append(text(RING))
    assert stream.room(draining=True) == FRAME
    stream.append(text(FRAME, RING))
    assert stream.start == 0


def test_only_what_the_terminal_in_control_has_parsed_is_dropped(stream: OutputStream) -> None:
    control(stream)
    for start in range(0, 3000, 100):
        stream.append(text(100, start))
        confirm(stream, "owner", start + 90)
    assert stream.end - stream.start == RING
    assert stream.start <= stream.unacked_from
    stream.detach("owner")
    control(stream, "again", offset=stream.unacked_from)
    assert pieces(stream, "again") == [Frame(2990, text(10, 2990))]


def test_coming_back_loses_nothing_however_much_was_printed_meanwhile(
    stream: OutputStream,
) -> None:
    control(stream)
    stream.append(text(60))
    confirm(stream, "owner", 50)
    stream.detach("owner")
    while room := stream.room():
        stream.append(text(min(room, 64), stream.end))
    control(stream, "again", offset=50)
    received = b""
    while piece := stream.next_piece("again", 0):
        assert isinstance(piece, Frame)
        received += piece.data
        confirm(stream, "again", 50 + len(received))
    assert received == text(RING, 50)


# --- Watchers ---------------------------------------------------------------------------------
def test_a_watcher_that_falls_behind_gets_a_gap_and_goes_on(stream: OutputStream) -> None:
    control(stream)
    watch(stream)
    for start in range(0, 2000, 100):
        stream.append(text(100, start))
        confirm(stream, "owner", start + 100)
    gap = stream.next_piece("watcher", 0)
    assert gap == Gap(0, 1000)
    assert stream.next_piece("watcher", 0) == Frame(1000, text(FRAME, 1000))


def test_a_watcher_slows_nobody_down(stream: OutputStream) -> None:
    control(stream)
    watch(stream)
    for start in range(0, 5000, 100):
        assert stream.room() == WINDOW
        stream.append(text(100, start))
        confirm(stream, "owner", start + 100)


def test_a_watcher_that_never_acknowledges_still_gets_every_byte_or_a_gap(
    stream: OutputStream,
) -> None:
    control(stream)
    watch(stream)
    told = 0
    for start in range(0, 5000, 100):
        stream.append(text(100, start))
        confirm(stream, "owner", start + 100)
        for piece in pieces(stream, "watcher"):
            begin = piece.offset if isinstance(piece, Frame) else piece.start
            assert begin == told
            told = begin + len(piece.data) if isinstance(piece, Frame) else piece.stop
    assert told > stream.start


# --- Control -----------------------------------------------------------------------------------
def test_the_newest_that_asks_for_control_has_it(stream: OutputStream) -> None:
    control(stream, "first")
    control(stream, "second")
    assert stream.controller == "second"


def test_what_the_terminal_before_acknowledges_no_longer_counts(stream: OutputStream) -> None:
    control(stream, "first")
    stream.append(text(100))
    control(stream, "second")
    confirm(stream, "first", 100)
    assert stream.unacked_from == 0
    assert stream.room() == 0


def test_nobody_has_control_once_its_holder_has_left(stream: OutputStream) -> None:
    control(stream)
    watch(stream)
    stream.detach("owner")
    assert stream.controller is None
    stream.detach("nobody")


def test_who_attaches_again_to_watch_gives_control_up(stream: OutputStream) -> None:
    control(stream, "owner")
    watch(stream, "owner")
    assert stream.controller is None


def test_what_is_given_up_is_a_gap(stream: OutputStream) -> None:
    control(stream)
    stream.append(b"x" * 10)
    stream.forget()
    assert stream.next_piece("owner", now=0) == Gap(0, 10)
    assert stream.next_piece("owner", now=0) is None
