"""A program may do with its side channel what it likes: it stays its own business."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace

import psutil
import pytest

from runner.executor.side_channels import Connection, SideChannel
from runner.limits import MIB
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import LIMITS, REFUSED, Attack, attacking, attempted, matches

ECHO_SECONDS = 0.25  # of a terminal beside an attack; at low priority machines take their time
MOST_BYTES = 8 * MIB
ATTEMPTS: dict[str, tuple[str, object]] = {
    "it is removed": ("os.unlink('/run/coderunner/show')", REFUSED),
    "it is moved away": (
        "os.rename('/run/coderunner/show', '/run/coderunner/other')", REFUSED),
    "its folder is moved away": (
        "os.rename('/run/coderunner', '/run/other')", ("EBUSY", *REFUSED)),
    "its folder is removed": ("os.rmdir('/run/coderunner')", ("EBUSY", *REFUSED)),
    "its rights are changed": ("os.chmod('/run/coderunner/show', 0)", REFUSED),
    "its folder's rights are changed": ("os.chmod('/run/coderunner', 0o777)", REFUSED),
    "it is hidden behind a link": (
        "os.symlink('/home/student', '/run/coderunner/link')", REFUSED),
    "a link to it is made in the home": (
        "os.link('/run/coderunner/show', '/home/student/link')", ("EXDEV", *REFUSED)),
    "another socket is put beside it": (
        "socket.socket(socket.AF_UNIX).bind('/run/coderunner/other')", REFUSED),
    "a file is made beside it": ("open('/run/coderunner/file', 'w')", REFUSED),
    "a link to it is followed": (
        "os.symlink('/run/coderunner/show', '/home/student/way')\n"
        "socket.socket(socket.AF_UNIX).connect('/home/student/way')", "done"),
    "somebody listens in its place": (
        "socket.socket(socket.AF_UNIX).bind('/run/coderunner/show')", ("EADDRINUSE", *REFUSED)),
    "it is mounted anew": (
        "checked(libc.mount(b'none', b'/run/coderunner', b'tmpfs', 0, None))", "EPERM"),
    "more connect than are accepted": (
        "kept = []\n"
        "while True:\n"
        "    kept.append(socket.socket(socket.AF_UNIX))\n"
        "    kept[-1].setblocking(False)\n"
        "    kept[-1].connect('/run/coderunner/show')", "EAGAIN"),
}  # fmt: skip
BEGINS = """import socket, struct, sys, threading
def connected():
    channel = socket.socket(socket.AF_UNIX)
    channel.connect("/run/coderunner/show")
    return channel
"""
FLOODS = (
    BEGINS
    + """
def flood():
    while True:
        try:
            channel = connected()
            frame = struct.pack(">cI", b"D", 60000) + bytes(60000)
            while True:
                channel.sendall(frame)
        except OSError:
            pass
for _ in range(3):
    threading.Thread(target=flood, daemon=True).start()
print("up", flush=True)
for line in sys.stdin:
    print("heard", line, flush=True)
"""
)
WHOLE_LENGTH = (
    BEGINS
    + """
channel = connected()
channel.sendall(struct.pack(">cI", b"D", 0xFFFFFFFF) + bytes(1000))
print("end", channel.recv(10), flush=True)
"""
)
MANY = (
    BEGINS
    + """
for _ in range(120):
    connected().close()
print("opened", flush=True)
"""
)
NEVER_READS = (
    BEGINS
    + """
channel = connected()
while True:
    channel.sendall(struct.pack(">cI", b"?", 0))
"""
)
DESCRIPTORS = (
    BEGINS
    + """
channel = connected()
for _ in range(20):
    socket.send_fds(channel, [struct.pack(">cI", b"D", 0)], [0] * 2)
