"""What packages cost: importing them here and outside, and the memory of waiting sandboxes."""

import asyncio
import os
import subprocess

from bench import starts
from bench.site import Site
from bench.statistics import Line, compared
from runner.languages import PYTHON, prepared_folder
from runner.protocol.messages import Outcome
from tests.terminal_client import TerminalClient, open_terminal

IMPORTS = {"numpy": "<= 1.2x", "pandas": "", "matplotlib.pyplot": "", "sklearn": ""}
TIMES = 15
WAITING = 100  # sandboxes
SECONDS = 60.0
SOURCE = """import time
began = time.perf_counter()
import {}
print(time.perf_counter() - began)
"""


def packages(site: Site) -> list[Line] | str:
    """Each import is timed by the program itself, here and outside in turn."""
    folder = prepared_folder(PYTHON.run[0])
    if folder is None:
        return "packages: none are installed. `make languages ARGS=python-packages` does it."
    site.arrange()
    lines = asyncio.run(_imports(site, str(folder)))
    site.arrange(executors=0)
    with starts.executor(site.product, site.server, WAITING) as executor:
        memory = starts.waiting_memory(executor) / WAITING / starts.MIB
    figure = f"{memory:.2f} MiB"
    return [*lines, Line("a waiting sandbox with packages", figure, "(PSS)", None, "<= 8 MiB")]


async def _imports(site: Site, folder: str) -> list[Line]:
    lines = []
    async with open_terminal(site.server, site.users[0]) as terminal:
        for module, aim in IMPORTS.items():
            starts.say(f"import {module}, {TIMES} times …")
            ours, theirs = [], []
            for _ in range(TIMES + 1):
                ours.append(await _here(terminal, module))
                theirs.append(await asyncio.to_thread(_outside, folder, module))
            # The first ones read the files from the disk.
            beside = "by the same Python outside"
            lines.append(compared(f"import {module}", ours[1:], theirs[1:], 50, beside, aim))
    return lines


async def _here(terminal: TerminalClient, module: str) -> float:
    await terminal.start(SOURCE.format(module))
    await terminal.wait_for_exit(Outcome.COMPLETED, SECONDS)
    return float(bytes(terminal.output).split()[-1])


def _outside(folder: str, module: str) -> float:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": folder, **PYTHON.environment}
    command = [PYTHON.run[0], "-c", SOURCE.format(module)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])
