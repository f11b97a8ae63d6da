"""What the X server uses for a program counts as the program's, on every limit backend."""

import psutil
import pytest

from runner.limits import MIB, Limits
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.screens.test_attacks import FINDS, on_backend
from tests.screens.viewer import a_gui_run, requires_screen, viewing

__all__ = ["on_backend"]
pytestmark = [requires_screen, pytest.mark.attacks]
# Its own part of the protocol: large pixmaps, painted, so that the server's memory is really used.
PIXMAPS = (
    FINDS
    + """
ours = x()
ours.sendall(struct.pack("<cxHHHHxx", b"l", 11, 0, 0, 0))
def take(count):
    data = b""
    while len(data) < count:
        piece = ours.recv(count - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data
head = take(8)
body = take(struct.unpack_from("<H", head, 6)[0] * 4)
base, = struct.unpack_from("<I", body, 4)
vendor, = struct.unpack_from("<H", body, 16)
root, = struct.unpack_from("<I", body, 32 + (vendor + 3) // 4 * 4 + body[21] * 8)
graphics = base + 1
ours.sendall(struct.pack("<BxHIIII", 55, 5, graphics, root, 4, 0x123456))
print("begins", flush=True)
for number in range(2, 26):
    ours.sendall(struct.pack("<BBHIIHH", 53, 24, 4, base + number, root, 4096, 4096))
    ours.sendall(struct.pack("<BxHIIhhHH", 70, 5, base + number, graphics, 0, 0, 4096, 4096))
    ours.sendall(struct.pack("<BxH", 43, 1))  # waits until that is done
    answer = take(32)
    if answer[0] == 0:
        print("error", answer[1], flush=True)
        break
print("survived", flush=True)
"""
)
# Its children hold the screen when it has ended.
LEAVES = """import subprocess, sys, time
child = "import time, tkinter; tkinter.Tk().update(); print('up', flush=True); time.sleep(600)"
for _ in range(3):
    subprocess.Popen([sys.executable, "-c", child], start_new_session=True)
input()
"""


async def test_pixmaps_are_memory_of_the_run(
    on_backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1.5 GiB in a run of 256 MiB: the run ends, or the server, and the run is told why."""
    limits = Limits(memory_bytes=256 * MIB)
    async with viewing(a_gui_run(PIXMAPS), monkeypatch, limits) as viewer:
        await viewer.terminal.wait_for("begins")
        ending = await viewer.terminal.ending(30)
        text = viewer.terminal.text
    assert "survived" not in text or "error 11" in text, "only the server itself may refuse"
    if "survived" not in text:
        told = ending.outcome, ending.reason_code
        assert told[0] is Outcome.MEMORY_LIMIT or told[1] is ReasonCode.SCREEN_ENDED, told


async def test_nothing_that_holds_the_screen_outlives_its_run(
    on_backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with viewing(a_gui_run(LEAVES), monkeypatch) as viewer:
        await viewer.until(lambda: viewer.terminal.text.count("up") == 3)
        below = psutil.Process().children(recursive=True)
        viewer.terminal.type("\n")
        ending = await viewer.terminal.ending(30)
    assert ending.outcome is Outcome.COMPLETED
    servers = [one for one in below if _is_server(one)]
    assert not psutil.wait_procs(servers, timeout=10)[1]


def _is_server(process: psutil.Process) -> bool:
    try:
        return process.name().startswith("Xtigervnc")
    except psutil.NoSuchProcess:
        return False
