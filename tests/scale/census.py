"""How many objects of ours a process has, told when it is asked by SIGUSR2.

A run, a socket, a sandbox that has ended must leave none: what holds one holds megabytes.
"""

import gc
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from types import FrameType

FOLDER = "CENSUS_FOLDER"  # the variable that names where to write
OURS = {"runner", "coderunner"}
ANSWER_SECONDS = 30.0
# Of one run and what carries it; of one socket and what it follows.
OF_RUNS = frozenset(
    {
        "RunTask", "TerminalPump", "OutputStream", "Cursor", "RecordingBuffer", "InputQueue",
        "Delivery", "Watch", "RunLink", "Uplink", "OutputCursor", "InputOutbox",
        "RoomTerminal", "Outlet",
    }
)  # fmt: skip
# Of one page of a room. What a room needs beside is in tables.
OF_ROOMS = frozenset({"RoomConsumer", "RoomDesk", "Seat", "Presence", "Costs"})
OF_SANDBOXES = frozenset({"Sandbox", "PseudoTerminal", "WarmSandbox"})  # some wait in the pool


def answer_when_asked() -> None:
    """Called once in each process of a site."""
    if FOLDER in os.environ:
        signal.signal(signal.SIGUSR2, _write)


def _write(number: int, frame: FrameType | None) -> None:
    gc.collect()
    kinds = (type(each) for each in gc.get_objects())
    found = Counter(k.__name__ for k in kinds if str(k.__module__).partition(".")[0] in OURS)
    file = _file(Path(os.environ[FOLDER]), os.getpid())
    new = file.with_suffix(".new")
    new.write_text(json.dumps(found))
    new.replace(file)  # there is all of it, or nothing


def _file(folder: Path, pid: int) -> Path:
    return folder / f"census-{pid}.json"


def take(folder: Path, pids: Collection[int]) -> dict[int, Counter[str]]:
    """By process: how many of each class are alive, once garbage was collected."""
    files = {pid: _file(folder, pid) for pid in pids}
    for pid, file in files.items():
        file.unlink(missing_ok=True)
        os.kill(pid, signal.SIGUSR2)
    give_up_at = time.monotonic() + ANSWER_SECONDS
    while not all(file.exists() for file in files.values()):
        assert time.monotonic() < give_up_at, f"no census of {files}"
        time.sleep(0.02)
    return {pid: Counter(json.loads(file.read_text())) for pid, file in files.items()}


def alive(folder: Path, workers: Collection[int], executors: Mapping[int, int]) -> dict[str, int]:
    """Objects of runs, sockets and sandboxes by process ids, but for what is always there.

    `executors`: how many sandboxes wait in each.
    """
    found: dict[str, int] = {}
    for pid, counts in take(folder, [*workers, *executors]).items():
        kinds = {name: counts[name] for name in OF_RUNS}
        kinds["Inbox"] = counts["Inbox"] - (1 if pid in executors else 0)
        kinds |= {name: counts[name] - executors.get(pid, 0) for name in OF_SANDBOXES}
        found |= {f"{name} of {pid}": count for name, count in kinds.items() if count > 0}
    return found
