"""How long a run takes to be dead: `python -m tests.sandbox.teardown 40`, on the machine's best limit backend,
or on that of a second argument.

From the decision until no process is left, whatever they do: ignore signals, hide as daemons,
stand still, wait as zombies for nobody.
"""

import asyncio
import os
import select
import signal
import subprocess
import sys
import time

from bench.statistics import milliseconds, percentile
from runner.limits import Limits
from runner.sandbox.limit_backends import LIMIT_BACKENDS, LimitBackend, best_backend
from runner.sandbox.limit_backends.process_tree import look
from tests.sandbox.attack import Attack, attacking

WAIT_SECONDS = 30.0
STUBBORN = """if True:
    import os, signal, time
    for number in range(1, 65):
        try: signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError): pass
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
"""
LIVES = {
    "ignoring every signal": STUBBORN + "    print('up', flush=True)\n    while True: pass",
    "as daemons of daemons": """if True:
        import os, time
        for _ in range(5):
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0: time.sleep(600)
                os._exit(0)
            os.wait()
        print("up", flush=True); time.sleep(600)""",
    "stopped": """if True:
        import os, signal, time
        for _ in range(3):
            if os.fork() == 0:
                os.kill(os.getpid(), signal.SIGSTOP)
        print("up", flush=True); os.kill(os.getpid(), signal.SIGSTOP)""",
    "among zombies": """if True:
        import os, time
        for _ in range(8):
            if os.fork() == 0: os._exit(0)
        time.sleep(0.1); print("up", flush=True); time.sleep(600)""",
    "waiting for a traced child": """if True:
        import ctypes, os, signal, time
        if os.fork() == 0:
            ctypes.CDLL(None).ptrace(0, 0, 0, 0); os.kill(os.getpid(), signal.SIGSTOP)
        time.sleep(0.1); print("up", flush=True); time.sleep(600)""",
    "in a child that shares its parent's memory": """if True:
        import subprocess
        print("up", flush=True); subprocess.run(["sleep", "600"])""",
    "with all the processes and memory it may have": """if True:
        import os, time
        x = bytearray(40 << 20)
        try:
            for _ in range(99):
                if os.fork() == 0: time.sleep(600)
        except OSError: print("up", flush=True)
        time.sleep(600)""",
}


def seconds_to_die(attack: Attack) -> float:
    """Nothing else is done here meanwhile."""
    tree = look(attack.sandbox._root.pid).depths
    with watched(list(tree)) as processes:
        began = time.monotonic()
        attack.sandbox.kill()
        processes.wait()
        return time.monotonic() - began


class watched:
    """Processes, which are known until they are gone or nobody's but their parent's."""

    def __init__(self, pids: list[int]) -> None:
        self._poll = select.poll()
        self._descriptors = set()
        for pid in pids:
            try:
                descriptor = os.pidfd_open(pid)
            except ProcessLookupError:
                continue  # a child that was just ending
            self._descriptors.add(descriptor)
            self._poll.register(descriptor, select.POLLIN)

    def __enter__(self) -> "watched":
        return self

    def wait(self) -> None:
        waiting, give_up_at = set(self._descriptors), time.monotonic() + WAIT_SECONDS
        while waiting:
            for descriptor, _ in self._poll.poll(1000 * (give_up_at - time.monotonic())):
                self._poll.unregister(descriptor)
                waiting.discard(descriptor)
            assert time.monotonic() < give_up_at, "a process does not die"

    def __exit__(self, *_: object) -> None:
        for descriptor in self._descriptors:
            os.close(descriptor)


def plain_seconds_to_die() -> float:
    """Of as many processes without a sandbox: what the machine needs for it now."""
    source = "import os, time\nfor _ in range(3): os.fork()\nprint(flush=True); time.sleep(600)"
    command = [sys.executable, "-I", "-S", "-c", source]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as parent:
        assert parent.stdout
        for _ in range(8):
            parent.stdout.readline()
        with watched(list(look(parent.pid).depths)) as processes:
            began = time.monotonic()
            os.killpg(parent.pid, signal.SIGKILL)
            processes.wait()
            return time.monotonic() - began


async def deaths(backend: LimitBackend, life: str, times: int) -> list[float]:
    """Seconds of each."""
    took = []
    for _ in range(times):
        async with attacking(backend, LIVES[life], measure=False) as attack:
            await attack.wait_for(b"up")
            took.append(seconds_to_die(attack))
    return took


async def main(times: int, name: str = "") -> None:
    backend = LIMIT_BACKENDS[name](Limits()) if name else best_backend(Limits())[0]
    print(f"{backend.name}, each {times} times: until no process is left")
    try:
        everything = []
        for life in LIVES:
            took = await deaths(backend, life, times)
            everything += took
            print(_line(life, took))
        print(_line("all", everything))
        print(_line("as many without a sandbox", [plain_seconds_to_die() for _ in range(times)]))
    finally:
        backend.close()


def _line(what: str, took: list[float]) -> str:
    half, most = (milliseconds(percentile(took, part)) for part in (50, 95))
    return f"{what:46} p50 {half:>9}   p95 {most:>9}   worst {milliseconds(max(took)):>9}"


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), *sys.argv[2:]))
