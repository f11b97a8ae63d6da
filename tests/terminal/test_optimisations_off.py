"""Without its optimisations the product does the same, only slower."""

from typing import Any

import pytest

from runner.protocol.messages import Outcome
from tests.product import Product, WebServer
from tests.terminal_client import TerminalClient, open_terminal

SOURCE = """\
import os, sys
name = input('name? ')
print('hi', name, os.getpid())
for number in range(2000):
    print(number)
try:
    input('more? ')
except KeyboardInterrupt:
    print('interrupted')
sys.exit(3)
"""
VALUES = ("on", "off")


def serve(product: Product, value: str) -> WebServer:
    server = product.serve(OPTIMISATIONS=value)
    server.wait_until_ready()
    return server


def worker_and_executor(product: Product, value: str) -> WebServer:
    worker = product.web_worker(wait=False, OPTIMISATIONS=value)
    product.executor(OPTIMISATIONS=value)
    worker.wait_until_ready()
    return worker


async def conversation(terminal: TerminalClient) -> tuple[bytes, Any]:
    await terminal.start(SOURCE)
    await terminal.wait_for_output("name? ")
    for key in "Ada\r":
        await terminal.type(key)
    await terminal.wait_for_output("1999\r\nmore? ")
    last = await terminal.type("\x03")
    await terminal.wait_for("input_ack", seq=last)
    end = await terminal.wait_for_exit(Outcome.FAILED)
    told = end["exit_code"], end["signal"], end["reason"]
    return bytes(terminal.output), told


@pytest.mark.faults
@pytest.mark.parametrize("start", [serve, worker_and_executor])
async def test_a_conversation_is_the_same(start: Any, request: pytest.FixtureRequest) -> None:
    """On SQLite in one process, and on PostgreSQL and Redis in several."""
    product: Product = request.getfixturevalue("small_product" if start is serve else "product")
    product.create_users("owner")
    seen = []
    for value in VALUES:
        before = len(product.processes)
        server = start(product, value)
        owner = server.sign_in("owner")
        async with open_terminal(server, owner) as terminal:
            seen.append(await conversation(terminal))
        for process in product.processes[before:]:
            process.stop()
    assert b"hi Ada 3" in seen[0][0]
    assert seen[0] == seen[1]
    assert "Traceback" not in product.output()
