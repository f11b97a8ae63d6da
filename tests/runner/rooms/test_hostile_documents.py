"""Whoever edits a room, a guest too, may send any bytes as an update."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from pycrdt import Map, Text

from runner.rooms import document
from runner.rooms.document import Unreadable
from runner.rooms.reading import Reader, TooCostly, Unknown, check_shape
from tests.a_room import FILES, Copy

SEED = document.seed(FILES, "main.py")
OF_ROOT = b"\x01\x01a"  # the parent is named


def number(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def update(*contents: tuple[int, bytes]) -> bytes:
    """Of client 1: the kind of each content, and its bytes."""
    structs = b"".join(bytes([kind]) + OF_ROOT + data for kind, data in contents)
    return b"\x01" + number(len(contents)) + b"\x01\x00" + structs + b"\x00"


def at_one_place(first: int, count: int) -> bytes:
    """So many clients, each of which has typed a letter at the beginning of the same text."""
    clients = range(first + count, first, -1)
    each = (b"\x01" + number(client) + b"\x00\x04" + OF_ROOT + b"\x01x" for client in clients)
    return number(count) + b"".join(each) + b"\x00"


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader(seconds=1.5)
    yield made
    made.close()


@pytest.mark.parametrize(
    "data",
    [
        update((8, b"\x01" + b"\x75\x01" * 30_000 + b"\x7e")),
        update((8, b"\x01" + b"\x76\x01\x01a" * 15_000 + b"\x7e")),
        update((8, b"\x01\x74\x01x")),
        update((2, b"\x01\x02{}")),
        update((3, b"\x01x")),
        update((5, b"\x02{}")),
        update((6, b"\x01a\x02{}")),
        update((7, b"\x00")),
        update((7, b"\x07\x00")),
        update((9, b"\x01a\x7e")),
        update((11, b"\x00" * 20)),
        number(2**60),
        b"\x01" + number(2**60) + b"\x01\x00",
        b"\x00\x01\x01" + number(2**31),
        update((8, number(2**31))),
        update((4, number(2**60))),
        SEED[:-1],
        SEED + b"\x00",
        b"\xff" * 20,
        b"",
    ],
)
def test_what_no_page_writes_is_not_looked_into(data: bytes) -> None:
    """The first one ended the process, with every terminal of the web worker."""
    with pytest.raises(Unknown):
        check_shape(data)
    with pytest.raises(Unreadable):
        document.check(data)


def test_everything_that_pages_write_is_let_in() -> None:
    numbers, copy = random.Random(2), Copy()
    copy.take(SEED)
    updates = [SEED]
    for step in range(200):
        updates.append(copy.type(numbers.randrange(3), numbers.choice(["a", "ü", "🙂" * 3, "\n"])))
        if step % 20 == 0:
            updates.append(copy.add(f"x{step}", f"{step}.py", "text"))
        if step % 25 == 24:
            updates.append(copy.edit(lambda one: one.files.__setitem__("n", Map({"order": 1.5}))))
            updates.append(copy.edit(lambda one: one.files.__delitem__("n")))
    for each in [*updates, document.merge(updates)]:
        document.check(each)
    assert len(document.program_of(updates).files) == 11


def test_a_document_that_takes_long_is_given_up(reader: Reader) -> None:
    """Half a minute for these; the log of a room has place for twenty times as many."""
    costly = [at_one_place(1000 * (5 * part + 1), 5000) for part in range(12)]
    for each in costly:
        document.check(each)
    began = time.monotonic()
    with pytest.raises(TooCostly):
        reader.read(1, costly)
    assert time.monotonic() - began < 10
    began = time.monotonic()
    with pytest.raises(TooCostly):
        reader.read(1, costly)
    assert time.monotonic() - began < 0.1, "not tried again at once"
    assert reader.read(2, [SEED])["main"] == "f0", "others are read"


def test_who_ends_the_reader_ends_nothing_else(reader: Reader) -> None:
    with pytest.raises(TooCostly):
        reader.read(1, [update((8, b"\x01" + b"\x75\x01" * 30_000 + b"\x7e"))])
    assert reader.read(2, [SEED])["main"] == "f0"


def test_a_reader_that_was_killed_is_started_again(reader: Reader) -> None:
    assert reader.read(1, [SEED])
    assert reader._worker is not None
    os.kill(reader._worker.pid, signal.SIGKILL)
    with pytest.raises(TooCostly):
        reader.read(1, [SEED])
    assert reader.read(2, [SEED])


def test_bytes_that_are_no_update_are_told_so(reader: Reader) -> None:
    assert reader.read(1, [b"\xff\xff"]) is None
    assert reader.read(1, [SEED]) is not None


@pytest.mark.parametrize("change", [lambda one: one.files.__setitem__("f0", Text("x"))])
def test_maps_of_other_things_are_passed_over(change: Callable[[Copy], None]) -> None:
    copy = Copy()
    copy.take(SEED)
    with pytest.raises(document.NoProgram):
        document.program_of([SEED, copy.edit(change)])
