"""What an X server may send, and what a page may. Pure."""

import pytest

from runner.executor.screens import rfb

RECTANGLE = rfb.RECTANGLE
ONE = b"\x00\x00\x00\x01"  # an update of one rectangle
FORGED = {
    "a clipboard": b"\x03" + bytes(3) + (1 << 31).to_bytes(4, "big"),
    "colours": b"\x01\x00\x00\x00\xff\xff",
    "an unknown message": b"\xfa",
    "a rectangle outside": ONE + RECTANGLE.pack(600, 0, 100, 10, rfb.RAW),
    "an endless rectangle": ONE + RECTANGLE.pack(0, 0, 65535, 65535, rfb.RAW),
    "a copy from outside": ONE + RECTANGLE.pack(0, 0, 10, 10, rfb.COPY) + b"\xff\xff\xff\xff",
    "an unknown encoding": ONE + RECTANGLE.pack(0, 0, 10, 10, 7),
    "another encoding of noVNC": ONE + RECTANGLE.pack(0, 0, 10, 10, 50),
    "a huge screen": ONE + RECTANGLE.pack(0, 0, 65535, 65535, rfb.NEW_SIZE),
    "no screen": ONE + RECTANGLE.pack(0, 0, 0, 0, rfb.NEW_SIZE),
    "a huge cursor": ONE + RECTANGLE.pack(0, 0, 60000, 60000, rfb.CURSOR),
    "endless data": ONE + RECTANGLE.pack(0, 0, 10, 10, rfb.ZRLE) + b"\xff\xff\xff\xff",
}


def feed_bytewise(updates: rfb.Updates, data: bytes) -> None:
    for number in range(len(data)):
        updates.feed(data[number : number + 1])


@pytest.mark.parametrize("what", FORGED)
def test_forged_messages_are_refused_before_a_page_gets_them(what: str) -> None:
    updates = rfb.Updates(640, 480)
    with pytest.raises(rfb.BadScreen):
        updates.feed(FORGED[what])
    with pytest.raises(rfb.BadScreen):
        feed_bytewise(rfb.Updates(640, 480), FORGED[what])


def test_what_a_page_sends_is_keys_and_pointer_or_nothing() -> None:
    clipboard = b"\x06" + bytes(3) + b"\x00\x00\x00\x01x"
    key, move = rfb.key(True, 65), rfb.pointer(0, 1, 2)
    assert list(rfb.events(key + move)) == [key, move]
    assert list(rfb.events(key + clipboard + key)) == [key]
    assert list(rfb.events(b"\x00" * 20)) == []
    assert list(rfb.events(move[:3])) == []


def test_keys_that_are_held_are_let_go_and_nobody_holds_many() -> None:
    held = rfb.Held()
    assert all(held.note(rfb.key(True, number)) for number in range(rfb.MOST_KEYS))
    assert not held.note(rfb.key(True, 9999))
    assert held.note(rfb.pointer(1, 5, 6))
    released = list(rfb.events(held.let_go()))
    assert len(released) == rfb.MOST_KEYS + 1
    assert released[-1] == rfb.pointer(0, 5, 6)
    assert held.let_go() == b""


def test_updates_are_followed_wherever_they_are_cut() -> None:
    rectangles = (
        RECTANGLE.pack(0, 0, 2, 2, rfb.RAW) + bytes(16),
        RECTANGLE.pack(1, 1, 2, 2, rfb.COPY) + bytes(4),
        RECTANGLE.pack(0, 0, 2, 2, rfb.ZRLE) + b"\x00\x00\x00\x03abc",
        RECTANGLE.pack(0, 0, 2, 2, rfb.CURSOR) + bytes(16 + 2),
        RECTANGLE.pack(0, 0, 320, 240, rfb.NEW_SIZE),
        RECTANGLE.pack(0, 0, 0, 0, rfb.LAST),
    )
    update = b"\x00\x00" + (9).to_bytes(2, "big") + b"".join(rectangles)
    whole, cut = rfb.Updates(640, 480), rfb.Updates(640, 480)
    whole.feed(update + b"\x02" + update)
    feed_bytewise(cut, update + b"\x02" + update)
    assert (whole.complete, cut.complete, whole.size) == (2, 2, (320, 240))
