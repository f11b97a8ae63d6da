# size: tables of programs that take memory in one way each
"""Memory beyond the limit ends the run, whatever it is called and whoever holds it."""

from dataclasses import replace

import pytest

from runner.limits import MIB
from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import LIMITS, SERVER_BYTES, attacked

WAIT = "\nimport time; time.sleep(600)"
ROOMY = replace(LIMITS, disk_bytes=256 * MIB)  # the disk shall not be in the way
# Each process holds a hundred megabytes that belong to the kernel.
SOCKETS = """if True:
    import os, socket
    server = socket.create_server(("127.0.0.1", 0))
    def connected():
        client = socket.create_connection(server.getsockname())
        return client, server.accept()[0]
    for _ in range(12):
        if os.fork() == 0: break
    held = []
    try:
        while len(held) < 40:
            held += {pair}
            for end in held[-2:]:
                end.setblocking(False)
                try:
                    while True: end.send(bytes(1 << 16))
                except BlockingIOError: pass
    except OSError: pass"""
GREEDY = {
    "of its heap": "x = []\nwhile True: x.append(bytearray(1 << 20))",
    "in small pieces": "x = []\nwhile True: x.append(object())",
    "in one piece": "x = bytearray(120 << 20)" + WAIT,
    "mapped": """if True:
        import mmap
        x = mmap.mmap(-1, 150 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        for at in range(0, len(x), 4096): x[at] = 1""" + WAIT,
    "of many children": """if True:
        import os
        for _ in range(8):
            if os.fork() == 0:
                x = bytearray(15 << 20)
                break""" + WAIT,
    "of a child whose parent goes on": """if True:
        import os
        if os.fork() == 0:
            x = bytearray(120 << 20)""" + WAIT,
    "of threads": """if True:
        import threading, time
        def grow():
            x = bytearray(20 << 20); time.sleep(600)
        for _ in range(6): threading.Thread(target=grow).start()""",
    "in files of /dev/shm": """if True:
        with open("/dev/shm/x", "wb") as file:
            for _ in range(150): file.write(bytes(1 << 20))""" + WAIT,
    "in files of /tmp that are deleted but open": """if True:
        file = open("/tmp/x", "wb")
        import os; os.unlink("/tmp/x")
        for _ in range(150): file.write(bytes(1 << 20))""" + WAIT,
    "half in files, half in the heap": """if True:
        with open("x", "wb") as file:
            for _ in range(45): file.write(bytes(1 << 20))
        x = bytearray(45 << 20)""" + WAIT,
    "in private copies of a file": """if True:
        import mmap, os
        with open("x", "wb") as file: file.truncate(150 << 20)
        x = mmap.mmap(os.open("x", os.O_RDWR), 0, access=mmap.ACCESS_COPY)
        for at in range(0, len(x), 4096): x[at] = 1""" + WAIT,
    "in tables of pages that were only read": """if True:
        import ctypes
        libc = ctypes.CDLL(None)
        libc.mmap.restype = ctypes.c_void_p
        size, huge = 1 << 37, 1 << 21  # a table of 4 KiB for every 2 MiB
        x = libc.mmap(None, ctypes.c_size_t(size), 1, 0x4022, -1, ctypes.c_long(0))
        libc.madvise(ctypes.c_void_p(x), ctypes.c_size_t(size), 15)  # MADV_NOHUGEPAGE
        for at in range(0, size, huge): ctypes.c_char.from_address(x + at).value""" + WAIT,
    "of processes whose first threads have ended": """if True:
        import ctypes, os, threading, time
        def grow():
            while " Z " not in open("/proc/self/stat").read(): time.sleep(0.01)
            x = bytearray(25 << 20); time.sleep(600)
        for _ in range(4):
            if os.fork() == 0:
                threading.Thread(target=grow).start()
                ctypes.CDLL(None).syscall({"x86_64": 60, "aarch64": 93}[os.uname().machine], 0)
        """ + WAIT,
    "shared by a process whose first thread has ended": """if True:
        import ctypes, mmap, os, threading, time
        x = [mmap.mmap(-1, 4 << 20) for _ in range(25)]
        def grow():
            for piece in x: piece[:] = bytes(len(piece))
            time.sleep(600)
        threading.Thread(target=grow).start()
        ctypes.CDLL(None).syscall({"x86_64": 60, "aarch64": 93}[os.uname().machine], 0)""",
    "of another program": """if True:
        import subprocess
        subprocess.run(["/usr/bin/python3", "-c", "x = bytearray(120 << 20); input()"])""" + WAIT,
}  # fmt: skip


