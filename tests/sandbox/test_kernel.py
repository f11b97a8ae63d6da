"""Doors into the kernel that no namespace closes: the filter of system calls does."""

import platform
from typing import Any

import pytest

from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import attempted, matches

ATTEMPTS: dict[str, tuple[str, object]] = {
    "a key is added for the user": ("call('add_key', b'user', b'x', b'y', 1, -3)", "EPERM"),
    "a keyring is joined": ("call('keyctl', 1, b'_ses')", "EPERM"),
    "a key is asked for": ("call('request_key', b'user', b'x', b'', -3)", "EPERM"),
    "a program for the kernel is loaded": ("call('bpf', 5, bytes(128), 128)", "EPERM"),
    "events of the machine are counted": ("call('perf_event_open', bytes(120), 0, -1, -1, 0)", "EPERM"),
    "page faults are held up": ("call('userfaultfd', 0)", "EPERM"),
    "page faults are held up by the device": ("open('/dev/userfaultfd')", "ENOENT"),
    "a ring of calls is set up": ("call('io_uring_setup', 8, bytes(120))", "ENOSYS"),
    "a queue of reads and writes is set up": ("call('io_setup', 60000, bytes(8))", "ENOSYS"),
    "a handle of a file is made": ("call('name_to_handle_at', -100, b'/usr', bytes(200), bytes(8), 0)", "EPERM"),
    "a file is opened by its handle": ("call('open_by_handle_at', 0, bytes(200), 0)", "EPERM"),
    "a module is loaded": ("call('init_module', b'', 0, b'')", "EPERM"),
    "a module is loaded from a file": ("call('finit_module', 0, b'', 0)", "EPERM"),
    "a module is unloaded": ("call('delete_module', b'x', 0)", "EPERM"),
    "another kernel is prepared": ("call('kexec_load', 0, 0, 0, 0)", "EPERM"),
    "the machine is rebooted": ("call('reboot', 0xfee1dead, 672274793, 0x1234567, 0)", "EPERM"),
    "swap is added": ("call('swapon', b'/tmp/x', 0)", "EPERM"),
    "accounting is switched on": ("call('acct', b'/tmp/x')", "EPERM"),
    "quotas are changed": ("call('quotactl', 0x800002, 0, 0, 0)", "EPERM"),
    "the kernel's log is read": ("call('syslog', 3, ctypes.create_string_buffer(999), 999)", "EPERM"),
    "the clock is set": ("time.clock_settime(time.CLOCK_REALTIME, 0)", "EPERM"),
    "the clock is turned": ("call('clock_adjtime', 0, bytes(208))", "EPERM"),
    "the name of the host is set": ("socket.sethostname('evil')", "EPERM"),
    "another process's descriptor is taken": ("call('pidfd_getfd', os.pidfd_open(os.getppid()), 0, 0)", "EPERM"),
    "two processes are compared": ("call('kcmp', 1, 2, 0, 0, 0)", "EPERM"),
    "large pages of the machine are taken": (
        "import mmap; mmap.mmap(-1, 2 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40000)", "ENOMEM"),
    "large pages are taken as a file": ("os.memfd_create('x', os.MFD_HUGETLB)", ("ENOMEM", "ENOSYS")),
    "a memory of another node is moved": ("call('move_pages', 0, 0, 0, 0, 0, 0)", "EPERM"),
    "everybody's files are watched": ("call('fanotify_init', 0, 0)", "EPERM"),
    "files of others are watched": ("checked(libc.inotify_init1(0))", "ENOSYS"),
    "a folder of others is watched": (
        "import fcntl; fcntl.fcntl(os.open('/usr/lib', os.O_RDONLY), fcntl.F_NOTIFY, 1)", "EINVAL"),
    "it asks which files others have read": ("call('cachestat', 0, bytes(16), bytes(40), 0)", "ENOSYS"),
    "a lease on a file of others is taken": (
        "import fcntl; fcntl.fcntl(os.open('/usr/bin/python3', os.O_RDONLY), fcntl.F_SETLEASE, fcntl.F_RDLCK)",
        "EACCES"),
    "the limit of crashes is lowered": (
        "import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0))", "ValueError"),
    "the limit of crashes is lowered for now": (
        "import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 1))", "ValueError"),
    "the limit of crashes is lowered for another process": (
        "import resource; resource.prlimit(os.getppid(), resource.RLIMIT_CORE, (0, 0))", "EPERM"),
    "the limit of crashes is lowered for the first process": (
        "import resource; resource.prlimit(1, resource.RLIMIT_CORE, (0, 0))", "EPERM"),
    "the limit of crashes is lowered for the one that reports": (
        "import resource; resource.prlimit(2, resource.RLIMIT_CORE, (0, 0))", "EPERM"),
    "the limit of crashes is lowered by a shell": (
        "seen = os.system('ulimit -c 0 2>/dev/null') != 0", True),
    "the limit of crashes is read": (
        "import resource; seen = list(resource.getrlimit(resource.RLIMIT_CORE))", [1, 1]),
    "the filter is taken away": ("checked(libc.prctl(22, 0, 0, 0, 0))", "EINVAL"),
}  # fmt: skip
# Machine code that makes a call of another architecture: getpid of i386, getpid of x32.
RUN_CODE = """
import mmap
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(bytes.fromhex({code!r}))
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
"""
if platform.machine() == "x86_64":
    ATTEMPTS |= {
        "ports of the machine are opened": ("call('iopl', 3)", "EPERM"),
        "a call of 32-bit programs is made": (RUN_CODE.format(code="b814000000cd80c3"), "SIGSYS"),
        "a call of x32 programs is made": (RUN_CODE.format(code="b8270000400f05c3"), "SIGSYS"),
    }


@pytest.fixture(scope="module")
def tried(backend: LimitBackend) -> Any:
    return attempted(backend, ATTEMPTS)


@pytest.mark.parametrize("sentence", ATTEMPTS)
def test_nothing_comes_of_it_when(tried: Any, sentence: str) -> None:
    outcome, seen = tried
    assert matches(seen[sentence], ATTEMPTS[sentence][1])
    assert outcome == "completed"
