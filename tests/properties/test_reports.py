"""What executors, sandboxes and Redis send: an executor may have been taken over by a program."""

import asyncio
import dataclasses
import json
from contextlib import suppress
from typing import Any

import hiredis
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from runner.infrastructure import sentences
from runner.infrastructure.channel_layer import Inbox, PubSubLayer
from runner.infrastructure.redis_pubsub import _Connection
from runner.protocol import channel
from runner.protocol.messages import Exit
from runner.sandbox.bubblewrap import LINE_BYTES
from runner.sandbox.program import parse

# --- Sandboxes ------------------------------------------------------------------------------------
NUMBERS = st.integers(-5, 10**12).map(lambda number: b"%d" % number)
REPORTS = st.one_of(
    st.binary(max_size=LINE_BYTES),
    st.builds(
        lambda kind, numbers, end: kind + b" " + b" ".join(numbers) + end,
        st.sampled_from([b"exit", b"signal", b"up", b""]),
        st.lists(NUMBERS, max_size=5),
        st.sampled_from([b"\n", b"", b"\nexit 0 1 1\n", b" \n"]),
    ),
)


@given(REPORTS)
@example(b"exit 256 1 1\n")
@example(b"signal 0 1 1\n")
@example(b"signal 999 1 1\n")
@example("exit \u0661 \u0661 \u0661\n".encode())
def test_a_report_is_an_end_that_can_be_or_none(report: bytes) -> None:
    status = parse(report)
    if status is None:
        return
    code, name = status.exit_code, status.signal
    assert (code is None) != (name is None)
    assert code is None or 0 <= code < 256
    assert name is None or name.startswith("SIG")
    assert status.memory_peak_bytes >= 0
    assert status.cpu_seconds >= 0


# --- Messages of executors ------------------------------------------------------------------------
FIELDS = sorted({f.name for kind in channel.MESSAGES.values() for f in dataclasses.fields(kind)})
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10),
    st.binary(max_size=10), st.lists(st.integers(), max_size=3),
)  # fmt: skip
KINDS = st.one_of(st.sampled_from(sorted(channel.MESSAGES)), VALUES)


@given(KINDS, st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=len(FIELDS)))
def test_a_message_is_a_known_one_or_is_refused(kind: Any, fields: dict[str, Any]) -> None:
    try:
        message = channel.decode(fields | {"kind": kind, "type": "run.event"})
    except (KeyError, TypeError):
        return
    assert type(message) in channel.MESSAGES.values()
    assert channel.decode(channel.encode(message)) == message


EXITS = st.dictionaries(
    st.sampled_from(sorted(Exit.model_fields)),
    VALUES.filter(lambda value: not isinstance(value, bytes)),
)


@given(
    st.one_of(st.text(max_size=50), EXITS.map(json.dumps)),
    st.one_of(st.text(max_size=20), st.sampled_from(sorted(sentences.SENTENCES))),
    st.dictionaries(st.text(max_size=10), st.one_of(st.integers(), st.text(max_size=10))),
)
def test_an_end_is_told_or_refused(text: str, code: str, figures: dict[str, int | str]) -> None:
    ended = channel.RunEnded("run", 0, text, 0, str(code), figures)
    try:
        exit_of = channel.exit_of(ended)
    except ValidationError:
        return
    assert sentences.worded(exit_of, "de").reason  # type: ignore[attr-defined]


# --- Redis ----------------------------------------------------------------------------------------
WORDS = st.one_of(
    st.binary(max_size=20), st.sampled_from([b"message", b"asgispecific.x", b"\xff", b"subscribe"])
)


def bulk(word: bytes) -> bytes:
    return b"$%d\r\n%s\r\n" % (len(word), word)


def many(mark: bytes, words: list[bytes]) -> bytes:
    return mark + b"%d\r\n" % len(words) + b"".join(map(bulk, words))


SIMPLE = [b"+OK\r\n", b"-ERR no\r\n", b":5\r\n", b"%0\r\n", b"#t\r\n", b"_\r\n", b"$-1\r\n"]
REPLIES = st.one_of(
    st.builds(many, st.sampled_from([b">", b"*", b"~"]), st.lists(WORDS, max_size=4)),
    st.sampled_from(SIMPLE),
    st.binary(max_size=12),
)


@given(st.lists(REPLIES, max_size=8).map(b"".join), st.integers(1, 40))
@example(b">1\r\n$7\r\nmessage\r\n", 40)
@example(b">3\r\n$7\r\nmessage\r\n$1\r\n\xff\r\n$1\r\nx\r\n", 40)
@example(b">3\r\n$7\r\nmessage\r\n_\r\n:1\r\n", 40)
def test_replies_of_redis_are_read_or_end_the_connection(data: bytes, size: int) -> None:
    """Whatever they are cut into. The connection that ends is opened again."""

    async def read() -> list[tuple[bytes, bytes]]:
        got: list[tuple[bytes, bytes]] = []
        layer = PubSubLayer(hosts=["redis://localhost"])
        deliver = layer._here()._deliver

        def on_message(name: bytes, message: bytes) -> None:
            got.append((name, message))
            deliver(name, message)

        connection = _Connection(on_message)
        with suppress(hiredis.ProtocolError):
            for start in range(0, len(data), size):
                connection.data_received(data[start : start + size])
        connection.greeted.cancel()
        return got

    for name, message in asyncio.run(read()):
        assert isinstance(name, bytes)
        assert isinstance(message, bytes)


@given(st.lists(st.binary(max_size=40), max_size=30), st.integers(1, 60))
def test_an_inbox_is_bounded_and_keeps_the_order(messages: list[bytes], most: int) -> None:
    async def run() -> list[bytes]:
        inbox = Inbox(most)
        for message in messages:
            inbox.put(message)
        kept: list[bytes] = []
        while inbox._waiting:
            kept.append(await inbox.get())
        return kept

    kept = asyncio.run(run())
    remaining = iter(messages)
    assert all(message in remaining for message in kept)  # in this order
    assert sum(map(len, kept[1:])) <= most
    assert bool(kept) == bool(messages)
