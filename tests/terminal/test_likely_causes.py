"""The reason that a student reads names the likely cause, in English and German."""

import asyncio
from collections.abc import Iterator

import pytest

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal.conftest import Site, serving
from tests.terminal_client import Message, open_terminal

GERMAN = {"Accept-Language": "de"}
ENDLESS = "import sys\nsys.setrecursionlimit(10**6)\n"
CAUSES: dict[str, tuple[str, str, str, str]] = {
    "a package": (
        "import pygame_zero", "module_missing", "“pygame_zero” is not installed here",
        "„pygame_zero“ ist hier nicht installiert"),
    "a slip": ("import maht", "module_misspelt", "“math”", "„math“"),
    "keys of Windows": ("import msvcrt", "windows_only", "Windows", "Windows"),
    "a file of Windows": (
        "import os\nos.startfile('x')", "windows_only", "Windows", "Windows"),
    "turtle": ("import turtle", "needs_window", "only a terminal", "nur ein Terminal"),
    "tkinter": ("from tkinter import *", "needs_window", "only a terminal", "nur ein Terminal"),
    "a recursion": ("def f(): f()\nf()", "endless_recursion", "recursion", "Rekursion"),
    "through repr": (
        ENDLESS + "class A:\n    def __repr__(self): return f'{self}'\nprint(A())",
        "signal", "recursion", "Rekursion"),
    "through getattr": (
        ENDLESS + "class A:\n    def __getattr__(self, n): return getattr(self, n)\nA().x",
        "signal", "recursion", "Rekursion"),
    "through map": (
        ENDLESS + "def f(x): return max(map(f, [x]))\nf(1)", "signal", "recursion", "Rekursion"),
    "through sorted": (
        ENDLESS + "def f(x): return sorted([x], key=f)\nf(1)", "signal", "recursion", "Rekursion"),
    "memory": ("x = [0] * 10**12", "out_of_memory", "memory", "Arbeitsspeicher"),
    "open files": (
        "x = [open('main.py') for _ in range(2000)]", "too_many_open_files", "1024", "1024"),
    "threads": (
        "import threading, time\nfor _ in range(700):\n"
        "    threading.Thread(target=time.sleep, args=(9,), daemon=True).start()",
        "too_many_processes", "threads", "Threads"),
    "the internet": (
        "import urllib.request as r\nr.urlopen('https://example.org')",
        "no_internet", "internet", "Internet"),
}  # fmt: skip


async def ended(server: WebServer, user: SignedIn, source: str, **headers: str) -> Message:
    async with open_terminal(server, user, headers=headers) as terminal:
        await terminal.start(source)
        return await terminal.wait_for_exit(Outcome.FAILED)


@pytest.mark.parametrize("name", CAUSES)
async def test_a_reason_names_the_likely_cause(
    server: WebServer, owner: SignedIn, name: str
) -> None:
    source, code, english, german = CAUSES[name]
    to_english, to_german = await asyncio.gather(
        ended(server, owner, source), ended(server, owner, source, **GERMAN)
    )
    assert to_english["reason_code"] == to_german["reason_code"] == code
    assert english in to_english["reason"]
    assert german in to_german["reason"]


async def test_an_ordinary_error_has_no_cause(server: WebServer, owner: SignedIn) -> None:
    assert (await ended(server, owner, "1 / 0"))["reason_code"] == "exit_code"


POLLS = {
    "keys": "import curses\ndef main(s):\n s.nodelay(True)\n while True: s.getch()\n"
            "curses.wrapper(main)",
    "select": "import select, sys\nwhile True: select.select([sys.stdin], [], [], 0)",
    "the clock": "import time\nend = time.time() + 999\nwhile time.time() < end: pass",
    "a flag": "import threading\nflag = threading.Event()\nwhile not flag.is_set(): pass",
}  # fmt: skip


@pytest.fixture(scope="module")
def busy_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Where a program may use little processor time, and as much of any other as it wants."""
    folder = tmp_path_factory.mktemp("busy")
    yield from serving(folder, students=10, LIMIT_CPU_SECONDS="1")


@pytest.mark.faults
async def test_who_waits_without_a_pause_is_warned_and_told(busy_site: Site) -> None:
    """All at once, as each takes its time."""
    await asyncio.gather(*(warned_and_told(busy_site, source) for source in POLLS.values()))


async def warned_and_told(site: Site, source: str) -> None:
    user = site.users.student()
    async with open_terminal(site.server, user, headers=GERMAN) as terminal:
        await terminal.start(source)
        notice = await terminal.wait_for("notice", seconds=60, code="processor_time")
        assert notice["figures"] == {"used_seconds": 1, "cpu_seconds": 1}
        assert "time.sleep" in notice["message"]
        end = await terminal.wait_for_exit(Outcome.CPU_LIMIT, seconds=60)
    assert "time.sleep" in end["reason"]
    assert terminal.history.count("notice") == 1
