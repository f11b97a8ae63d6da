"""What the kernel keeps for a program is memory of the program, though no process shows it."""

import asyncio
import ctypes
from dataclasses import replace

import pytest

from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import LIMITS, attacked, attempted, matches

ROOMY = replace(LIMITS, open_files=512)
WAIT = "\nimport time; time.sleep(600)"
KEPT = {
    "in mappings without number": """if True:
        import ctypes, os
        libc = ctypes.CDLL(None)
        libc.mmap.restype = ctypes.c_void_p
        for n in range(60_000):  # neighbours differ, else they would be one
            libc.mmap(None, ctypes.c_size_t(4096), n % 2, 0x22, -1, ctypes.c_long(0))
        for _ in range(9):
            if os.fork() == 0: break""" + WAIT,
    "in mappings of processes whose first threads have ended": """if True:
        import ctypes, os, threading, time
        libc = ctypes.CDLL(None)
        libc.mmap.restype = ctypes.c_void_p
        def grow():
            for n in range(60_000):
                libc.mmap(None, ctypes.c_size_t(4096), n % 2, 0x22, -1, ctypes.c_long(0))
            time.sleep(600)
        for _ in range(7):
            if os.fork() == 0:
                threading.Thread(target=grow).start()
                libc.syscall({"x86_64": 60, "aarch64": 93}[os.uname().machine], 0)""" + WAIT,
    "in pipes of processes whose first threads have ended": """if True:
        import ctypes, os, threading, time
        def fill():
            try:
                while True:
                    _, end = os.pipe()
                    os.set_blocking(end, False)
                    os.write(end, bytes(1 << 16))
            except OSError: time.sleep(600)
        for _ in range(6):
            if os.fork() == 0:
                threading.Thread(target=fill).start()
                ctypes.CDLL(None).syscall({"x86_64": 60, "aarch64": 93}[os.uname().machine], 0)
        """ + WAIT,
    "in pipes that nobody reads": """if True:
        import os
        for _ in range(9):
            if os.fork() == 0: break
        try:
            while True:
                _, end = os.pipe()
                os.set_blocking(end, False)
                os.write(end, bytes(1 << 16))
        except OSError: pass""" + WAIT,
}  # fmt: skip
LOCKED = """if True:
    import fcntl
    for n in range(40):
        file = open(f"x{n}", "wb")
        globals()[f"file{n}"] = file
        for at in range(0, 2000, 2): fcntl.lockf(file, fcntl.LOCK_EX, 1, at)
    print("locked")""" + WAIT  # fmt: skip


@pytest.mark.attacks
@pytest.mark.parametrize("kind", KEPT)
async def test_much_that_is_kept_ends_the_run(backend: LimitBackend, kind: str) -> None:
    ended = await attacked(backend, KEPT[kind], ROOMY)
    assert ended.outcome is Outcome.MEMORY_LIMIT, ended.text


async def test_locks_without_number_end_the_run(backend: LimitBackend) -> None:
    if backend.accounted:
        pytest.skip("control groups account for locks as what they are: 10 MB here")
    ended = await attacked(backend, LOCKED)
    assert ended.outcome is Outcome.MEMORY_LIMIT, ended.text


async def test_an_ordinary_crowd_is_not_taken_for_an_attack(backend: LimitBackend) -> None:
    """Twelve processes with pipes, locks and descriptors that are watched."""
    source = """if True:
        import asyncio, fcntl, multiprocessing, sqlite3, time
        def work(number):
            with sqlite3.connect("x.db", timeout=30) as db:
                db.execute("create table if not exists t (n)"); db.execute("insert into t values (1)")
            async def talk():
                process = await asyncio.create_subprocess_exec("true")
                return await process.wait()
            time.sleep(0.3)
            return asyncio.run(talk())
        if __name__ == "__main__":
            with multiprocessing.get_context("fork").Pool(6) as pool:
                print(sum(pool.map(work, range(6))))"""
    limits = replace(LIMITS, memory_bytes=2 * LIMITS.memory_bytes, processes=32)
    ended = await attacked(backend, source, limits)
    assert ended.text == "0\n"
    assert ended.outcome is Outcome.COMPLETED, ended.reason


# Where nothing accounts for it, what cannot be counted cannot be had.
UNCOUNTED: dict[str, tuple[str, object]] = {
    "a pipe is made larger": ("import fcntl; r, w = os.pipe(); fcntl.fcntl(w, 1031, 1 << 17)", "EPERM"),
    "a lock is given no owner": (
        "import fcntl; file = open('x', 'w')\n"
        "fcntl.fcntl(file, fcntl.F_OFD_SETLK, struct.pack('hhqqi4x', 1, 0, 0, 1, 0))", "EINVAL"),
    "a thread has descriptors of its own": (
        "stack = ctypes.create_string_buffer(1 << 16)\n"
        "top = ctypes.c_void_p(ctypes.addressof(stack) + (1 << 16) - 64 & ~15)\n"
        "checked(libc.clone(libc.pause, top, 0x10900, None))", "EPERM"),
    "descriptors are given to each thread": ("call('close_range', 1000, 1001, 2)", "EPERM"),
    "pages are put into a pipe": (
        "r, w = os.pipe(); page = ctypes.create_string_buffer(4096)\n"
        "v = struct.pack('QQ', ctypes.addressof(page), 4096); call('vmsplice', w, v, 1, 0)", "ENOSYS"),
    "rules are made for files": ("call('landlock_create_ruleset', struct.pack('Q', 4), 8, 0)", "ENOSYS"),
}  # fmt: skip


def test_what_cannot_be_counted_cannot_be_had(backend: LimitBackend) -> None:
    outcome, seen = attempted(backend, UNCOUNTED)
    had = {
        sentence for sentence in UNCOUNTED if not matches(seen[sentence], UNCOUNTED[sentence][1])
    }
    if ctypes.CDLL(None).syscall(444, None, 0, 1) < 0:  # landlock_create_ruleset: its version
        had ^= {"rules are made for files"} if backend.accounted else set()
    assert had == (set(UNCOUNTED) if backend.accounted else set())
    assert outcome is Outcome.COMPLETED


async def test_who_watches_files_of_all_learns_nothing_of_others(backend: LimitBackend) -> None:
    watch = "import ctypes; print(ctypes.CDLL(None).inotify_init1(0))"
    spy, _ = await asyncio.gather(attacked(backend, watch), attacked(backend, "import json"))
    assert spy.text == "-1\n"
