"""Without sandboxes that wait, everything is as it was: only later."""

import pytest

from runner.protocol.messages import Outcome
from tests.product import Product
from tests.terminal_client import open_terminal

SOURCE = "import os\nname = input('name? ')\nprint('hi', name, os.getpid(), os.getppid())\n1 / 0"


@pytest.mark.faults
async def test_a_conversation_is_the_same(small_product: Product) -> None:
    small_product.create_users("owner")
    conversations = []
    for size in ("0", "2"):
        server = small_product.serve(POOL_SIZE=size)
        server.wait_until_ready()
        async with open_terminal(server, server.sign_in("owner")) as terminal:
            await terminal.start(SOURCE)
            await terminal.wait_for_output("name? ")
            await terminal.type("Ada\r")
            end = await terminal.wait_for_exit(Outcome.FAILED)
            told = end["exit_code"], end["signal"], end["reason"]
            conversations.append((bytes(terminal.output), told))
        server.process.stop()
    without, with_pool = conversations
    assert b"hi Ada 3 2" in without[0]
    assert without == with_pool
