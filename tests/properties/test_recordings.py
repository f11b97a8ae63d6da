"""Recordings: what is stored, what a page shows of it as text, and what it exports."""

import json
import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from runner.executor.recording import MAX_PIECES, RecordingBuffer
from runner.history.asciicast import cast
from runner.history.plain_text import plain_text
from runner.history.transcript_parts import LINES, MOST_CHARACTERS, parts
from runner.languages.python_errors import NAME_CHARACTERS, find_error
from runner.models import Recording, Run
from runner.recording_times import pack_times, unpack_times
from tests.properties.terminal_bytes import OUTPUT

PART = 64
PAIRS = st.lists(st.tuples(st.integers(-5, 2**33), st.integers(0, 2**32 - 1)), max_size=20)
PRINTED = st.lists(st.tuples(st.integers(0, 100), OUTPUT), max_size=12)


@given(OUTPUT)
@example(b"\x1b[" + b"9" * 5000 + b"D")
@example(b"x" * 3 + b"\x1b[9999D\x1b[K")
def test_text_has_no_control_characters_and_is_no_longer(output: bytes) -> None:
    text = plain_text(output)
    controls = {c for c in text if unicodedata.category(c) == "Cc"}
    assert controls <= {"\t", "\n"}
    assert len(text) <= len(output)
    assert text.count("\n") == plain_text(re.sub(rb"\x1b\[[0-9]*K", b"", output)).count("\n")


@given(OUTPUT)
def test_text_of_text_is_the_same(output: bytes) -> None:
    text = plain_text(output)
    assert plain_text(text.encode()) == text


@given(st.text(max_size=2000) | st.lists(st.sampled_from(["\n", "x", "ü", "\u0301"])).map("".join))
@example("\n" * (3 * LINES))
@example("x" * (2 * MOST_CHARACTERS + 1))
@example("e" + "\u0301" * 3 * MOST_CHARACTERS)
def test_parts_of_a_transcript_are_bounded_and_complete(text: str) -> None:
    found = list(parts(text))
    assert "".join(found) == text
    assert all(len(part) <= MOST_CHARACTERS for part in found)
    assert all(part.count("\n") <= LINES for part in found)
    assert len(found) <= len(text) / MOST_CHARACTERS + text.count("\n") / LINES + 1


@given(PAIRS)
def test_times_are_read_as_they_were_written(pairs: list[tuple[int, int]]) -> None:
    highest = 2**32 - 1
    wanted = [(min(max(at, 0), highest), size) for at, size in pairs]
    assert unpack_times(pack_times(pairs)) == wanted
    assert unpack_times(pack_times(pairs) + b"\1\2\3") == wanted


@given(PRINTED)
def test_a_recording_has_the_beginning_the_end_and_nothing_twice(
    printed: list[tuple[int, bytes]],
) -> None:
    buffer, whole, at = RecordingBuffer(PART, 2 * PART), b"", 0
    for pause, data in printed:
        at += pause
        buffer.add(at, data)
        whole += data
    kept = buffer.snapshot(keep_from=len(whole))
    assert kept.head == whole[:PART]
    assert kept.tail == whole[kept.tail_offset :]
    assert kept.tail_offset >= len(kept.head) or not kept.tail
    for data, times in ((kept.head, kept.head_times), (kept.tail, kept.tail_times)):
        assert sum(size for _, size in unpack_times(times)) == len(data)
        assert len(times) <= 8 * (MAX_PIECES + 1)


@given(OUTPUT, st.binary(max_size=64), OUTPUT, st.binary(max_size=64), st.integers(0, 2**60))
def test_an_export_is_an_asciicast_whatever_is_stored(
    head: bytes, head_times: bytes, tail: bytes, tail_times: bytes, tail_offset: int
) -> None:
    """Also of times that do not fit their bytes, as a broken executor might store them."""
    run = Run(cols=80, rows=24, main="main.py", wall_ms=5, exit_code=0)
    recording = Recording(
        run=run, head=head, head_times=head_times, tail=tail, tail_times=tail_times,
        tail_offset=tail_offset, resizes=[[3, 100, 30]],
    )  # fmt: skip
    header, *events = map(json.loads, cast(run, recording).splitlines())
    assert (header["version"], header["term"]["cols"]) == (3, 80)
    assert all(interval >= 0 for interval, _, _ in events)
    assert {code for _, code, _ in events} <= set("ormx")
    shown = "".join(data for _, code, data in events if code == "o")
    assert shown == head.decode(errors="replace") + tail.decode(errors="replace")


@given(OUTPUT, st.lists(st.sampled_from(["main.py", "a/b.py"])))
@example(b'Traceback (most recent call last):\n  File "main.py", line 999999999\nX: y', ["main.py"])
def test_an_error_that_is_found_names_a_file_of_the_program(
    output: bytes, paths: list[str]
) -> None:
    for printed in (output, b"Traceback (most recent call last):\n" + output):
        found = find_error(printed, paths)
        if found is not None:
            assert found.name.isidentifier()
            assert len(found.name) <= NAME_CHARACTERS
            assert found.path in {"", *paths}
