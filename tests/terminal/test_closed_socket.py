"""A browser may leave at any moment. That is no fault of the server, and it logs none."""

import asyncio
import json
import re
from typing import Any

import pytest
from websockets.frames import Frame, Opcode

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.services import wait_until
from tests.terminal.conftest import Site
from tests.terminal_client import TerminalClient, open_terminal

# Daphne looks once a second for programs of ours that have failed, and logs them then.
DAPHNE_LOOKS_SECONDS = 2.5
TIMES = 5
ABOVE_INFO = re.compile(r" (WARNING|ERROR|CRITICAL) |Traceback|Unhandled")
FLOOD = "while True: print('x' * 200)"


def frame(opcode: Opcode, data: bytes, mask: bool = True) -> bytes:
    return Frame(opcode, data).serialize(mask=mask)


def text(**fields: Any) -> bytes:
    return frame(Opcode.TEXT, json.dumps(fields).encode())


START = text(
    type="start_interactive", language="python", rows=24, cols=80,
    files=[{"path": "main.py", "content": "print(1)"}],
)  # fmt: skip
BAD = frame(Opcode.TEXT, b"nonsense") * 50
PINGS = text(type="ping", id=1) * 20
CLOSE = frame(Opcode.CLOSE, (1000).to_bytes(2, "big"))
# What a browser sends in one packet: the server takes all of it before it answers any.
LAST_WORDS = {
    "a flood of bad messages": BAD + CLOSE,
    "messages that are answered": PINGS + CLOSE,
    "messages after the close": CLOSE + BAD + PINGS,
    "two closes": BAD + CLOSE + CLOSE,
    "a frame without a mask": BAD + frame(Opcode.TEXT, b"{}", mask=False),
    "text that is not UTF-8": BAD + frame(Opcode.TEXT, b"\xff\xfe"),
    "an unknown kind of frame": BAD + b"\x83\x80\0\0\0\0",
    "a wrong close code": BAD + frame(Opcode.CLOSE, (999).to_bytes(2, "big")),
    "a program that nobody waits for": START + BAD + CLOSE,
    "attaching to nothing": text(type="attach", run="0" * 32, offset=0) * 5 + CLOSE,
}


def hang_up(terminal: TerminalClient) -> None:
    """With a packet that says so."""
    terminal.socket.transport.write(CLOSE)


def cut(terminal: TerminalClient) -> None:
    """Whatever is still on its way is answered with a reset."""
    terminal.socket.transport.abort()


def hang_up_and_cut(terminal: TerminalClient) -> None:
    """Without waiting for the answer, after messages that get one each."""
    terminal.socket.transport.write(BAD + CLOSE)
    terminal.socket.transport.abort()


class Log:
    """What the site has logged since."""

    def __init__(self, site: Site) -> None:
        self._site, self._since = site, len(site.server.process.output())

    def lines(self) -> str:
        return self._site.server.process.output()[self._since :]

    def all_closed(self) -> bool:
        lines = self.lines()
        return lines.count("Terminal opened.") == lines.count("Terminal closed.")

    async def assert_nothing_wrong(self) -> None:
        await asyncio.to_thread(wait_until, self.all_closed, "the end of all sockets", 30)
        await asyncio.sleep(DAPHNE_LOOKS_SECONDS)
        assert not ABOVE_INFO.search(self.lines()), self.lines()


@pytest.mark.faults
async def test_who_leaves_before_the_answers_are_there_is_sent_none(
    site: Site, owner: SignedIn
) -> None:
    log = Log(site)
    for words in LAST_WORDS.values():
        for _ in range(TIMES):
            async with open_terminal(site.server, owner) as terminal:
                terminal.socket.transport.write(words)
                await terminal.wait_for_close()
    await log.assert_nothing_wrong()


@pytest.mark.faults
async def test_who_leaves_in_the_middle_of_output_is_sent_no_more(
    site: Site, owner: SignedIn
) -> None:
    log = Log(site)
    async with open_terminal(site.server, owner) as terminal:
        await terminal.start(FLOOD)
        run = str(terminal.run)
        await terminal.wait_for_bytes(100_000)
        hang_up(terminal)
    for leave in (hang_up, cut, hang_up_and_cut):
        for _ in range(TIMES):
            async with open_terminal(site.server, owner) as terminal:
                await terminal.attach(run, offset=0)
                leave(terminal)
    await log.assert_nothing_wrong()
    async with open_terminal(site.server, owner) as terminal:
        await terminal.attach(run, offset=0)
        await terminal.send("stop")
        await terminal.wait_for_exit(Outcome.STOPPED)
