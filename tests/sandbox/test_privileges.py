"""An ordinary user who stays one, and no device but the harmless."""

from typing import Any

import pytest

from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import REFUSED, attempted, matches

ATTEMPTS: dict[str, tuple[str, object]] = {
    "it becomes root": ("os.setuid(0)", "EPERM"),
    "it becomes root by all three ids": ("os.setresuid(0, 0, 0)", "EPERM"),
    "it joins groups": ("os.setgroups([0])", "EPERM"),
    "it has privileges": (
        "seen = {line.split()[1] for line in read('/proc/self/status').splitlines()"
        " if line[:3] == 'Cap'} == {'0' * 16}", True),
    "it raises privileges": (
        "header = struct.pack('II', 0x20080522, 0)\n"
        "checked(libc.capset(header, struct.pack('6I', *[0xffffffff] * 6)))", "EPERM"),
    "a program that raises privileges is run": (
        "seen = 'NoNewPrivs:\\t1' in read('/proc/self/status')", True),
    "a file is made that raises privileges": (
        "open('/tmp/x', 'w').write('#!/bin/sh\\nid -u'); os.chmod('/tmp/x', 0o4755)\n"
        "import subprocess; seen = subprocess.run('/tmp/x', capture_output=True).stdout.decode()",
        "1000\n"),
    "a file is given to root": ("open('/tmp/y', 'w'); os.chown('/tmp/y', 0, 0)", "EPERM"),
    "it becomes itself": ("os.setresuid(1000, -1, 1000); os.setgid(1000); seen = os.getuid()", 1000),
    "a file is given to oneself": (
        "open('/tmp/own', 'w'); os.chown('/tmp/own', 1000, -1); os.lchown('/tmp/own', -1, 1000)", "done"),
    "the user is hidden in upper bits": ("call('setuid', 1 << 32)", "EPERM"),
    "a privilege is given to a file": (
        "open('/tmp/z', 'w')\n"
        "os.setxattr('/tmp/z', 'security.capability', struct.pack('5I', 0x02000001, 1, 0, 0, 0))",
        "ENOTSUP"),
    "a disk is made as a device": ("os.mknod('/tmp/disk', 0o60666, os.makedev(8, 0))", "EPERM"),
    "memory is made as a device": ("os.mknod('/dev/shm/mem', 0o20666, os.makedev(1, 1))", "EPERM"),
    "devices are looked for": (
        "seen = sorted(set(os.listdir('/dev')) - {'console', 'fd', 'full', 'null', 'ptmx', 'pts',"
        " 'random', 'shm', 'stderr', 'stdin', 'stdout', 'tty', 'urandom', 'zero', 'core'})", []),
    "the memory of the machine is opened": ("open('/dev/mem')", "ENOENT"),
    "a device is made in /dev": ("os.mknod('/dev/x', 0o20666, os.makedev(1, 1))", "EROFS"),
    "it takes the processor before others": ("os.setpriority(os.PRIO_PROCESS, 0, -20)", "EACCES"),
    "it takes the processor in real time": (
        "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))", "EPERM"),
    "it interrupts others when it wakes up": (
        "os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))", "EPERM"),
    "it takes turns as others do": (  # nothing changes, its turns stay as long as they are
        "number = 315 if os.uname().machine == 'x86_64' else 275  # sched_getattr\n"
        "before, after = bytearray(48), bytearray(48)\n"
        "point = lambda data: (ctypes.c_char * 48).from_buffer(data)\n"
        "checked(libc.syscall(number, 0, point(before), 48, 0))\n"
        "os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))\n"
        "checked(libc.syscall(number, 0, point(after), 48, 0))\n"
        "seen = [] if before == after else [before.hex(), after.hex()]", []),
    "it takes short turns, so as to come first": (
        "number = 314 if os.uname().machine == 'x86_64' else 274  # sched_setattr\n"
        "turn = struct.pack('=IIQiIQQQ', 48, os.SCHED_BATCH, 0, 19, 0, 100_000, 0, 0)\n"
        "checked(libc.syscall(number, 0, turn, 0))", "EPERM"),
    "it raises its limits": (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))", "ValueError"),
    "it raises its limit on processes": (
        "import resource; resource.setrlimit(resource.RLIMIT_NPROC, (4096, 4096))", "ValueError"),
    "it hides from the killer of large processes": (
        "put('/proc/self/oom_score_adj', '-1000')", REFUSED),
    "memory is locked": (
        "import mmap\nm = mmap.mmap(-1, 32 << 20)\n"
        "address = ctypes.addressof(ctypes.c_char.from_buffer(m))\n"
        "checked(libc.mlock(ctypes.c_void_p(address), ctypes.c_size_t(32 << 20)))", "ENOMEM"),
}  # fmt: skip


@pytest.fixture(scope="module")
def tried(backend: LimitBackend) -> Any:
    return attempted(backend, ATTEMPTS)


@pytest.mark.parametrize("sentence", ATTEMPTS)
def test_it_gains_nothing_when(tried: Any, sentence: str) -> None:
    outcome, seen = tried
    assert matches(seen[sentence], ATTEMPTS[sentence][1])
    assert outcome == "completed"
