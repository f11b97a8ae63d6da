# size: one home, and all that a program may make of it
"""What a program has written in its home comes out, and nothing that a hostile one does with its
home has another effect than that something is left out; on each limit backend."""

import asyncio
import os
import time
from collections.abc import Mapping
from dataclasses import replace

import pytest

from runner.limits import MIB, Limits
from runner.sandbox import DataFile
from runner.sandbox.bubblewrap import ExitStatus, Program, Sandbox
from runner.sandbox.home import Collected
from runner.sandbox.limit_backends import LimitBackend
from runner.sandbox.sent import home_files
from tests.runner.sandbox.inside import on_a_terminal

LIMITS = replace(Limits(), disk_bytes=64 * MIB)
WAIT_SECONDS = 20


def data_file(path: str, content: bytes) -> DataFile:
    async def load() -> bytes:
        await asyncio.sleep(0)
        return content

    return DataFile(path, load)


def program(source: str, data: Mapping[str, bytes] | None = None) -> Program:
    files = {"main.py": source, "lib/helper.py": "X = 1\n"}
    placed = tuple(data_file(*each) for each in (data or {}).items())
    return Program(["/usr/bin/python3", "main.py"], files.items(), {}, data=placed)


async def run(
    backend: LimitBackend,
    source: str,
    data: Mapping[str, bytes] | None = None,
    *,
    warm: bool = True,
    limits: Limits = LIMITS,
) -> tuple[Collected | None, ExitStatus | None]:
    """What was collected at the end (None: nothing was asked for), and how the program ended."""
    found: list[Collected | None] = []
    async with on_a_terminal(limits, backend) as (sandbox, terminal):
        if warm:
            await sandbox.warm()
        await sandbox.launch(program(source, data))
        drain = asyncio.create_task(drained(terminal))

        async def take() -> None:
            found.append(await sandbox.files())

        async with asyncio.timeout(WAIT_SECONDS):
            status = await sandbox.ended(take)
        drain.cancel()
    return (found[0] if found else None), status


async def drained(terminal: object) -> None:
    while True:
        await asyncio.sleep(0.02)
        try:
            terminal.read(1 << 16)  # type: ignore[attr-defined]
        except OSError:
            return


def contents(collected: Collected | None) -> dict[str, bytes]:
    assert collected is not None
    return {os.fsdecode(file.path): file.data for file in collected.files}


def test_the_limits_in_the_sandbox_are_those_of_the_site() -> None:
    limits = Limits()
    inside = (
        home_files.MOST_FILES, home_files.MOST_BYTES, home_files.MOST_OF_ONE, home_files.SECONDS,
    )  # fmt: skip
    outside = (
        limits.returned_files, limits.returned_bytes, limits.artifact_bytes,
        limits.returned_seconds,
    )  # fmt: skip
    assert inside == outside


@pytest.mark.parametrize("warm", [True, False])
async def test_new_and_changed_files_come_out(backend: LimitBackend, warm: bool) -> None:
    source = """import os
os.makedirs("out/deep")
open("out/deep/a.bin", "wb").write(bytes(range(256)) * 400)
open("score.txt", "r+").write("2")
open("lib/helper.py", "a").write("Y = 2\\n")
open(".hidden", "w").write("x")
import lib.helper
"""
    data = {"score.txt": b"1", "data/big.bin": bytes(3 * MIB)}
    collected, status = await run(backend, source, data, warm=warm)
    assert status is not None
    assert status.exit_code == 0
    assert contents(collected) == {
        "out/deep/a.bin": bytes(range(256)) * 400,
        "score.txt": b"2",
        "lib/helper.py": b"X = 1\nY = 2\n",
    }
    assert collected is not None
    assert (collected.left_out, collected.short) == (0, False)
    assert all(file.whole for file in collected.files)


async def test_a_program_that_writes_nothing_is_asked_for_nothing(backend: LimitBackend) -> None:
    source = "import lib.helper; assert len(open('d/a.bin', 'rb').read()) == 2_500_000"
    collected, status = await run(backend, source, {"d/a.bin": bytes(2_500_000)})
    assert status is not None
    assert (collected, status.exit_code) == (None, 0)


