# size: one table of what is shown, and what each may do
"""What hostile programs show: the effects are a sentence, and the limits of their run."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import psutil
import pytest

from accounts.models import User
from runner import runs
from runner.executor.side_channels import Shown, Turns, shown
from runner.limits import MIB, Limits
from runner.models import Executor, Run
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import LIMITS, Attack, Ended, attacking

MOST_BYTES = 8 * MIB  # of the executor's memory
OWN_LIMITS = replace(LIMITS, output_bytes=256 * MIB, open_files=256)
PROGRAM = """import json, os, socket, struct, sys, threading, time
def connected():
    channel = socket.socket(socket.AF_UNIX)
    channel.connect("/run/coderunner/show")
    return channel
def frame(kind, data):
    return struct.pack(">cI", kind, len(data)) + data
def png(width, height, more=0):
    return b"\\x89PNG\\r\\n\\x1a\\n\\0\\0\\0\\rIHDR" + struct.pack(">II", width, height) + bytes(5 + more)
def shown(data, kind="picture", channel=None, **about):
    channel = channel or connected()
    about = {"kind": kind, "bytes": len(data), **about}
    try:
        channel.sendall(frame(b"M", json.dumps(about).encode()) + frame(b"D", data))
    except OSError:
        pass
    try:
        kind, length = struct.unpack(">cI", channel.recv(5, socket.MSG_WAITALL))
    except (OSError, struct.error):
        return "closed"
    text = channel.recv(length, socket.MSG_WAITALL).decode()
    return int(text) if kind == b"A" else json.loads(text)["code"]
"""


class Stored:
    """In place of the database."""

    def __init__(self) -> None:
        self.rows: list[runs.Shown] = []
        self.told: list[int] = []

    async def in_database(
        self, _: object, run: object, executor: object, row: Any, __: int
    ) -> bool:
        await asyncio.sleep(0)
        self.rows.append(replace(row, data=bytes(row.data)))
        return True


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> Stored:
    made = Stored()
    monkeypatch.setattr(shown, "in_database", made.in_database)
    return made


@contextlib.asynccontextmanager
async def showing(
    backend: LimitBackend, source: str, stored: Stored, limits: Limits = OWN_LIMITS
) -> AsyncIterator[Attack]:
    async with attacking(backend, PROGRAM + source, limits, measure=False) as attack:
        channel = Shown(
            Run(owner=User(pk=1)), Executor(name="one"), attack.pump, Turns(), stored.told.append
        )
        channel.begin(attack.sandbox)
        yield attack
        await channel.end()


async def showed(backend: LimitBackend, source: str, stored: Stored) -> Ended:
    async with showing(backend, source, stored) as attack:
        return await attack.end()


async def test_a_plot_is_stored_and_told_of(backend: LimitBackend, stored: Stored) -> None:
    ended = await showed(backend, "print(shown(png(640, 480), name='plot'))", stored)
    assert ended.text == "1\n"
    (row,) = stored.rows
    assert (row.seq, row.version, row.kind, row.name) == (1, 1, "picture", "plot.png")
    assert (row.mime, row.width, row.height) == ("image/png", 640, 480)
    assert stored.told == [1]


async def test_ten_thousand_are_refused_beyond_fifty(
    backend: LimitBackend, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two programs at once; who is refused has to connect again, which takes its time."""
    monkeypatch.setattr(shown, "TokenBucket", Unlimited)
    source = """if True:
        said = []
        def many():
            channel = connected()
            for number in range(5000):
                said.append(shown(png(8, 8), channel=channel))
                if isinstance(said[-1], str):
                    return
        threads = [threading.Thread(target=many) for _ in range(2)]
        [each.start() for each in threads]
        [each.join() for each in threads]
        print(sorted(filter(lambda x: isinstance(x, int), said)) == list(range(1, 51)))
        print({x for x in said if isinstance(x, str)}, shown(png(8, 8)), shown(png(8, 8), seq=7))"""
    before = psutil.Process().memory_info().rss
    ended = await showed(backend, source, stored)
    assert ended.text == "True\n{'too_many'} too_many 7\n"
    assert len(stored.rows) == 51
    assert psutil.Process().memory_info().rss - before < MOST_BYTES


class Unlimited:
    def __init__(self, *_: float) -> None: ...

    async def wait(self, *, cost: float) -> bool:
        return cost > 0


