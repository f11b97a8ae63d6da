"""What is not a message of the protocol: refused with a sentence, whatever it is."""

import json
from typing import Any

import pytest

from runner.protocol import messages
from runner.protocol.refusals import BadMessage

RUN = "6f9d1c1e-8c1f-4a52-9a4e-0d7f0f6b2b11"
FILE = {"path": "main.py", "content": ""}
START = {
    "type": "start_interactive",
    "language": "python",
    "files": [FILE],
    "rows": 24,
    "cols": 80,
}

STARTS: dict[str, dict[str, Any]] = {
    "no files": {"files": []},
    "21 files": {"files": [{"path": f"{number}.py", "content": ""} for number in range(21)]},
    "a file twice": {"files": [FILE, FILE]},
    "a file in a file": {"files": [FILE, {"path": "main.py/x.py", "content": ""}]},
    "a file deep in a file": {"files": [FILE, {"path": "main.py/x/y.py", "content": ""}]},
    "a file without content": {"files": [{"path": "main.py"}]},
    "a file with a mode": {"files": [FILE | {"mode": 0o777}]},
    "content that is a number": {"files": [{"path": "main.py", "content": 7}]},
    "a NUL in a file": {"files": [{"path": "main.py", "content": "print()\0"}]},
    "a main that is not a file": {"main": "other.py"},
    "a NUL in an argument": {"args": ["a\0b"]},
    "an argument that is a number": {"args": [7]},
    "65 arguments": {"args": ["x"] * 65},
    "an argument of 5 KB": {"args": ["x" * 5000]},
    "a NUL in the language": {"language": "python\0"},
    "a language of 65 letters": {"language": "x" * 65},
    "a snippet by name": {"snippet": "7"},
    "open as text": {"keep_open": "yes"},
    "open as a number": {"keep_open": 1},
    "open or not": {"keep_open": None},
    "a zone that is a number": {"timezone": 1},
    "a zone that is a path": {"timezone": "../../etc/passwd"},
    "a zone that is a path from the root": {"timezone": "/etc/passwd"},
    "a zone in a file": {"timezone": ":/etc/localtime"},
    "a zone with a point": {"timezone": "Europe/./Berlin"},
    "a zone that is a rule": {"timezone": "<+02>-2"},
    "a zone with a line": {"timezone": "Europe/Berlin\n"},
    "a zone with a variable": {"timezone": "UTC LD_PRELOAD=x"},
    "a zone of 65 letters": {"timezone": "x" * 65},
    "no zone, and empty": {"timezone": ""},
    "no rows": {"rows": 0},
    "negative rows": {"rows": -1},
    "1001 columns": {"cols": 1001},
    "half a column": {"cols": 80.5},
    "columns as text": {"cols": "80"},
    "columns that are true": {"cols": True},
    "an unknown field": {"user": "somebody else"},
}


def refusal(text: str) -> str:
    """The code, and what it says beside it."""
    with pytest.raises(BadMessage) as caught:
        messages.decode(text)
    return " ".join([caught.value.reason_code, *map(str, caught.value.figures.values())])


def test_the_program_all_of_these_differ_from_is_understood() -> None:
    assert messages.decode(json.dumps(START)).main is None


@pytest.mark.parametrize("fields", STARTS.values(), ids=STARTS.keys())
def test_a_program_that_cannot_be_run_is_refused(fields: dict[str, Any]) -> None:
    assert refusal(json.dumps(START | fields))


@pytest.mark.parametrize("missing", ["language", "files", "rows", "cols"])
def test_a_program_with_a_missing_field_is_refused_by_its_name(missing: str) -> None:
    incomplete = {name: value for name, value in START.items() if name != missing}
    assert missing in refusal(json.dumps(incomplete))


@pytest.mark.parametrize(
    "message",
    [
        {"type": "send_input", "seq": 0, "data": "x"},
        {"type": "send_input", "seq": -1, "data": "x"},
        {"type": "send_input", "seq": 2**53, "data": "x"},
        {"type": "send_input", "seq": 1.0, "data": "x"},
        {"type": "send_input", "seq": True, "data": "x"},
        {"type": "send_input", "seq": 1, "data": None},
        {"type": "send_input", "seq": 1},
        {"type": "ack", "offset": -1},
        {"type": "ack", "offset": 2**53},
        {"type": "ack", "offset": "0"},
        {"type": "ack"},
        {"type": "resize", "rows": 24, "cols": 0},
        {"type": "resize", "rows": 24},
        {"type": "attach", "run": RUN, "offset": -1},
        {"type": "attach", "run": RUN + "0", "offset": 0},
        {"type": "attach", "run": "../../etc/passwd", "offset": 0},
        {"type": "attach", "run": 7, "offset": 0},
        {"type": "attach", "run": None, "offset": 0},
        {"type": "stop", "run": RUN},
        {"type": "ping"},
        {"type": "ping", "id": None},
        {"type": "ping", "id": {}},
        {"type": "ping", "id": "x" * 129},
        {"type": "ping", "id": 2**60},
        {"type": "pong", "id": 1},
        {"type": "run.event", "kind": "StopRun", "run": RUN},
        {"type": "websocket.close"},
        {"type": 7},
        {"type": None},
        {},
    ],
    ids=str,
)
def test_a_message_with_a_wrong_value_is_refused(message: dict[str, Any]) -> None:
    assert refusal(json.dumps(message))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "null",
        "7",
        '"stop"',
        '[{"type": "stop"}]',
        "{",
        '{"type": "stop"',
        '{"type": "stop"} {"type": "stop"}',
        "{'type': 'stop'}",
        '{"type": "ping", "id": NaN}',
        '{"type": "ping", "id": 1e999}',
        '{"type": "ping", "id": ' + "9" * 10_000 + "}",
        '{"type": "ping", "id": "\\ud800"}',
        '{"type": "ping", "id": "\ud800"}',
        '{"type": "send_input", "seq": 1, "data": "\\udfff\\ud800"}',
        '{"type": "stop", "\\ud800": 1}',
        "[" * 100_000,
        '{"type": ' * 10_000 + "1" + "}" * 10_000,
        '{"type": "ping", "id": ' + "[" * 10_000 + "]" * 10_000 + "}",
    ],
    ids=lambda text: ascii(text)[:40],
)
def test_text_that_is_not_a_message_is_refused(text: str) -> None:
    assert refusal(text)


def test_a_refusal_does_not_repeat_what_was_sent() -> None:
    assert len(refusal(json.dumps({"type": "x" * 50_000}))) < 1000


def test_what_was_typed_arrives_as_it_was_typed() -> None:
    typed = "é🦉\0\x03\x1b[A\r\n"
    message = messages.decode(json.dumps({"type": "send_input", "seq": 1, "data": typed}))
    assert message.data == typed


def test_what_was_typed_is_not_kept() -> None:
    """Else a parser's cache would: a text that it finds there is the same object again."""
    text = json.dumps({"type": "send_input", "seq": 1, "data": "correct horse"})
    assert messages.decode(text).data is not messages.decode(text).data
