"""What processes use, measured from outside."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.sandbox.limit_backends.check_time import CheckTime
from runner.sandbox.limit_backends.process_tree import look, private_bytes

MB = 1_000_000
NEVER = 1 << 40


@contextmanager
def running(source: str) -> Iterator[int]:
    """A process that has printed a line, and waits."""
    command = [sys.executable, "-I", "-S", "-c", f"{source}\nprint(flush=True)\ninput()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        yield process.pid
        process.communicate(b"\n")


def measured(pid: int, exact_from: int) -> int:
    return private_bytes(look(pid), exact_from, CheckTime())


def test_memory_of_a_process_counts() -> None:
    with running("x = bytearray(80_000_000)") as pid:
        tree, memory = look(pid), measured(pid, NEVER)
    assert 80 * MB < memory < 110 * MB
    assert (tree.processes, tree.tasks) == (1, 1)


def test_memory_that_was_given_back_does_not() -> None:
    with running("x = bytearray(80_000_000); del x") as pid:
        assert measured(pid, NEVER) < 40 * MB


def forked(times: int) -> str:
    """A process that holds 40 MB, and children of children that share it."""
    return f"""if True:
        import os
        x = bytearray(40_000_000)
        ready = os.pipe()
        for _ in range({times}):
            if os.fork():
                break
        else:
            os.write(ready[1], b"x")
        if os.getppid() != {os.getpid()}:
            os.read(0, 1)
            os._exit(0)
        os.read(ready[0], 1)"""


def test_pages_shared_after_a_fork_are_counted_once_when_it_matters() -> None:
    with running(forked(3)) as pid:
        tree, roughly, exactly = look(pid), measured(pid, NEVER), measured(pid, MB)
    assert tree.processes == 4
    assert roughly > 160 * MB
    assert 40 * MB < exactly < 80 * MB


def test_processor_time_counts_and_that_of_children_that_have_ended() -> None:
    burn = "while sum(os.times()[:2]) < 0.3: pass"
    source = f"import os\nif os.fork() == 0:\n    {burn}\n    os._exit(0)\nos.wait()"
    with running(source) as pid:
        assert 0.28 <= look(pid).cpu_seconds < 2


def test_a_process_with_a_misleading_name_is_measured() -> None:
    name = "open('/proc/self/comm', 'w').write(') R 1 1 (x')"
    burn = "import os\nwhile sum(os.times()[:2]) < 0.1: pass"
    with running(f"{name}\n{burn}") as pid:
        assert 0.08 <= look(pid).cpu_seconds < 2


def test_a_process_that_has_gone_uses_nothing() -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    assert (look(gone.pid).cpu_seconds, measured(gone.pid, 0)) == (0, 0)


def test_measuring_leaves_nothing_open() -> None:
    before = len(os.listdir("/proc/self/fd"))
    measured(os.getpid(), 0)
    assert len(os.listdir("/proc/self/fd")) == before


def test_who_waits_does_not_run_but_whose_thread_may() -> None:
    busy = """if True:
        import threading
        def burn():
            while True: pass
        threading.Thread(target=burn, daemon=True).start()"""
    found = []
    for source in ("", busy):
        with running(source) as pid:
            while not asleep(pid):
                time.sleep(0.01)
            found += [times.running for times in look(pid).times.values()]
    assert found == [False, True]


def asleep(pid: int) -> bool:
    """The first thread, in `input`."""
    return " S " in Path(f"/proc/{pid}/stat").read_text()
