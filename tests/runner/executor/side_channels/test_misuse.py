"""A program that sends nonsense on a side channel, as often as it can."""

import asyncio
import logging
import socket
from pathlib import Path

import pytest

from runner.executor.side_channels.frames import HEADER
from runner.executor.side_channels.side_channel import Connection, SideChannel

TIMES = 20


async def test_it_is_mentioned_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Fifty times a second, for an hour, it would have filled the log of an executor."""
    served: asyncio.Queue[Connection] = asyncio.Queue()

    async def serve(connection: Connection) -> None:
        served.put_nowait(connection)
        await connection.frame()

    channel = SideChannel({b"D": 10}, serve, lambda _: True)
    with socket.socket(socket.AF_UNIX) as listener, caplog.at_level(logging.INFO):
        listener.bind(str(tmp_path / "show"))
        listener.listen()
        channel.begin(listener)
        for number in range(TIMES):
            with socket.socket(socket.AF_UNIX) as program:
                program.connect(str(tmp_path / "show"))
                program.sendall(HEADER.pack(b"Z", number))
            async with asyncio.timeout(10):
                await served.get()
        await channel.end()
    told = [record for record in caplog.records if "misused" in record.getMessage()]
    assert len(told) == 1
