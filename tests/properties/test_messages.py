"""What browsers send: refused with one declared error, or a message that means what was sent."""

import json
from typing import Any, get_args

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from runner.infrastructure import sentences
from runner.limits import Limits
from runner.protocol import frames, messages
from runner.protocol.messages import CLIENT_MESSAGES, REFUSAL_CHARACTERS
from runner.protocol.paths import MAX_DEPTH, MAX_FILES, MAX_PATH_CHARACTERS, check_path
from runner.protocol.refusals import BadMessage, Refused
from runner.terminal.gate.decoding import decode
from runner.terminal.gate.rate_limit import Rates, rates_of

NAMES = sorted({name for kind in CLIENT_MESSAGES for name in kind.model_fields})
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.sampled_from(["main.py", "../x", "a/b", "", "\0", "\ud800", "python"]),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=8,
)
KINDS = st.sampled_from(
    [get_args(kind.model_fields["type"].annotation)[0] for kind in CLIENT_MESSAGES]
)
OBJECTS = st.builds(
    lambda kind, fields: fields | {"type": kind},
    KINDS,
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8),
)
FRAMES = st.one_of(st.text(max_size=200), OBJECTS.map(json.dumps), VALUES.map(json.dumps))


def decoded(frame: str) -> Any:
    """The message, or None if it was refused."""
    try:
        return messages.decode(frame)
    except BadMessage as refused:
        refusal = refused
    problem = refusal.figures.get("problem", "")
    assert len(str(problem)) <= REFUSAL_CHARACTERS
    for language in ("en", "de"):
        with translation.override(language):
            assert sentences.of_refusal(refusal)
    return None


@given(FRAMES)
@example("[" * 10_000)
@example('{"type":"ping","id":' + "9" * 5000 + "}")
@example('{"type":"ping","id":1e999}')
@example('{"type":"send_input","seq":1,"data":"\ud800"}')
@example('{"type":"send_input","seq":1,"data":"\\ud800"}')
def test_a_frame_is_a_message_or_is_refused_with_a_sentence(frame: str) -> None:
    message = decoded(frame)
    if message is not None:
        assert isinstance(message, CLIENT_MESSAGES)
        assert messages.decode(messages.encode(message)) == message


@given(OBJECTS)
def test_a_message_holds_what_was_sent_and_nothing_else(sent: dict[str, Any]) -> None:
    message = decoded(json.dumps(sent))
    if message is not None:
        told = json.loads(messages.encode(message))
        assert {name: told[name] for name in sent} == sent


@given(st.binary(max_size=70_000), st.integers(1, 2))
def test_the_gate_refuses_binary_frames_with_declared_errors_only(
    frame: bytes, protocol: int
) -> None:
    limits = Limits()
    try:
        found = decode(None, frame, Rates(limits), limits, protocol)
    except Refused as refused:
        refusal = refused
    else:
        assert protocol == 2
        assert frame[0] in (1, 2)
        assert found.data == frame[8:]
        return
    assert sentences.of_refusal(refusal)


@given(FRAMES)
@example('{"type":"send_input","seq":1,"data":"' + "x" * 70_000 + '"}')
@example("\ud800" * 300_000)
def test_the_gate_refuses_with_declared_errors_only(frame: str) -> None:
    limits = Limits()
    try:
        decode(frame, None, rates_of(1, limits), limits, protocol=2)
    except Refused as refused:
        refusal = refused
    else:
        assert len(frame.encode()) <= limits.start_frame_bytes
        return
    assert sentences.of_refusal(refusal)


# --- Paths -----------------------------------------------------------------------------------
PATHS = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(["a", "..", ".", "", "b.py", " ", "ü" * 90, "~", "-", "\n"])).map(
        "/".join
    ),
)


@given(PATHS)
@example("a\u202eyp.b")
@example("/etc/passwd")
@example("a\\..\\b")
def test_a_path_that_is_accepted_lies_below_the_home(path: str) -> None:
    try:
        accepted = check_path(path)
    except ValueError:
        return
    parts = accepted.split("/")
    assert accepted == path
    assert not accepted.startswith("/")
    assert not {"", ".", ".."} & set(parts)
    assert len(parts) <= MAX_DEPTH
    assert len(accepted) <= MAX_PATH_CHARACTERS
    assert accepted.isprintable() or " " in accepted
    assert all(len(part.encode()) <= 255 for part in parts)


@given(st.lists(PATHS, max_size=MAX_FILES + 2), st.one_of(st.none(), PATHS))
def test_files_that_are_accepted_can_lie_in_one_folder(paths: list[str], main: str | None) -> None:
    files = [{"path": path, "content": ""} for path in paths]
    sent = {"type": "start_interactive", "language": "python", "files": files, "main": main}
    message = decoded(json.dumps(sent | {"rows": 24, "cols": 80}))
    if message is None:
        return
    assert 1 <= len(set(paths)) == len(paths) <= MAX_FILES
    assert main is None or main in paths
    assert not any(one.startswith(other + "/") for one in paths for other in paths)


# --- Frames ----------------------------------------------------------------------------------
@given(st.integers(0, 2**64 - 1), st.binary(max_size=64))
def test_an_output_frame_is_read_as_it_was_written(offset: int, data: bytes) -> None:
    assert frames.decode_output(frames.encode_output(offset, data)) == (offset, data)


@given(st.binary(max_size=64))
def test_a_short_frame_is_refused(frame: bytes) -> None:
    if len(frame) >= frames.HEADER.size:
        offset, data = frames.decode_output(frame)
        assert frames.encode_output(offset, data) == frame
    else:
        with pytest.raises(ValueError, match="8 bytes"):
            frames.decode_output(frame)
