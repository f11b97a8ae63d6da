"""A second run sees nothing of the first, also at the same time; and nothing is left on the host."""

import os
from pathlib import Path

from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import SCREEN, attacked, attacking

LEAVE = """if True:
    import ctypes, os, socket
    from multiprocessing.shared_memory import SharedMemory
    libc = ctypes.CDLL(None)
    for place in (".", "/tmp", "/dev/shm"):
        open(place + "/left", "w").write("x")
    memory = SharedMemory("left_memory", create=True, size=100)
    s = socket.socket(socket.AF_UNIX); s.bind("\\0left"); s.listen()
    libc.shmget(4242, 4096, 0o1666); libc.msgget(4242, 0o1666); libc.semget(4242, 1, 0o1666)
    libc.mq_open(b"/left", os.O_CREAT | os.O_RDWR, 0o666, None)
    libc.sem_open(b"/left", os.O_CREAT, 0o666, 1)
    port = socket.create_server(("127.0.0.1", 4242))
    print("left", flush=True)
    input(); os._exit(0)
"""
LOOK = """if True:
    import ctypes, os, socket
    libc = ctypes.CDLL(None)
    print([os.listdir(place) for place in (".", "/tmp", "/dev/shm")])
    for connect in (
        lambda: socket.socket(socket.AF_UNIX).connect("\\0left"),
        lambda: socket.create_connection(("127.0.0.1", 4242), 5),
    ):
        try:
            connect(); print("found")
        except OSError:
            print("nothing")
    found = [libc.shmget(4242, 4096, 0), libc.msgget(4242, 0), libc.semget(4242, 1, 0),
             libc.mq_open(b"/left", os.O_RDWR)]
    print(found, len([p for p in os.listdir("/proc") if p.isdigit()]))
"""
OWN = [".X11-unix"] if SCREEN else []  # the X server of a GUI run: a socket, and a process
NOTHING = f"[['main.py'], {OWN}, []]\nnothing\nnothing\n[-1, -1, -1, -1] {3 + len(OWN)}\n"


async def test_nothing_of_a_run_is_there_for_the_next(backend: LimitBackend) -> None:
    async with attacking(backend, LEAVE) as attack:
        await attack.wait_for(b"left")
        attack.terminal.write(b"\n")
        assert (await attack.end()).outcome is Outcome.COMPLETED
    ended = await attacked(backend, LOOK)
    assert ended.text == NOTHING
    assert ended.outcome is Outcome.COMPLETED


async def test_nothing_of_a_run_is_there_for_another_beside_it(backend: LimitBackend) -> None:
    async with attacking(backend, LEAVE) as attack:
        await attack.wait_for(b"left")
        assert (await attacked(backend, LOOK)).text == NOTHING
        attack.terminal.write(b"\n")
        assert (await attack.end()).outcome is Outcome.COMPLETED


async def test_a_crash_leaves_no_core(backend: LimitBackend) -> None:
    source = """if True:
        import os, resource
        print(resource.getrlimit(resource.RLIMIT_CORE), flush=True)
        if os.fork() == 0:
            os.abort()
        os.wait(); print(os.listdir(), flush=True); os.abort()"""
    before = set(os.listdir("/tmp")) | set(os.listdir())
    ended = await attacked(backend, source)
    assert ended.text == "(1, 1)\n['main.py']\n"
    assert ended.outcome is Outcome.FAILED
    assert ended.reason == ("signal", {"signal": "SIGABRT"})
    new = set(os.listdir("/tmp")) | set(os.listdir())
    assert not {name for name in new - before if "core" in name}


async def test_the_host_does_not_see_what_a_run_writes(backend: LimitBackend) -> None:
    name = f"attack-{os.getpid()}"
    source = f"""if True:
        for place in ("/tmp", "/dev/shm"):
            open(place + "/{name}", "w").write("x")
        print("written", flush=True); input()"""
    async with attacking(backend, source) as attack:
        await attack.wait_for(b"written")
        assert not Path("/tmp", name).exists()
        assert not Path("/dev/shm", name).exists()
        mounts = Path("/proc/mounts").read_text().splitlines()
        assert "sandbox" not in {line.split()[0] for line in mounts}
        attack.terminal.write(b"\n")
        assert (await attack.end()).outcome is Outcome.COMPLETED
