"""What students write goes on working behind the walls."""

import shutil

import pytest

from tests.runner.sandbox.inside import printed, started

PROGRAMS = {
    "threads": """if True:
        import threading
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(4) as pool:
            print(sum(pool.map(abs, range(-9, 1))))""",
    "processes": """if True:
        import multiprocessing as m
        if __name__ == "__main__":
            with m.Pool(2) as pool:
                print(sum(pool.map(abs, range(-9, 1))))""",
    "spawned processes": """if True:
        import multiprocessing as m
        if __name__ == "__main__":
            with m.get_context("spawn").Pool(1) as pool:
                print(sum(pool.map(abs, range(-9, 1))))""",
    "queues, locks and shared memory": """if True:
        import multiprocessing as m
        from multiprocessing.shared_memory import SharedMemory
        def work(name, queue, lock):
            memory = SharedMemory(name)
            with lock:
                queue.put(memory.buf[0] + 3)
            memory.close()
        memory, queue = SharedMemory(create=True, size=1 << 20), m.Queue()
        memory.buf[0] = 42
        process = m.Process(target=work, args=(memory.name, queue, m.Lock()))
        process.start(); print(queue.get()); process.join()
        memory.close(); memory.unlink()""",
    "an event loop with a server": """if True:
        import asyncio
        async def main():
            server = await asyncio.start_unix_server(
                lambda reader, writer: writer.write(b"45") or writer.close(), "socket")
            reader, writer = await asyncio.open_unix_connection("socket")
            print((await reader.read()).decode()); writer.close(); server.close()
        asyncio.run(main())""",
    "other programs": """if True:
        import subprocess
        print(subprocess.run("seq 9 | paste -sd+ | sed 's/.*/echo $((&))/' | sh", shell=True,
                             capture_output=True, text=True).stdout.strip())""",
    "a database": """if True:
        import sqlite3
        with sqlite3.connect("x.db") as db:
            db.execute("create table t (n)")
            db.executemany("insert into t values (?)", [(n,) for n in range(10)])
            print(db.execute("select sum(n) from t").fetchone()[0])""",
    "names of hosts": """if True:
        import socket
        print({info[4][0] for info in socket.getaddrinfo("localhost", 80)} <= {"127.0.0.1", "::1"})
        try:
            socket.getaddrinfo("example.org", 80)
        except socket.gaierror:
            print(45)""",
    "numbers": """if True:
        import decimal, fractions, hashlib, random, secrets, ssl, statistics, time, zoneinfo
        random.seed(); secrets.token_bytes(8); time.sleep(0.001)
        print(sum(range(10)))""",
}  # fmt: skip


@pytest.mark.parametrize("source", PROGRAMS.values(), ids=PROGRAMS)
async def test_it_works(source: str) -> None:
    assert (await printed(source)).splitlines()[-1] == "45"


async def test_a_full_screen_program_works() -> None:
    source = """if True:
        import curses
        def main(screen):
            screen.addstr(2, 3, "full screen"); screen.refresh(); screen.getkey()
        curses.wrapper(main)"""
    async with started(source) as program:
        await program.wait_for_output(b"full screen")
        program.terminal.write(b"q")
        status = await program.end()
    assert status is not None
    assert status.exit_code == 0


@pytest.mark.skipif(shutil.which("gcc") is None, reason="this machine has no C compiler to try")
async def test_a_compiler_works() -> None:
    source = """if True:
        import subprocess
        open("x.c", "w").write("#include <stdio.h>\\nint main(void) { puts(\\"45\\"); }")
        subprocess.run(["gcc", "-O1", "-o", "x", "x.c"], check=True)
        print(subprocess.run("./x", capture_output=True, text=True).stdout.strip())"""
    assert await printed(source) == "45\n"
