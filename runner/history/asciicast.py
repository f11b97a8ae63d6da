"""A recording as asciicast v3 (https://docs.asciinema.org/manual/asciicast/v3/). Pure.

One JSON line for the header, then one per event: `[seconds since the event before, code, data]`.
"""

import codecs
import json
import signal
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from runner.recording_times import unpack_times

if TYPE_CHECKING:
    from runner.models import Recording, Run

Bytes = bytes | memoryview  # SQLite gives the one, PostgreSQL the other

MEDIA_TYPE = "application/x-asciicast"


class Event(NamedTuple):
    at_ms: int
    code: str  # o: output, r: resize, m: marker, x: exit
    data: str


def cast(run: "Run", recording: "Recording") -> str:
    """The whole file."""
    lines = [json.dumps(_header(run))]
    before_ms = 0
    for event in sorted(_events(run, recording), key=lambda event: event.at_ms):
        interval = (event.at_ms - before_ms) / 1000
        before_ms = event.at_ms
        lines.append(json.dumps([interval, event.code, event.data]))
    return "\n".join(lines) + "\n"


def _header(run: "Run") -> dict[str, object]:
    return {
        "version": 3,
        "term": {"cols": run.cols, "rows": run.rows, "type": "xterm-256color"},
        "timestamp": int((run.started_at or run.created_at).timestamp()),
        "title": run.main,
    }


def _events(run: "Run", recording: "Recording") -> Iterator[Event]:
    """Times never go back within output; the caller's stable sort only places the resizes."""
    for at_ms, cols, rows in recording.resizes:
        yield Event(at_ms, "r", f"{cols}x{rows}")
    last_ms = 0
    for event in _output(recording.head, recording.head_times, last_ms):
        last_ms = event.at_ms
        yield event
    cut = recording.tail_offset - len(recording.head)
    if recording.tail and cut > 0:
        yield Event(last_ms, "m", f"{cut} bytes of output were not kept")
    for event in _output(recording.tail, recording.tail_times, last_ms):
        last_ms = event.at_ms
        yield event
    status = _exit_status(run)
    if status is not None:
        yield Event(max(last_ms, run.wall_ms), "x", str(status))


def _output(data: Bytes, times: Bytes, not_before_ms: int) -> Iterator[Event]:
    """Pieces of one part as text. A character may be split between pieces, not between parts."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    start = 0
    for at_ms, size in _complete(unpack_times(times), len(data)):
        not_before_ms = max(not_before_ms, at_ms)
        end = start + size
        text = decoder.decode(bytes(data[start:end]), final=end >= len(data))
        start = end
        if text:
            yield Event(not_before_ms, "o", text)


def _complete(pieces: Iterable[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """The pieces, and one more for bytes that no piece speaks of."""
    at_ms = 0
    for at_ms, size in pieces:
        yield at_ms, size
        length -= size
    if length > 0:
        yield at_ms, length


def _exit_status(run: "Run") -> int | None:
    """As a shell reports it: the exit code, or 128 and the number of the signal."""
    if run.signal in signal.Signals.__members__:
        return 128 + signal.Signals[run.signal].value
    return run.exit_code