channel.shutdown(socket.SHUT_WR)
print("end", channel.recv(10), flush=True)
"""
)


@pytest.fixture(scope="module")
def tried(backend: LimitBackend) -> object:
    return attempted(backend, ATTEMPTS)


@pytest.mark.parametrize("sentence", ATTEMPTS)
def test_the_socket_stays_as_it_is_when(
    tried: tuple[str, dict[str, object]], sentence: str
) -> None:
    outcome, seen = tried
    assert matches(seen[sentence], ATTEMPTS[sentence][1])
    assert outcome == "completed"


class Served:
    """What a side channel has heard in an attack; it answers frames of the kind `?`."""

    def __init__(self) -> None:
        self.frames = self.connections = self.read = self.unread = 0

    def open(self, attack: Attack) -> SideChannel:
        def count(number: int) -> bool:
            self.read += number
            return attack.pump.count_aside(number)

        channel = SideChannel({b"D": 64 * 1024, b"?": 0}, self.serve, count)
        channel.begin(attack.sandbox.listener("show"))
        return channel

    async def serve(self, connection: Connection) -> None:
        self.connections += 1
        while frame := await connection.frame():
            self.frames += 1
            if frame.kind == b"?" and not connection.answer(b"!", bytes(1000)):
                self.unread += 1
                return


@pytest.fixture
def served(tried: object) -> Iterator[Served]:
    """Nothing of it stays open in the executor."""
    before = psutil.Process().num_fds()
    yield Served()
    assert psutil.Process().num_fds() <= before


async def test_a_flood_ends_by_the_limit_of_output_and_delays_no_terminal(
    backend: LimitBackend, served: Served
) -> None:
    limits = replace(LIMITS, output_bytes=256 * MIB)
    async with attacking(backend, FLOODS, limits, measure=False) as attack:
        channel = served.open(attack)
        await attack.wait_for(b"up")
        before = psutil.Process().memory_info().rss
        waited = []
        ending = asyncio.create_task(attack.end())
        for number in range(20):
            if ending.done():
                break
            began = time.monotonic()
            attack.pump.type(number + 1, b"%d\n" % number)
            await attack.wait_for(b"heard %d" % number)
            waited.append(time.monotonic() - began)
        grown = psutil.Process().memory_info().rss - before
        ended = await ending
        await channel.end()
    assert ended.outcome == "output_limit"
    assert 256 * MIB < served.read < 257 * MIB
    assert sorted(waited)[len(waited) // 2] < ECHO_SECONDS
    assert grown < MOST_BYTES


async def test_a_length_of_4_gib_is_refused_at_once(backend: LimitBackend, served: Served) -> None:
    async with attacking(backend, WHOLE_LENGTH) as attack:
        channel = served.open(attack)
        ended = await attack.end()
        await channel.end()
    assert ended.outcome == "failed", ended.text  # it was told by the kernel that nobody listens
    assert "ConnectionResetError" in ended.text
    assert (served.frames, served.connections) == (0, 1)
    assert served.read == 5


@pytest.mark.attacks
async def test_thousands_of_connections_are_taken_slowly(
    backend: LimitBackend, served: Served
) -> None:
    async with attacking(backend, MANY) as attack:
        channel = served.open(attack)
        began = time.monotonic()
        ended = await attack.end()
        took = time.monotonic() - began
        await channel.end()
    assert ended.outcome == "completed"
    assert "opened" in ended.text
    assert served.connections == 120
    assert took > 0.1  # 100 at once, the others at 50 a second


async def test_who_never_reads_is_not_waited_for(backend: LimitBackend, served: Served) -> None:
    async with attacking(backend, NEVER_READS) as attack:
        channel = served.open(attack)
        ended = await attack.end()
        await channel.end()
    assert "BrokenPipeError" in ended.text or "ConnectionResetError" in ended.text
    assert served.unread == 1


async def test_descriptors_that_come_along_are_not_received(
    backend: LimitBackend, served: Served
) -> None:
    async with attacking(backend, DESCRIPTORS) as attack:
        channel = served.open(attack)
        ended = await attack.end()
        await channel.end()
    assert "end b''" in ended.text
    assert served.frames == 20


async def test_what_was_sent_before_the_end_is_read(backend: LimitBackend, served: Served) -> None:
    source = (
        BEGINS
        + "import os\nconnected().sendall(struct.pack('>cI', b'D', 9) + bytes(9))\nos._exit(0)"
    )
    async with attacking(backend, source) as attack:
        channel = served.open(attack)
        ended = await attack.end()
        await channel.end()
    assert ended.outcome == "completed"
    assert served.frames == 1


async def test_a_program_that_uses_none_finds_its_process_as_before(backend: LimitBackend) -> None:
    source = """if True:
        import os, sys
        print(os.open("/dev/null", 0), sorted(os.listdir("/proc/self/fd")))
        print([name for name in sys.modules if "coderunner" in name or "socket" in name])
        print([name for name in os.environ if "RUNNER" in name.upper() or "MPL" in name])"""
    async with attacking(backend, source) as attack:
        ended = await attack.end()
    assert ended.text == "3 ['0', '1', '2', '3', '4']\n[]\n[]\n"
