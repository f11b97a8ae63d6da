"""Processes and threads without end are refused, and nothing outlives its run."""

from dataclasses import replace

import psutil
import pytest

from runner.limits import Limits
from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import LIMITS, SCREEN, attacked, attacking

COUNT_FORKS = """if True:
    import os, signal, time
    children = 0
    try:
        while True:
            if os.fork() == 0:
                time.sleep(600)
            children += 1
    except BlockingIOError:
        print("refused after", children)
"""
FORK_BOMB = """if True:
    import os, signal
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    print("go", flush=True)
    while True:
        try:
            os.fork()
        except OSError:
            pass
"""
COUNT_THREADS = """if True:
    import os, threading, time
    threads = 0
    try:
        while True:
            threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
            threads += 1
    except RuntimeError:
        print("refused after", threads, flush=True)
    os._exit(0)
"""
VANISHING = """if True:
    import os
    while True:
        try:
            if os.fork() == 0:
                os._exit(0) if os.fork() else sum(range(10**6))
                os._exit(0)
            os.wait()
        except OSError:
            pass
"""
# Children that nobody waits for: the kernel adds their time to nobody's. Seconds that each lives.
IGNORED = {
    "by ignoring their end": (0.04, "signal.signal(signal.SIGCHLD, signal.SIG_IGN)"),
    "by not wanting zombies": (0.003, """
    action = bytes(8) + bytes(128) + struct.pack("i4xQ", 2, 0)  # as libc has it
    assert ctypes.CDLL(None).sigaction(17, action, None) == 0"""),
}  # fmt: skip
UNTOLD = """if True:
    import ctypes, os, signal, struct, time
    {ignore}
    while True:
        try:
            if os.fork() == 0:
                until = time.monotonic() + {life}
                while time.monotonic() < until: pass
                os._exit(0)
        except OSError:
            pass
        time.sleep({life} / 3)
"""


async def test_children_without_end_are_refused(backend: LimitBackend) -> None:
    ended = await attacked(backend, COUNT_FORKS)
    assert ended.text.startswith("refused after ")
    assert 8 <= int(ended.text.split()[-1]) <= LIMITS.processes
    assert ended.outcome is Outcome.COMPLETED


async def test_threads_without_end_are_refused(backend: LimitBackend) -> None:
    ended = await attacked(backend, COUNT_THREADS)
    assert ended.text.startswith("refused after ")
    assert 8 <= int(ended.text.split()[-1]) <= LIMITS.processes
    assert ended.outcome is Outcome.COMPLETED


@pytest.mark.attacks
async def test_a_usual_run_may_have_hundreds_of_threads(backend: LimitBackend) -> None:
    source = """if True:
        import threading, time
        all_there = threading.Barrier(501)
        for _ in range(500):
            threading.Thread(target=lambda: (all_there.wait(), all_there.wait())).start()
        all_there.wait()
        print(threading.active_count())
        time.sleep(1.2)  # it is looked at meanwhile
        all_there.wait()"""
    ended = await attacked(backend, source, Limits())
    assert ended.text == "501\n"
    assert ended.outcome is Outcome.COMPLETED


@pytest.mark.attacks
async def test_a_usual_run_may_have_a_thousand_connections(backend: LimitBackend) -> None:
    source = """if True:
        import asyncio
        async def main():
            async def echo(reader, writer):
                writer.write(await reader.readline())
            server = await asyncio.start_server(echo, "127.0.0.1", 0)
            async def talk():
                return await asyncio.open_connection(*server.sockets[0].getsockname())
            ends = [await talk() for _ in range({pairs})]
            await asyncio.sleep(1.2)
            for reader, writer in ends:
                writer.write(b"x\\n")
                assert await reader.readline() == b"x\\n"
            print(len(ends))
        asyncio.run(main())""".replace("{pairs}", "480" if backend.accounted else "200")
    ended = await attacked(backend, source, Limits())
    assert ended.outcome is Outcome.COMPLETED, ended.text
    assert ended.text in ("480\n", "200\n")


@pytest.mark.attacks
async def test_a_fork_bomb_in_a_usual_run_ends_soon(backend: LimitBackend) -> None:
    ended = await attacked(backend, FORK_BOMB, replace(Limits(), cpu_seconds=1))
    assert ended.outcome in (Outcome.CPU_LIMIT, Outcome.MEMORY_LIMIT)


@pytest.mark.attacks
async def test_a_fork_bomb_ends_by_its_processor_time(backend: LimitBackend) -> None:
    roomy = 4 * LIMITS.memory_bytes  # many processes need memory, which shall not end it first
    ended = await attacked(backend, FORK_BOMB, replace(LIMITS, cpu_seconds=1, memory_bytes=roomy))
    assert ended.text == "go\n"
    assert ended.outcome is Outcome.CPU_LIMIT
    assert ended.reason == ("cpu_limit", {"cpu_seconds": 1})


@pytest.mark.attacks
async def test_children_that_vanish_with_their_time_do_not_escape(backend: LimitBackend) -> None:
    ended = await attacked(backend, VANISHING, replace(LIMITS, cpu_seconds=1, wall_seconds=30))
    assert ended.outcome is Outcome.CPU_LIMIT


@pytest.mark.attacks
@pytest.mark.parametrize("ignoring", IGNORED)
async def test_children_that_die_unnoticed_do_not_escape(
    backend: LimitBackend, ignoring: str
) -> None:
    life, ignore = IGNORED[ignoring]
    source = UNTOLD.format(ignore=ignore, life=life)
    ended = await attacked(backend, source, replace(LIMITS, cpu_seconds=1, wall_seconds=50))
    assert ended.outcome is Outcome.CPU_LIMIT


async def test_a_daemon_does_not_outlive_its_run(backend: LimitBackend) -> None:
    source = """if True:
        import os, signal, time
        for number in range(1, 32):
            if number not in (9, 17, 19): signal.signal(number, signal.SIG_IGN)
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                while True:
                    time.sleep(0.01)
            os._exit(0)
        os.wait(); input("left alone")
    """
    async with attacking(backend, source) as attack:
        await attack.wait_for(b"left alone")
        inside = psutil.Process(attack.sandbox._root.pid).children(recursive=True)
        attack.pump.type(1, b"\r")
        ended = await attack.end()
        assert not attack.sandbox.alive
        _, left = psutil.wait_procs(inside, timeout=1)
    assert ended.outcome is Outcome.COMPLETED
    # Its init, the one that reports, the program, the daemon; of a GUI run its X server, too.
    assert len(inside) == 4 + bool(SCREEN)
    assert left == []


async def test_holding_the_first_process_does_not_prolong_a_run(backend: LimitBackend) -> None:
    """A tracer stops the namespace's init, which would end the run when the program has ended."""
    source = """if True:
        import ctypes, os, time
        libc = ctypes.CDLL(None)
        if os.fork() == 0:
            os.setsid()
            print("traced:", libc.ptrace(16, 1, 0, 0), flush=True)
            while True:
                time.sleep(60)
        time.sleep(0.3)
    """
    ended = await attacked(backend, source)
    assert "traced:" in ended.text
    assert ended.outcome is Outcome.COMPLETED


async def test_whoever_wants_more_processes_is_told_so(backend: LimitBackend) -> None:
    source = COUNT_FORKS.replace("print(", "time.sleep(0.5); raise SystemExit(")
    ended = await attacked(backend, source)
    assert ended.outcome is Outcome.FAILED
    assert ended.reason == ("too_many_processes", {"exit_code": 1, "processes": 16})
