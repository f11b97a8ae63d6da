# size: one table of attacks, each on the same question
"""Kernel memory that is charged to nobody is refused, or counted: whatever makes the kernel keep it.

Each attack asks for several times what its run may have. `attacking` measures the machine.
"""

from dataclasses import replace
from typing import Any

import pytest

from runner.limits import MIB
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import LIMITS, attacked, attempted, matches

ROOMY = replace(LIMITS, processes=64, open_files=1024, disk_files=5000, disk_bytes=256 * MIB)
WAIT = "\nimport time; time.sleep(600)"

# What cannot be had at all: the sentence, and the lines that try it in thousands.
ACL = """
entry = struct.Struct('<HHI').pack
acl = struct.pack('<I', 2) + entry(1, 7, 2**32 - 1) + entry(2, 7, 1000) * 8187
acl += entry(4, 7, 2**32 - 1) + entry(16, 7, 2**32 - 1) + entry(32, 7, 2**32 - 1)
def each():
    for n in range(3000):
        os.makedirs(f'/tmp/{n}', exist_ok=True)
        yield f'/tmp/{n}'
"""
HELD = """
held = []
def each(make=lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)):
    for _ in range(900):
        held.append(make())
        yield held[-1]
"""
FILTER = """
code = struct.pack('HBBI', 0x94, 0, 0, 7) * 4000 + struct.pack('HBBI', 6, 0, 0, 0)
buffer = ctypes.create_string_buffer(code)
program = struct.pack('HxxxxxxQ', 4001, ctypes.addressof(buffer))
"""
REFUSED: dict[str, tuple[str, object]] = {
    "rights are listed": (ACL + "for d in each(): os.setxattr(d, 'system.posix_acl_access', acl)", "ENOTSUP"),
    "rights to come are listed": (ACL + "for d in each(): os.setxattr(d, 'system.posix_acl_default', acl)", "ENOTSUP"),
    "rights of an open file are listed": (
        ACL + "for d in each():\n"
        "    f = os.open(d + '/f', os.O_CREAT | os.O_RDWR); os.setxattr(f, 'system.posix_acl_access', acl); os.close(f)",
        "ENOTSUP"),
    "rights are listed without following links": (
        ACL + "for d in each(): os.setxattr(d, 'system.posix_acl_access', acl, follow_symlinks=False)", "ENOTSUP"),
    "rights are listed by the newest call": (
        ACL + "box = ctypes.create_string_buffer(acl)\n"
        "args = struct.pack('QII', ctypes.addressof(box), len(acl), 0)\n"
        "for d in each(): call('setxattrat', -100, d.encode(), 0, b'system.posix_acl_access', args, 16)", "ENOTSUP"),
    "notes are attached": (ACL + "for d in each(): os.setxattr(d, 'user.x', bytes(60_000))", "ENOTSUP"),
    "policies are set for parts of shared memory": (
        "import mmap\nm = mmap.mmap(-1, 1 << 22)\nat = ctypes.addressof(ctypes.c_char.from_buffer(m))\n"
        "nodes = ctypes.create_string_buffer(struct.pack('Q', 1))\n"
        "for n in range(0, 1 << 22, 8192): call('mbind', at + n, 4096, 2, nodes, 64, 0)", "EPERM"),
    "a policy is set for the program": ("call('set_mempolicy', 3, struct.pack('Q', 1), 64)", "EPERM"),
    "datagrams wait for the rest": (
        HELD + "for s in each():\n    s.connect(('127.0.0.1', 9)); s.send(bytes(60_000), 0x8000)", "ENOTSUP"),
    "datagrams wait for the rest, by another call": (
        HELD + "for s in each():\n    s.connect(('127.0.0.1', 9)); s.sendmsg([bytes(60_000)], [], 0x8000)", "ENOTSUP"),
    "datagrams wait by an option": (
        HELD + "for s in each():\n    s.setsockopt(17, 1, 1); s.connect(('127.0.0.1', 9)); s.send(bytes(60_000))",
        "ENOPROTOOPT"),
    "groups are joined": (
        HELD + "for n, s in enumerate(each(lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM))):\n"
        "    for m in range(1000): s.setsockopt(41, 20, bytes([255, 2]) + struct.pack('>QI', n, m) + bytes(2) + struct.pack('i', 1))",
        "ENODEV"),
    "groups of IPv4 are joined": (
        HELD + "for n, s in enumerate(each()):\n"
        "    s.setsockopt(0, 35, bytes([224, 1, n & 255, 1]) + socket.inet_aton('127.0.0.1'))", "ENODEV"),
    "headers are kept": (
        HELD + "for s in each(lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)):\n"
        "    s.setsockopt(41, 57, bytes([0, 4, 0, 2]) + bytes(36))", "ENOPROTOOPT"),
    "labels of the machine are taken": (
        HELD + "for s in each(lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)):\n"
        "    s.setsockopt(41, 32, bytes(15) + b'\\1' + struct.pack('>IBBHHHI', 7, 0, 1, 1, 9, 9, 0))", "ENOPROTOOPT"),
    "errors are queued": (
        HELD + "for s in each():\n"
        "    s.setsockopt(0, 11, 1); s.connect(('127.0.0.1', 9))\n"
        "    for _ in range(400):\n"
        "        try: s.send(b'x' * 1000)\n"
        "        except ConnectionRefusedError: pass", "ENOPROTOOPT"),
    "stamps are queued": (
        HELD + "for s in each():\n"
        "    s.setsockopt(1, 37, 2 | 16); s.connect(('127.0.0.1', 9)); s.send(bytes(60_000))", "ENOPROTOOPT"),
    "filters are attached": (
        FILTER + HELD + "for s in each(): s.setsockopt(1, 26, program)", "ENOPROTOOPT"),
    "filters are attached to pairs": (
        FILTER + HELD + "for a, b in each(socket.socketpair): a.setsockopt(1, 26, program)", "ENOPROTOOPT"),
    "filters choose among sockets": (
        FILTER + HELD + "for s in each():\n"
        "    s.setsockopt(1, 15, 1); s.bind(('127.0.0.1', 0)); s.setsockopt(1, 51, program)", "ENOPROTOOPT"),
    "a compiled filter is attached": ("socket.socket().setsockopt(1, 50, struct.pack('i', 0))", "ENOPROTOOPT"),
    "pages are sent without a copy": ("socket.socket().setsockopt(1, 60, 1)", "ENOPROTOOPT"),
    "a connection gets a protocol above it": ("socket.socket().setsockopt(6, 31, b'tls')", "ENOPROTOOPT"),
    "keys are kept for connections": ("socket.socket().setsockopt(6, 14, bytes(216))", "ENOPROTOOPT"),
    "a level that nobody has heard of is set": ("socket.socket().setsockopt(282, 1, bytes(40))", "ENOPROTOOPT"),
    "a filter of calls is added": (FILTER + "call('seccomp', 1, 0, program)", "ENOSYS"),
    "a filter of calls is added by the older call": (FILTER + "checked(libc.prctl(22, 2, program))", "EINVAL"),
    "a core is had alone": ("checked(libc.prctl(62, 1, 0, 0, 0))", "EINVAL"),
    "pages are merged": ("checked(libc.prctl(67, 1, 0, 0, 0))", "EINVAL"),
    "pages are merged in part": ("import mmap; mmap.mmap(-1, 8192).madvise(12)", "EINVAL"),
    "pages are put into swap": ("import mmap; mmap.mmap(-1, 8192).madvise(21)", "EINVAL"),
    "pages of others are put into swap": ("call('process_madvise', 0, 0, 0, 21, 0)", "ENOSYS"),
    "a large table of futexes is made": ("checked(libc.prctl(78, 1, 1 << 20, 0, 0))", "EINVAL"),
    "an option that is not there yet is set": ("checked(libc.prctl(4000, 1, 0, 0, 0))", "EINVAL"),
    "a table of segments is made": ("call('modify_ldt', 1, bytes(16), 16)", ("ENOSYS", "KeyError")),
    "a pipe is made for notes of the kernel": ("checked(libc.pipe2((ctypes.c_int * 2)(), 0x80))", "ENOPKG"),
    "a secret memory is made": ("call('memfd_secret', 0)", "ENOSYS"),
    "files of all are forgotten": (
        "f = os.open('/usr/bin/python3', os.O_RDONLY)\n"
        "os.posix_fadvise(f, 0, 0, os.POSIX_FADV_DONTNEED); seen = 'succeeds and does nothing'",
        "succeeds and does nothing"),
    "a buffer is made large": (
        "s = socket.socket(); before = s.getsockopt(1, 8); s.setsockopt(1, 8, 1 << 22)\n"
        "seen = s.getsockopt(1, 8) == before", True),
    "a call is newer than what was judged": (
        "seen = []\n"
        "for number in (472, 473, 500, 511, 600, 1000, 340, 380, 423):\n"
        "    try: checked(libc.syscall(ctypes.c_long(number), 0, 0, 0, 0, 0, 0))\n"
        "    except OSError as error: seen.append(errno.errorcode[error.errno])", ["ENOSYS"] * 9),
}  # fmt: skip


