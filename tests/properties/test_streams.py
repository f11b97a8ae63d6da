"""Output and input of a run: every byte once and in order, whatever is lost, late or repeated."""

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from runner.executor.input_queue import InputQueue
from runner.executor.output_stream import Frame, Gap, OutputStream
from runner.terminal.wire.input_outbox import InputOutbox
from runner.terminal.wire.output_cursor import OutputCursor

RING, WINDOW, FRAME = 64, 24, 8
VIEWERS = ("a", "b")
OFFSETS = st.integers(0, 2**53)


class Stream(RuleBasedStateMachine):
    """A program prints; viewers come, go, confirm nonsense, and frames to them are lost."""

    def __init__(self) -> None:
        super().__init__()
        self.stream = OutputStream(RING, WINDOW, FRAME)
        self.printed = b""
        self.cursors: dict[str, OutputCursor] = {}
        self.shown: dict[str, int] = {}  # offset up to which a viewer has had everything
        self.now = 0.0

    @rule(data=st.binary(min_size=1, max_size=RING))
    def prints(self, data: bytes) -> None:
        data = data[: self.stream.room()]
        if data:
            self.stream.append(data)
            self.printed += data

    @rule(viewer=st.sampled_from(VIEWERS), offset=OFFSETS, control=st.booleans())
    def attaches(self, viewer: str, offset: int, control: bool) -> None:
        offset %= len(self.printed) + 1
        self.stream.attach(viewer, offset, control=control, now=self.now)
        self.cursors[viewer] = OutputCursor(offset)

    @rule(viewer=st.sampled_from(VIEWERS), offset=OFFSETS)
    def attaches_beyond_the_end(self, viewer: str, offset: int) -> None:
        try:
            self.stream.attach(viewer, len(self.printed) + 1 + offset, control=True, now=self.now)
        except ValueError:
            return
        raise AssertionError("an offset beyond the end was accepted")

    @rule(viewer=st.sampled_from(VIEWERS))
    def leaves(self, viewer: str) -> None:
        self.stream.detach(viewer)
        self.cursors.pop(viewer, None)

    @precondition(lambda self: self.cursors)
    @rule(choice=st.integers(0, 1), lost=st.booleans())
    def is_sent(self, choice: int, lost: bool) -> None:
        viewer = sorted(self.cursors)[choice % len(self.cursors)]
        piece = self.stream.next_piece(viewer, self.now)
        cursor = self.cursors[viewer]
        if isinstance(piece, Frame):
            end = piece.offset + len(piece.data)
            assert 1 <= len(piece.data) <= FRAME
            assert piece.data == self.printed[piece.offset : end]
            if not lost:
                start = cursor.expected
                new = cursor.take(piece.offset, piece.data)
                assert new == self.printed[start : start + len(new)]
        elif isinstance(piece, Gap) and not lost:
            assert viewer != self.stream.controller or piece.stop <= self.stream.unacked_from
            cursor.skip(cursor.expected, piece.stop)

    @rule(viewer=st.sampled_from(VIEWERS), received=OFFSETS, acked=OFFSETS, resend=st.booleans())
    def confirms_anything(self, viewer: str, received: int, acked: int, resend: bool) -> None:
        self.stream.confirm(viewer, received, acked, resend=resend, now=self.now)

    @precondition(lambda self: self.cursors)
    @rule(choice=st.integers(0, 1))
    def confirms(self, choice: int) -> None:
        viewer = sorted(self.cursors)[choice % len(self.cursors)]
        cursor = self.cursors[viewer]
        assert cursor.ack(cursor.expected)
        expected = cursor.expected
        self.stream.confirm(viewer, expected, expected, resend=True, now=self.now)

    @rule(seconds=st.floats(0, 5))
    def waits(self, seconds: float) -> None:
        self.now += seconds
        self.stream.step_back(self.now)

    @invariant()
    def memory_is_bounded(self) -> None:
        held = self.stream.end - self.stream.start
        assert 0 <= held <= RING + FRAME
        assert self.stream.end == len(self.printed)
        assert 0 <= self.stream.room() <= RING
        assert self.stream.start <= self.stream.unacked_from <= self.stream.end


TestStream = Stream.TestCase


class Inputs(RuleBasedStateMachine):
    """A browser numbers its inputs; the way to the terminal loses, repeats and reorders them."""

    BYTES, MESSAGES = 32, 4

    def __init__(self) -> None:
        super().__init__()
        self.outbox = InputOutbox(self.BYTES, self.MESSAGES)
        self.queue = InputQueue(self.BYTES, self.MESSAGES)
        self.sent: dict[int, bytes] = {}
        self.typed = b""

    @rule(data=st.binary(max_size=12))
    def types(self, data: bytes) -> None:
        seq = len(self.sent) + 1
        if self.outbox.offer(seq, data, 0.0):
            self.sent[seq] = data

    @rule(seq=st.integers(1, 2**53), data=st.binary(max_size=12))
    def offers_what_is_far_ahead(self, seq: int, data: bytes) -> None:
        """Of another client with the same account, which numbers as it likes."""
        if seq > len(self.sent) + 1:
            self.queue.offer(seq + 2 * self.MESSAGES, data)
            self.queue.forget_out_of_order()

    @precondition(lambda self: self.sent)
    @rule(choice=st.integers(0, 100))
    def one_arrives(self, choice: int) -> None:
        waiting = self.outbox.overdue(1.0, seconds=0)
        if waiting:
            self.queue.offer(*waiting[choice % len(waiting)])

    @rule(count=st.integers(1, 8))
    def the_terminal_takes(self, count: int) -> None:
        head = self.queue.head()[:count]
        self.typed += head
        if head:
            self.queue.wrote(len(head))

    @rule()
    def is_acknowledged(self) -> None:
        self.outbox.ack(self.queue.acked)

    @invariant()
    def everything_is_typed_once_and_in_order(self) -> None:
        whole = b"".join(self.sent[seq] for seq in sorted(self.sent))
        assert whole.startswith(self.typed)
        assert self.queue.acked <= len(self.sent)
        assert len(self.outbox) <= self.MESSAGES + 1


TestInputs = Inputs.TestCase


@given(st.lists(st.tuples(st.integers(0, 40), st.binary(max_size=10)), max_size=20))
def test_a_cursor_never_repeats_and_never_leaves_out(
    pieces: list[tuple[int, bytes]],
) -> None:
    """Whatever offsets an executor says."""
    cursor, shown = OutputCursor(0), 0
    for offset, data in pieces:
        new = cursor.take(offset, data)
        shown += len(new)
        assert offset <= shown or not new
        assert cursor.expected == shown
