# size: one table of programs, and the attacks on what answers
"""Whether a program waits for its terminal: what is told of honest programs, and of others."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from runner.run_state import Outcome
from runner.sandbox import TerminalUse
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import LIMITS, Attack, attacking

WAIT_SECONDS = 30
# Programs that print "up" and then wait for the terminal.
WAITING = {
    "input": "input('up ')",
    "input without a question": "print('up'); input()",
    "input without readline": "import sys; sys.modules['readline'] = None; input('up ')",
    "all of its input": "import sys; print('up'); sys.stdin.read()",
    "a line": "import sys; print('up'); sys.stdin.readline()",
    "a byte": "import os; print('up'); os.read(0, 1)",
    "several buffers": "import os; print('up'); os.readv(0, [bytearray(9)])",
    "a password": "import getpass; print('up'); getpass.getpass('')",
    "/dev/tty": "print('up'); open('/dev/tty').readline()",
    "a copy of its input": "import os; print('up'); os.read(os.dup(0), 1)",
    "what it writes to": "import os; print('up'); os.read(1, 1)",
    "curses": """
import curses
def main(screen):
    screen.addstr('up'); screen.refresh(); screen.getch()
curses.wrapper(main)""",
    "select": "import select; print('up'); select.select([0], [], [])",
    "select, of many": """
import os, select
files = [os.pipe()[0] for _ in range(20)]
print('up'); select.select([*files, 0], [], [])""",
    "poll": "import select; p = select.poll(); p.register(0, select.POLLIN); print('up'); p.poll()",
    "epoll": """
import select
p = select.epoll(); p.register(0, select.EPOLLIN); print('up'); p.poll()""",
    "asyncio": """
import asyncio
async def main():
    asyncio.get_running_loop().add_reader(0, print)
    print('up')
    await asyncio.Event().wait()
asyncio.run(main())""",
    "a thread": """
import threading
t = threading.Thread(target=input, args=('up ',)); t.start(); t.join()""",
    "a thread, while another computes": """
import threading
threading.Thread(target=input, args=('up ',)).start()
while True: pass""",
    "a child process": "import subprocess; subprocess.run(['/bin/sh', '-c', 'echo up; read x'])",
    "a grandchild": """
import os
if os.fork() == 0:
    if os.fork() == 0:
        input('up ')
    os.wait()
os.wait()""",
    "another program": "import os; os.execv('/bin/cat', ['cat', '-'])",
    "the shell": "import os; print('up'); os.execv('/bin/sh', ['sh', '-i'])",
    "Python's own prompt": "import code; print('up'); code.interact('')",
}
# Programs that print "up" and then do something else.
OTHER = {
    "it sleeps": "import time; print('up'); time.sleep(60)",
    "it waits for a child": "import subprocess; print('up'); subprocess.run(['sleep', '60'])",
    "it reads a pipe": "import os; print('up'); os.read(os.pipe()[0], 1)",
    "it reads a socket": "import socket; print('up'); a, b = socket.socketpair(); a.recv(1)",
    "it waits for a lock": "import threading; print('up'); l = threading.Lock(); l.acquire(); l.acquire()",
    "it looks for a key now and then": """
import select
print('up')
while not select.select([0], [], [], 0.05)[0]: pass""",
    "it polls with a limit": """
import select
p = select.poll(); p.register(0, select.POLLIN); print('up'); p.poll(60000)""",
    "it waits for room to write": """
import select
p = select.poll(); p.register(0, 0); print('up'); p.poll()""",
    "a terminal of its own is read": """
import os, pty
pid, master = pty.fork()
if pid == 0:
    os.read(0, 1)
os.write(1, b'up'); os.waitpid(pid, 0)""",
    "its input is a file": """
import os, sys, time
os.dup2(os.open('/dev/null', os.O_RDONLY), 0)
print('up'); sys.stdin.read(); time.sleep(60)""",
    "its input is closed": "import os, time; os.close(0); print('up'); time.sleep(60)",
    "it hides": """
import ctypes
ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
input('up ')""",
}


@contextlib.asynccontextmanager
async def running(
    backend: LimitBackend, source: str, *, warm: bool = True
) -> AsyncGenerator[Attack, None]:
    """Its end is listened for, as a run's is."""
    async with attacking(backend, source, warm=warm, measure=False) as attack:
        ended = asyncio.create_task(attack.sandbox.ended())
        try:
            yield attack
        finally:
            attack.sandbox.kill()
            await ended


async def until(attack: Attack, wanted: TerminalUse) -> None:
    """Asks until it is so: there is no event for what a process sleeps in."""
    seen = None
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(WAIT_SECONDS):
            while seen is not wanted:
                seen = await attack.sandbox.terminal_use()
    assert seen is wanted, bytes(attack.output)


@pytest.mark.parametrize("name", WAITING)
async def test_it_waits_when_it_reads(backend: LimitBackend, name: str) -> None:
    async with running(backend, WAITING[name]) as attack:
        if name != "another program":
            await attack.wait_for(b"up")
        await until(attack, TerminalUse.INPUT)


