"""Tries whether windows can be shown: by an X server in a sandbox, which a program finds."""

import asyncio
import logging
import socket

from runner.languages import PYTHON
from runner.limits import Limits
from runner.sandbox.bubblewrap import Sandbox, SandboxFailed
from runner.sandbox.program import Plan
from runner.sandbox.screens.server import Size
from runner.sandbox.trials.screen import Screen

logger = logging.getLogger(__name__)
TRY_SECONDS = 20.0
SIZE = Size(320, 240)
GREETING = b"RFB "
# Greets it as programs do: X11, version 11.0, without a password.
PROGRAM = """import os, socket, struct
display = os.environ["DISPLAY"].removeprefix(":")
with socket.socket(socket.AF_UNIX) as server:
    server.connect("/tmp/.X11-unix/X" + display)
    server.sendall(struct.pack("<cxHHHHxx", b"l", 11, 0, 0, 0))
    accepted = server.recv(1) == b"\\x01"
input()  # until the executor has been greeted: the server ends with the program
raise SystemExit(not accepted)
"""


async def try_screen(limits: Limits) -> str:
    """What is wrong; empty if a program finds its X server, and so do we."""
    plan = Plan(PYTHON, {PYTHON.main: PROGRAM}, PYTHON.main, [], limits, screen=SIZE)
    try:
        async with asyncio.timeout(TRY_SECONDS), Sandbox(plan.limits, screen=SIZE) as sandbox:
            with Screen(sandbox.take_terminal()) as terminal:
                await sandbox.launch(plan.program())
                with await sandbox.connect_to_screen() as ours:
                    greeting = await _greeting(ours)
                terminal.type("\n")
                status = await sandbox.ended()
    except (SandboxFailed, OSError, TimeoutError) as error:
        return f"no X server starts: {error!r}"
    if not greeting.startswith(GREETING):
        return f"the X server greets with {greeting!r}"
    return "" if status and status.exit_code == 0 else "programs cannot connect to the X server"


async def _greeting(ours: socket.socket) -> bytes:
    return await asyncio.get_running_loop().sock_recv(ours, 100)