async def test_data_lies_there_before_the_program_begins(backend: LimitBackend) -> None:
    every = {f"d/{size}": os.urandom(size) for size in (0, 1, MIB - 1, MIB, MIB + 1, 10 * MIB)}
    source = """import hashlib, os
sizes = sorted(map(int, os.listdir("d")))
open("out", "w").write(str([hashlib.sha256(open(f"d/{s}", "rb").read()).hexdigest() for s in sizes]))
"""
    import hashlib

    collected, _ = await run(backend, source, every)
    expected = str([hashlib.sha256(data).hexdigest() for data in every.values()])
    assert contents(collected) == {"out": expected.encode()}


async def test_data_that_does_not_fit_is_a_failure_of_the_program(backend: LimitBackend) -> None:
    small = replace(LIMITS, disk_bytes=4 * MIB)
    _, status = await run(backend, "print(1)", {"a": bytes(8 * MIB)}, limits=small)
    assert status is not None
    assert status.exit_code == 1


async def test_what_is_no_regular_file_is_left_out(backend: LimitBackend) -> None:
    source = """import os, socket
os.symlink("/etc/passwd", "link")
os.symlink("/proc/self", "folder")
os.mkfifo("pipe")
socket.socket(socket.AF_UNIX).bind("socket")
os.makedirs("d/" * 12)
open("d/" * 9 + "deep", "w").write("x")
open("good", "w").write("1")
os.mkdir("closed"); open("closed/x", "w").close(); os.chmod("closed", 0)
open("unreadable", "w").write("2"); os.chmod("unreadable", 0)
"""
    collected, _ = await run(backend, source)
    assert contents(collected) == {"good": b"1"}
    assert collected is not None
    assert collected.left_out == 7


async def test_a_folder_in_a_thousand_others_is_left_out(backend: LimitBackend) -> None:
    """snekbox: who follows them by their names fails, or never ends."""
    source = """import os
home = os.getcwd()
open("good", "w").write("1")
for _ in range(1000):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
open("deep", "w").write("x")
os.chdir(home)
os.symlink(".", "loop")
"""
    began = time.monotonic()
    collected, status = await run(backend, source)
    assert status is not None
    assert status.exit_code == 0
    assert contents(collected) == {"good": b"1"}
    assert time.monotonic() - began < WAIT_SECONDS


async def test_large_sparse_and_many_files_are_left_out(backend: LimitBackend) -> None:
    source = f"""import os
sparse = os.open("a-sparse", os.O_CREAT | os.O_RDWR)
try:
    os.truncate(sparse, 1 << 40)
except OSError:  # larger than a file may be, on some limit backends
    os.truncate(sparse, 50 << 20)
os.truncate(os.open("b-hole", os.O_CREAT | os.O_RDWR), {4 * MIB})
open("c-large", "wb").write(bytes({4 * MIB + 1}))
for number in range(100):
    open(f"d-{{number:03}}", "w").write("x")
"""
    collected, _ = await run(backend, source)
    found = contents(collected)
    assert found["b-hole"] == bytes(4 * MIB)
    assert collected is not None
    assert len(found) == 20
    assert collected.left_out == 2 + 100 - 19


async def test_all_of_them_have_a_limit_together(backend: LimitBackend) -> None:
    source = f"""
for number in range(5):
    open(f"{{number}}", "wb").write(bytes({3 * MIB}))
"""
    collected, _ = await run(backend, source)
    assert collected is not None
    assert (list(contents(collected)), collected.left_out) == (["0", "1"], 3)


async def test_as_many_files_as_a_disk_holds_are_bounded_in_time(backend: LimitBackend) -> None:
    source = """
try:
    for number in range(100_000):
        open(f"{number}", "w").close()
except OSError:
    pass
"""
    began = time.monotonic()
    collected, _ = await run(backend, source)
    assert collected is not None
    assert len(collected.files) == 20
    assert collected.left_out > 9_000
    assert time.monotonic() - began < WAIT_SECONDS


async def test_names_come_as_the_bytes_that_they_are(backend: LimitBackend) -> None:
    source = r"""import os
for name in (b"new\nline", b"\xff\xfe", "a\u202eb".encode(), b"x" * 255, b"file 3 4"):
    os.close(os.open(name, os.O_CREAT | os.O_WRONLY))
"""
    collected, _ = await run(backend, source)
    assert collected is not None
    names = {file.path for file in collected.files}
    assert names == {b"new\nline", b"\xff\xfe", "a\u202eb".encode(), b"x" * 255, b"file 3 4"}