@pytest.mark.parametrize("name", OTHER)
async def test_it_does_not_wait_when(backend: LimitBackend, name: str) -> None:
    async with running(backend, OTHER[name]) as attack:
        await attack.wait_for(b"up")
        for _ in range(20):
            assert await attack.sandbox.terminal_use() is not TerminalUse.INPUT


@pytest.mark.parametrize("warm", [True, False])
async def test_it_computes(backend: LimitBackend, warm: bool) -> None:
    async with running(backend, "print('up')\nwhile True: pass", warm=warm) as attack:
        await attack.wait_for(b"up")
        await until(attack, TerminalUse.BUSY)


@pytest.mark.parametrize("warm", [True, False])
async def test_it_is_asked_from_its_first_moment_on(backend: LimitBackend, warm: bool) -> None:
    async with running(backend, "input()", warm=warm) as attack:
        await until(attack, TerminalUse.INPUT)


async def test_an_answer_does_not_change_how_it_ends(backend: LimitBackend) -> None:
    async with attacking(backend, "input('up '); exit(7)") as attack:
        ended = asyncio.create_task(attack.sandbox.ended())
        await attack.wait_for(b"up")
        await until(attack, TerminalUse.INPUT)
        attack.terminal.write(b"\r")
        status = await ended
        assert status is not None
        assert (status.exit_code, status.signal) == (7, None)
        assert await attack.sandbox.terminal_use() is None


@pytest.mark.attacks
async def test_questions_at_its_end_do_not_delay_or_change_it(backend: LimitBackend) -> None:
    for _ in range(4):
        async with attacking(backend, "print('up')") as attack:
            ended = asyncio.create_task(attack.sandbox.ended())
            while not ended.done():
                await attack.sandbox.terminal_use()
            status = await ended
            assert status is not None
            assert status.exit_code == 0


# --- Attacks -----------------------------------------------------------------------------------
async def test_a_crowd_of_processes_does_not_make_a_question_long(backend: LimitBackend) -> None:
    source = """if True:
        import os, time
        for _ in range(12):
            try:
                if os.fork() == 0:
                    import threading
                    for _ in range(40):
                        try:
                            threading.Thread(target=time.sleep, args=(60,)).start()
                        except RuntimeError:
                            break
                    time.sleep(60)
            except OSError:
                break
        print('up', flush=True)
        time.sleep(60)"""
    async with running(backend, source) as attack:
        await attack.wait_for(b"up")
        await attack.sandbox.terminal_use()
        before = time.process_time()
        for _ in range(20):
            assert await attack.sandbox.terminal_use() in (
                TerminalUse.OTHER,
                TerminalUse.BUSY,
                None,
            )
        assert (time.process_time() - before) / 20 < 0.005  # of ours; the rest is the run's own


@pytest.mark.parametrize("number", ["SIGSTOP", "SIGUSR1"])
async def test_signals_to_the_process_that_answers_gain_nothing(
    backend: LimitBackend, number: str
) -> None:
    """Stopped, it is silent, and told to go on by the watch; it takes a signal for a question only
    when there is one."""
    source = f"""if True:
        import os, signal, time
        for _ in range(50):
            os.kill(os.getppid(), signal.{number})
        input('up ')
        exit(7)"""
    async with attacking(backend, source) as attack:
        ending = asyncio.create_task(attack.end())
        await attack.wait_for(b"up")
        began = time.monotonic()
        await attack.sandbox.terminal_use()
        assert time.monotonic() - began < 10
        await until(attack, TerminalUse.INPUT)
        attack.terminal.write(b"\r")
        ended = await ending
        assert ended.status is not None
        assert (ended.outcome, ended.status.exit_code) == (Outcome.FAILED, 7)


async def test_killing_the_process_that_answers_ends_the_run(backend: LimitBackend) -> None:
    source = "import os, time; print('up', flush=True); input(); os.kill(os.getppid(), 9); time.sleep(60)"
    async with attacking(backend, source, replace(LIMITS, wall_seconds=30)) as attack:
        ending = asyncio.create_task(attack.end())
        await attack.wait_for(b"up")
        await until(attack, TerminalUse.INPUT)
        attack.terminal.write(b"\r")
        ended = await ending
        assert ended.status is None
        assert await attack.sandbox.terminal_use() is None


async def test_calls_with_nonsense_for_arguments_are_no_questions(backend: LimitBackend) -> None:
    """Addresses that are none, lengths without end, descriptors that are none."""
    source = """if True:
        import ctypes, select, threading, time
        libc = ctypes.CDLL(None)
        tries = [(23, 2**31 - 1, 1, 0, 0, 0), (7, 1, 2**40, -1), (232, 1999, 1, 1, -1),
                 (0, -1, 0, 0), (0, 2**63, 0, 0), (270, 1024, 2**63, 0, 0, 0, 0)]
        def call(*words):
            while True:
                libc.syscall(*(ctypes.c_long(word) for word in words))
        for words in tries:
            threading.Thread(target=call, args=words, daemon=True).start()
        print('up', flush=True)
        time.sleep(60)"""
    async with running(backend, source) as attack:
        await attack.wait_for(b"up")
        for _ in range(50):
            assert await attack.sandbox.terminal_use() is not TerminalUse.INPUT