# What is shown, and what the program is told.
REFUSED: dict[str, tuple[str, str]] = {
    "a picture of 65,535 times 65,535": ("shown(png(65535, 65535))", "picture_too_large"),
    "a picture of nothing": ("shown(png(0, 1))", "picture_too_large"),
    "a page that is called a picture": ("shown(b'<script>')", "not_a_picture"),
    "a picture that begins with comments": ("shown(b'<!---->' * 500)", "not_a_picture"),
    "a picture that is called a sound": ("shown(png(1, 1), 'sound')", "not_a_sound"),
    "a page in UTF-16": ("shown('<p>'.encode('utf-16'), 'html')", "not_text"),
    "more than 4 MiB": ("shown(bytes(4 * 2**20 + 1), 'file')", "too_large"),
    "100 MiB in one frame": ("shown(bytes(100 * 2**20), 'file')", "too_large"),
    "a length that is not true": ("shown(b'x' * 10, 'file', bytes=9)", "closed"),
    "a kind that there is not": ("shown(b'x', 'script')", "closed"),
    "more fields than there are": ("shown(b'x', 'file', mime='text/html')", "closed"),
    "a number that was never given": ("shown(b'x', 'file', seq=3)", "closed"),
    "a number that is none": ("shown(b'x', 'file', seq='1')", "closed"),
    "a length below nothing": ("shown(b'x', 'file', bytes=-1)", "closed"),
    "a name without end": ("shown(b'x', 'file', name='n' * 2000)", "closed"),
    "a description without end": ("shown(b'x', 'file', name='n' * 5000)", "closed"),
}  # fmt: skip
ODD: dict[str, str] = {
    "content before what it is": "c = connected(); c.sendall(frame(b'D', b'x')); print(c.recv(9))",
    "a description that is no JSON": (
        "c = connected(); c.sendall(frame(b'M', b'[' * 4000)); print(c.recv(9))"),
    "a frame of 4 GiB": (
        "c = connected(); c.sendall(struct.pack('>cI', b'D', 0xffffffff)); print(c.recv(9))"),
    "an answer that nobody reads": "[connected().close() for _ in range(20)]; print(b'')",
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
async def test_it_is_told_why_not(what: str, backend: LimitBackend, stored: Stored) -> None:
    source, told = REFUSED[what]
    limits = replace(OWN_LIMITS, memory_bytes=300 * MIB)
    async with showing(backend, f"print({source}, shown(png(2, 2)))", stored, limits) as attack:
        before = psutil.Process().memory_info().rss
        ended = await attack.end()
        assert psutil.Process().memory_info().rss - before < MOST_BYTES
    assert ended.text == f"{told} 1\n"
    assert [row.width for row in stored.rows] == [2]


@pytest.mark.parametrize("what", ODD)
async def test_nonsense_closes_the_connection(
    what: str, backend: LimitBackend, stored: Stored
) -> None:
    source = f"try:\n    {ODD[what]}\nexcept OSError: print(b'')\nprint(shown(png(2, 2)))"
    ended = await showed(backend, source, stored)
    assert ended.text == "b''\n1\n"


async def test_all_together_have_16_mib(backend: LimitBackend, stored: Stored) -> None:
    source = """if True:
        large = bytes(4 * 2**20)
        print([shown(large, "file") for _ in range(5)], shown(b"x", "file"))
        print(shown(b"small", "file", seq=1), shown(large, "file"), shown(large, "file", seq=1))"""
    ended = await showed(backend, source, stored)
    assert ended.text == "[1, 2, 3, 4, 'too_much'] too_much\n1 too_much 1\n"


async def test_who_never_ends_a_frame_is_left(
    backend: LimitBackend, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its place is given to others: of four there are few enough."""
    monkeypatch.setattr(shown, "CONTENT_SECONDS", 0.2)
    source = """if True:
        slow = connected()
        about = json.dumps({"kind": "file", "bytes": 2**20}).encode()
        slow.sendall(frame(b"M", about) + struct.pack(">cI", b"D", 2**20) + b"x")
        print(slow.recv(9), shown(bytes(2**20), "file"))"""
    ended = await showed(backend, source, stored)
    assert ended.text.endswith("b'' 1\n") or "ConnectionResetError" in ended.text


async def test_an_endless_stream_ends_by_the_limit_of_output(
    backend: LimitBackend, stored: Stored
) -> None:
    limits = replace(OWN_LIMITS, output_bytes=16 * MIB)
    source = (
        "number = shown(bytes(2**20), 'file')\nwhile True: shown(bytes(2**20), 'file', seq=number)"
    )
    async with showing(backend, source, stored, limits) as attack:
        before = psutil.Process().memory_info().rss
        ended = await attack.end()
    assert ended.outcome == "output_limit"
    grown = psutil.Process().memory_info().rss - before
    assert grown < MOST_BYTES + sum(len(row.data) for row in stored.rows)  # which are kept here
    assert len(stored.rows) <= 16


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.png"), ("a\\0b", "ab.png"), ("\\u202egnp.exe", "gnp.exe.png"),
        ("C:\\\\boot.ini", "boot.ini.png"), ("..", "picture-1.png"), ("x" * 900, "x" * 96 + ".png"),
    ],
)  # fmt: skip
async def test_a_name_is_no_path_and_hides_nothing(
    name: str, kept: str, backend: LimitBackend, stored: Stored
) -> None:
    await showed(backend, f'shown(png(1, 1), name="{name}")', stored)
    assert [row.name for row in stored.rows] == [kept]


@pytest.mark.usefixtures("_slow")
async def test_a_slow_database_keeps_the_program_waiting_and_nothing_else(
    backend: LimitBackend, stored: Stored
) -> None:
    source = """if True:
        thread = threading.Thread(target=lambda: print(shown(png(1, 1)), flush=True))
        thread.start()
        print("typed", input(), flush=True)
        thread.join()"""
    async with showing(backend, source, stored) as attack:
        attack.pump.type(1, b"x\n")
        await attack.wait_for(b"typed x")
        ended = await attack.end()
    assert ended.text.endswith("1\n")


@pytest.fixture
def _slow(stored: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    async def later(*arguments: Any) -> bool:
        await asyncio.sleep(0.5)
        return await stored.in_database(*arguments)

    monkeypatch.setattr(shown, "in_database", later)