@pytest.fixture(scope="module")
def tried(backend: LimitBackend) -> Any:
    return attempted(backend, REFUSED, ROOMY)


@pytest.mark.parametrize("sentence", REFUSED)
def test_the_kernel_keeps_nothing_when(tried: Any, sentence: str) -> None:
    outcome, seen = tried
    assert matches(seen[sentence], REFUSED[sentence][1])
    assert outcome == "completed"


# What can be had is counted: the run ends.
MANY = """if True:
    import fcntl, os, select, socket, struct, sys, time
    def crowd(count):
        for _ in range(count):
            if os.fork() == 0: return
"""
COUNTED = {
    "connections that nobody has accepted": MANY + """
    crowd(3)
    servers = []
    for n in range(60):
        server = socket.create_server((f"127.0.{os.getpid()}.{n + 1}", 5000), backlog=4096)
        servers.append(server)
        for _ in range(128):
            client = socket.create_connection(server.getsockname())
            client.setblocking(False)
            try:
                for _ in range(4): client.send(bytes(60_000))
            except BlockingIOError: pass
            client.close()""" + WAIT,
    "locks of parts of files": MANY + """
    crowd(15)
    for n in range(200):
        file = os.open(f"/tmp/{os.getpid()}-{n}", os.O_RDWR | os.O_CREAT)
        for at in range(0, 2000, 2): fcntl.lockf(file, fcntl.LOCK_EX, 1, at)""" + WAIT,
    "locks of parts of files of all": MANY + """
    for folder, _, names in os.walk("/usr"):
        for name in names:
            try: file = os.open(f"{folder}/{name}", os.O_RDONLY | os.O_NOFOLLOW)
            except OSError: continue
            for at in range(0, 2000, 2): fcntl.lockf(file, fcntl.LOCK_SH, 1, at)""" + WAIT,
    "watches of descriptors that are closed": MANY + """
    epolls = [select.epoll() for _ in range(30)]
    files = [os.eventfd(0) for _ in range(300)]
    for number in range(400, 1000):
        for file in files:
            os.dup2(file, number)
            for epoll in epolls: epoll.register(number)
            os.close(number)""" + WAIT,
}  # fmt: skip


SLOW = {k: [pytest.mark.attacks] if k.startswith("locks") else [] for k in COUNTED}


@pytest.mark.parametrize("kind", [pytest.param(k, marks=SLOW[k], id=k) for k in COUNTED])
async def test_much_of_it_ends_the_run(backend: LimitBackend, kind: str) -> None:
    ended = await attacked(backend, COUNTED[kind], replace(ROOMY, memory_bytes=48 * MIB))
    assert ended.outcome is Outcome.MEMORY_LIMIT, ended.text


COSTLY = (
    MANY
    + """
    crowd(60)
    for folder, _, names in os.walk("/usr"):
        for name in names:
            try: os.open(f"{folder}/{name}", os.O_RDONLY | os.O_NOFOLLOW)
            except OSError as error:
                if error.errno == 24:
                    while True: pass"""
)


@pytest.mark.attacks
async def test_who_cannot_be_checked_in_time_is_ended(backend: LimitBackend) -> None:
    ended = await attacked(backend, COSTLY, replace(ROOMY, memory_bytes=2048 * MIB))
    assert ended.outcome is Outcome.MEMORY_LIMIT
    assert ended.reason == (ReasonCode.TOO_MUCH_TO_CHECK, {})