async def test_what_is_moved_about_meanwhile_leads_nowhere(backend: LimitBackend) -> None:
    """Files become links, grow and shrink, while they are collected from the running program."""
    source = """import os, threading, time
secret = "/etc/passwd"
def swap():
    while True:
        for number in range(10):
            name = f"f{number}"
            try:
                os.remove(name)
            except OSError:
                pass
            os.symlink(secret, name)
            os.remove(name)
            with open(name, "wb") as file:
                file.write(b"x" * (number * 10_000))
                os.truncate(name, 5)
threading.Thread(target=swap, daemon=True).start()
time.sleep(60)
"""
    async with on_a_terminal(LIMITS, backend) as (sandbox, _):
        await sandbox.warm()
        await sandbox.launch(program(source))
        ended = asyncio.create_task(sandbox.ended())
        answered = 0
        for _ in range(30):
            collected = await sandbox.files()
            if collected is None:
                continue
            answered += 1
            for file in collected.files:
                assert b"root:" not in file.data
        assert answered > 5
        sandbox.kill()
        assert await ended is None


async def test_files_are_given_while_the_program_runs_and_each_once(backend: LimitBackend) -> None:
    source = """
open("a", "w").write("1")
input()
open("a", "w").write("22")
input()
"""
    async with on_a_terminal(LIMITS, backend) as (sandbox, terminal):
        await sandbox.warm()
        await sandbox.launch(program(source))
        late: list[Collected | None] = []

        async def take() -> None:
            late.append(await sandbox.files())

        ended = asyncio.create_task(sandbox.ended(take))
        await files_are(sandbox, {"a": b"1"})
        again = await sandbox.files()
        assert contents(again) == {}
        assert await sandbox.terminal_use() is not None  # other questions are answered, too
        terminal.write(b"\n")
        await files_are(sandbox, {"a": b"22"})
        terminal.write(b"\n")
        async with asyncio.timeout(WAIT_SECONDS):
            status = await ended
        assert status is not None
        assert status.exit_code == 0
        assert late == []  # there is nothing new, so nobody asks


async def files_are(sandbox: Sandbox, wanted: dict[str, bytes]) -> None:
    """Presently: a file that is just being written has less in it."""
    found: dict[str, bytes] = {}
    async with asyncio.timeout(WAIT_SECONDS):
        while found != wanted:
            collected = await sandbox.files()
            found |= contents(collected) if collected else {}


async def test_a_program_that_ends_the_one_who_would_collect_ends_itself(
    backend: LimitBackend,
) -> None:
    source = """import os, signal
open("a", "w").write("1")
os.kill(os.getppid(), signal.SIGKILL)
"""
    collected, status = await run(backend, source)
    assert (collected, status) == (None, None)


async def test_a_program_that_stops_the_one_who_would_collect_is_ended_in_time(
    backend: LimitBackend,
) -> None:
    source = """import os, signal, time
open("a", "w").write("1")
os.kill(os.getppid(), signal.SIGSTOP)
time.sleep(60)
"""
    async with on_a_terminal(LIMITS, backend) as (sandbox, _):
        await sandbox.warm()
        await sandbox.launch(program(source))
        ended = asyncio.create_task(sandbox.ended())
        await asyncio.sleep(0.5)
        for _ in range(2):
            began = time.monotonic()
            await sandbox.files()  # of who is not stopped after all, an answer
            assert time.monotonic() - began < 5
        sandbox.kill()
        await ended


async def test_who_is_left_behind_changes_nothing_any_more(backend: LimitBackend) -> None:
    source = """import os, time
if os.fork() == 0:
    os.setsid()
    while True:
        open("a", "w").write("x" * 100_000)
time.sleep(0.2)
"""
    collected, _ = await run(backend, source)
    assert collected is not None
    assert all(file.whole for file in collected.files)


async def test_the_memory_of_a_program_is_not_needed_for_it(backend: LimitBackend) -> None:
    limits = replace(LIMITS, memory_bytes=64 * MIB)
    source = f"open('a', 'wb').write(bytes({4 * MIB})); x = bytearray({20 * MIB})"
    collected, _ = await run(backend, source, limits=limits)
    assert len(contents(collected)["a"]) == 4 * MIB
