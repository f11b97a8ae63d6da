"""Frames for a browser: numbered, kept until confirmed, and counted."""

from runner.infrastructure.server.polled.outbox import ANSWER_CHARACTERS, Outbox, encoded


def filled(*frames: str) -> Outbox:
    outbox = Outbox()
    for frame in frames:
        outbox.put(frame)
    return outbox


def test_frames_are_texts_that_say_what_they_are() -> None:
    assert encoded({"type": "websocket.send", "text": "{}"}) == "t{}"
    assert encoded({"type": "websocket.send", "bytes": b"\0\xff"}) == "bAP8="


def test_frames_come_again_until_they_are_confirmed() -> None:
    outbox = filled("ta", "tb")
    for _ in range(2):
        answer = outbox.answer(None)
        assert (answer.first, answer.frames, answer.closed) == (1, ("ta", "tb"), None)
    assert outbox.confirm(1)
    outbox.put("tc")
    assert outbox.answer(None).frames == ("tb", "tc")
    assert outbox.answer(None).first == 2
    assert outbox.confirm(3)
    assert outbox.empty
    assert outbox.characters == 0


def test_an_earlier_confirmation_is_no_news() -> None:
    outbox = filled("ta", "tb")
    outbox.answer(None)
    assert outbox.confirm(2)
    assert outbox.confirm(1)
    assert outbox.empty


def test_what_was_in_no_answer_cannot_be_confirmed() -> None:
    outbox = filled("ta")
    assert not outbox.confirm(1)
    outbox.answer(None)
    assert outbox.confirm(1)
    assert not outbox.confirm(2)


def test_an_answer_is_bounded_and_the_end_is_told_with_the_last_frame() -> None:
    large = "t" + "x" * (ANSWER_CHARACTERS // 2)
    outbox = filled(large, large, large)
    answer = outbox.answer(1006)
    assert (len(answer.frames), answer.closed) == (2, None)
    assert not outbox.confirm(3)
    assert outbox.confirm(2)
    answer = outbox.answer(1006)
    assert (answer.first, len(answer.frames), answer.closed) == (3, 1, 1006)