@pytest.mark.parametrize("kind", GREEDY)
async def test_too_much_memory_ends_the_run(backend: LimitBackend, kind: str) -> None:
    ended = await attacked(backend, GREEDY[kind], ROOMY)
    assert ended.outcome is Outcome.MEMORY_LIMIT, ended.text
    limit = ended.limits.memory_bytes
    assert ended.reason == ("memory_limit", {"memory_bytes": limit})
    assert ended.memory_peak_bytes > limit


# Memory that processes share without a file stays until nobody maps any of it.
PIECES = """if True:
    import ctypes, mmap, os
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    def piece():
        at = libc.mmap(None, ctypes.c_size_t(4 << 20), 3, 0x21, -1, ctypes.c_long(0))
        assert at != 2**64 - 1
        return at
    def touch(at): ctypes.memset(ctypes.c_void_p(at), 1, 4 << 20)
    pieces = [piece() for _ in range(30)]
"""
SHARED = {
    "as it is": "    for at in pieces: touch(at)",
    "and not mapped any more": """
    for at in pieces:
        touch(at)
        libc.madvise(ctypes.c_void_p(at), ctypes.c_size_t(4 << 20), 4)""",
    "of which a page is mapped": """
    for at in pieces:
        touch(at)
        libc.munmap(ctypes.c_void_p(at + 4096), ctypes.c_size_t((4 << 20) - 4096))""",
    "of which the last page is mapped": """
    for at in pieces:
        touch(at)
        libc.munmap(ctypes.c_void_p(at), ctypes.c_size_t((4 << 20) - 4096))""",
    "of children that have ended": """
    for at in pieces:
        if os.fork() == 0:
            touch(at)
            os._exit(0)
        os.wait()""",
    "under another name": """
    for at in pieces:
        touch(at)
        libc.prctl(0x53564d41, 0, ctypes.c_void_p(at), ctypes.c_size_t(4 << 20), b"mine")
        libc.madvise(ctypes.c_void_p(at), ctypes.c_size_t(4 << 20), 4)""",
    "in many processes": """
    for n, at in enumerate(pieces):
        if n % 3 == 0 and os.fork() == 0:
            mine = pieces[n:n + 3]
            for at in mine: touch(at)
            for other in set(pieces) - set(mine):
                libc.munmap(ctypes.c_void_p(other), ctypes.c_size_t(4 << 20))
            import time; time.sleep(600)
    for at in pieces: libc.munmap(ctypes.c_void_p(at), ctypes.c_size_t(4 << 20))""",
}  # fmt: skip


@pytest.mark.parametrize("kind", SHARED)
async def test_shared_memory_counts_as_long_as_it_is_there(
    backend: LimitBackend, kind: str
) -> None:
    ended = await attacked(backend, PIECES + SHARED[kind] + WAIT, ROOMY)
    assert ended.outcome is Outcome.MEMORY_LIMIT, ended.text


@pytest.mark.parametrize("pair", ["socket.socketpair()", "connected()"])
async def test_memory_in_sockets_ends_the_run(backend: LimitBackend, pair: str) -> None:
    # As many sockets as descriptors allow are too many for this limit, and hardly for a larger one.
    limits = replace(ROOMY, memory_bytes=ROOMY.memory_bytes - SERVER_BYTES)
    ended = await attacked(backend, SOCKETS.format(pair=pair) + WAIT, limits)
    assert ended.outcome is Outcome.MEMORY_LIMIT, ended.text


