"""What bad input gets: an `error`, and nothing else happens."""

import json
from typing import Any
from uuid import uuid4

import pytest

from runner.protocol.messages import Outcome
from runner.protocol.paths import MAX_SOURCE_BYTES
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal_client import TerminalClient, open_terminal

KIB = 1024
START: dict[str, Any] = {
    "type": "start_interactive",
    "language": "python",
    "files": [{"path": "main.py", "content": "print(1)"}],
    "rows": 24,
    "cols": 80,
}


def start(**fields: Any) -> str:
    return json.dumps(START | fields)


def one_file(path: str, content: str = "") -> str:
    return start(files=[{"path": path, "content": content}])


def message(type: str, **fields: Any) -> str:
    return json.dumps({"type": type, **fields})


# Name: what is sent, and the code of the answer.
ALWAYS_WRONG: dict[str, tuple[str | bytes, str]] = {
    "no language": (start(language=None), "bad_message"),
    "no file": (start(files=[]), "bad_message"),
    "21 files": (
        start(files=[{"path": f"{number}.py", "content": ""} for number in range(21)]),
        "bad_message",
    ),
    "600 KiB of source": (one_file("main.py", "#" * 600 * KIB), "too_large"),
    "a byte more than the largest program": (
        one_file("main.py", "#" * (MAX_SOURCE_BYTES + 1)),
        "too_large",
    ),
    "as much in twenty files": (
        start(files=[{"path": f"{n}.py", "content": "é" * 14 * KIB} for n in range(20)]),
        "too_large",
    ),
    "300 Ki control characters": (one_file("main.py", "\1" * 300 * KIB), "too_large"),
    "300 Ki letters of two bytes": (
        one_file("main.py", "é" * 300 * KIB).encode().decode("unicode_escape"),
        "too_large",
    ),
    "a path above the home": (one_file("../x"), "bad_message"),
    "a path that leaves the home": (one_file("a/../../x"), "bad_message"),
    "an absolute path": (one_file("/etc/passwd"), "bad_message"),
    "a NUL in a path": (one_file("a\0b"), "bad_message"),
    "a lone surrogate in a path": (one_file("\ud800"), "bad_message"),
    "a lone surrogate in a file": (one_file("main.py", "x = '\udfff'"), "bad_message"),
    "a lone surrogate in an argument": (start(args=["\ud800"]), "bad_message"),
    "no rows": (start(rows=0), "bad_message"),
    "too many columns": (start(cols=1001), "bad_message"),
    "an unknown field": (start(owner=1), "bad_message"),
    "input 0": (message("send_input", seq=0, data="x"), "bad_message"),
    "a lone surrogate typed": (message("send_input", seq=1, data="\ud800"), "bad_message"),
    "70 KiB typed at once": (message("send_input", seq=1, data="x" * 70 * KIB), "too_large"),
    "a negative acknowledgement": (message("ack", offset=-1), "bad_message"),
    "an enormous acknowledgement": (message("ack", offset=10**400), "bad_message"),
    "a window without columns": (message("resize", rows=24, cols=0), "bad_message"),
    "a run by a wrong name": (message("attach", run="../x", offset=0), "bad_message"),
    "a negative offset": (message("attach", run=str(uuid4()), offset=-1), "bad_message"),
    "an unknown type": (message("shutdown"), "bad_message"),
    "a type of our own": (message("run.event", kind="StopRun", run="x"), "bad_message"),
    "no type": ("{}", "bad_message"),
    "a list": ("[]", "bad_message"),
    "nothing": ("", "bad_message"),
    "half a message": ('{"type": "stop"', "bad_message"),
    "not JSON": ("stop", "bad_message"),
    "deep JSON": ('{"type": "ping", "id": ' + "[" * 20_000 + "]" * 20_000 + "}", "bad_message"),
    "a binary frame": (b"\0" * 8 + b"print(1)", "bad_message"),
    "a message in a binary frame": (start().encode(), "bad_message"),
    "an empty binary frame": (b"", "bad_message"),
}
# The same for what is wrong only while no program runs.
WRONG_WHEN_IDLE: dict[str, tuple[str, str]] = {
    "an unknown language": (start(language="cobol"), "unknown_language"),
    "an unknown snippet": (start(snippet=7), "not_found"),
    "a run that does not exist": (message("attach", run=str(uuid4()), offset=0), "not_found"),
    "input for no program": (message("send_input", seq=1, data="x"), "no_run"),
    "a resize of nothing": (message("resize", rows=24, cols=80), "no_run"),
    "a stop of nothing": (message("stop"), "no_run"),
    "an acknowledgement of nothing": (message("ack", offset=0), "no_run"),
}
EVERYTHING = ALWAYS_WRONG | WRONG_WHEN_IDLE


async def assert_works(terminal: TerminalClient) -> None:
    await terminal.start("print('fine')")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert bytes(terminal.output) == b"fine\r\n"


@pytest.mark.parametrize(("sent", "code"), EVERYTHING.values(), ids=EVERYTHING.keys())
async def test_it_gets_an_error_and_the_terminal_works_on(
    terminal: TerminalClient, sent: str | bytes, code: str
) -> None:
    await terminal.socket.send(sent)
    await terminal.settled()
    assert terminal.history == ["connected", "error", "pong"]
    error = await terminal.wait_for_error(code)
    assert error["run"] is None
    assert 0 < len(error["message"]) < 1000
    await assert_works(terminal)


async def test_it_does_not_disturb_a_program_that_runs(terminal: TerminalClient) -> None:
    await terminal.start("print(input())")
    for sent, code in ALWAYS_WRONG.values():
        await terminal.socket.send(sent)
        error = await terminal.wait_for_error(code)
        assert error["run"] == terminal.run
    await terminal.type("undisturbed\n")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.endswith(b"undisturbed\r\n")


async def test_an_acknowledgement_of_what_was_never_sent_is_refused(
    terminal: TerminalClient,
) -> None:
    await terminal.start("input('ready')")
    await terminal.wait_for_output("ready")
    await terminal.send("ack", offset=terminal.offset + 1)
    await terminal.wait_for_error("bad_message")
    await terminal.type("\n")
    await terminal.wait_for_exit(Outcome.COMPLETED)


async def test_after_its_end_a_program_takes_nothing_more(terminal: TerminalClient) -> None:
    await terminal.start("")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    for kind, fields in (
        ("send_input", {"seq": 1, "data": "x"}),
        ("resize", {"rows": 24, "cols": 80}),
        ("stop", {}),
    ):
        await terminal.send(kind, **fields)
        assert (await terminal.wait_for_error("no_run"))["run"] is None


async def test_the_last_acknowledgement_may_come_after_the_end(
    server: WebServer, owner: SignedIn
) -> None:
    async with open_terminal(server, owner, auto_ack=False) as terminal:
        await terminal.start("print('x')")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        await terminal.ack()
        await terminal.settled()
        assert "error" not in terminal.history


async def test_the_largest_program_there_may_be_runs(terminal: TerminalClient) -> None:
    source = "print('fine')\n" + "#" * 511 * KIB
    await terminal.start(source)
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert bytes(terminal.output) == b"fine\r\n"