LARGE = """if True:
    import mmap, os
    x = {mapped}
    for at in range(0, len(x), 16 << 20):
        x[at:at + (16 << 20)] = bytes(min(16 << 20, len(x) - at))
        x.madvise(mmap.MADV_DONTNEED, at, 16 << 20)"""
UNACCOUNTED = {
    "in one large shared piece": LARGE.format(mapped="mmap.mmap(-1, 160 << 20)") + WAIT,
    "in a large piece of zeros": LARGE.format(
        mapped="mmap.mmap(os.open('/dev/zero', os.O_RDWR), 160 << 20)") + WAIT,
    "in a file without a name": """if True:
        import os
        file = os.memfd_create("x")
        for _ in range(120): os.write(file, bytes(1 << 20))""" + WAIT,
    "in shared memory that nobody has attached": """if True:
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        libc.shmat.restype = ctypes.c_void_p
        for _ in range(12):
            id = libc.shmget(0, 10 << 20, 0o1600)
            if id < 0:
                raise OSError(ctypes.get_errno(), "refused")
            at = libc.shmat(id, None, 0)
            ctypes.memset(at, 1, 10 << 20)
            libc.shmdt(ctypes.c_void_p(at))""" + WAIT,
    "in a file on its way through a socket": """if True:
        import os, socket
        ends = [socket.socketpair() for _ in range(12)]
        for mine, _ in ends:
            file = os.memfd_create("x")
            os.ftruncate(file, 10 << 20)
            for _ in range(10): os.write(file, bytes(1 << 20))
            socket.send_fds(mine, [b"x"], [file])
            os.close(file)""" + WAIT,
}  # fmt: skip


@pytest.mark.parametrize("kind", UNACCOUNTED)
async def test_memory_of_no_process_is_accounted_for_or_not_to_be_had(
    backend: LimitBackend, kind: str
) -> None:
    ended = await attacked(backend, UNACCOUNTED[kind], ROOMY)
    if backend.accounted:
        assert ended.outcome is Outcome.MEMORY_LIMIT, ended.text
    else:
        assert ended.outcome is Outcome.FAILED
        refused = ("Errno 38", "Errno 12", "Errno 19")  # no such call, memory or device
        assert any(error in ended.text for error in refused), ended.text


async def test_more_than_the_kernel_gives_is_refused(backend: LimitBackend) -> None:
    ended = await attacked(backend, "x = bytearray(1 << 40)")
    assert ended.text.endswith("MemoryError\n")
    assert ended.outcome is Outcome.FAILED


async def test_a_run_may_use_what_it_has(backend: LimitBackend) -> None:
    """Shared pages count once, and so do pages of a file that is mapped."""
    source = """if True:
        import mmap, os
        file = os.open("/dev/shm/x", os.O_RDWR | os.O_CREAT)
        os.ftruncate(file, 20 << 20)
        shared = mmap.mmap(file, 0)
        heap = bytearray(20 << 20)
        for at in range(0, len(shared), 4096): shared[at] = 1
        for _ in range(4):
            if os.fork() == 0: break
        sum(shared[::4096]); import time; time.sleep(0.3)"""
    ended = await attacked(backend, source, ROOMY)
    assert ended.outcome is Outcome.COMPLETED, ended.reason


@pytest.mark.attacks
async def test_reading_many_files_is_no_use_of_memory(backend: LimitBackend) -> None:
    source = """if True:
        import pathlib
        total = 0
        for path in pathlib.Path("/usr/lib").rglob("*.so*"):
            if total < 80 << 20 and path.is_file():
                total += len(path.read_bytes()) if path.stat().st_size < 5 << 20 else 0
        print("read", total > 0)"""
    ended = await attacked(backend, source)
    assert ended.text == "read True\n"
    assert ended.outcome is Outcome.COMPLETED
