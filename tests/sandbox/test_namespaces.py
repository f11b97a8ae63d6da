"""No namespace and no mount of one's own, and no way out of those that are there."""

from typing import Any

import pytest

from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import REFUSED, attempted, matches

ATTEMPTS: dict[str, tuple[str, object]] = {
    "a user namespace is made": ("call('unshare', 0x10000000)", "EPERM"),
    "a mount namespace is made": ("call('unshare', 0x00020000)", "EPERM"),
    "a user namespace is made for a child": ("call('clone', 0x10000011, 0, 0, 0, 0)", "EPERM"),
    "a process namespace is made for a child": ("call('clone', 0x20000011, 0, 0, 0, 0)", "EPERM"),
    "flags are hidden behind a pointer": ("call('clone3', bytes(88), 88)", "ENOSYS"),
    "a namespace of another process is entered": (
        "call('setns', os.pidfd_open(os.getppid()), 0x10000000)", "EPERM"),
    "a program of the system makes a namespace": (
        "import subprocess\n"
        "seen = subprocess.run(['unshare', '-Ur', 'id'], capture_output=True).returncode", 1),
    "a container is started in the container": (
        "import subprocess, shutil\n"
        "seen = bool(shutil.which('bwrap')) and subprocess.run(['bwrap', '--unshare-user',"
        " '--ro-bind', '/', '/', 'id'], capture_output=True).returncode == 0", False),
    "the limit on namespaces is lifted": (
        "put('/proc/sys/user/max_user_namespaces', '9')", REFUSED),
    "a file system is mounted": ("call('mount', b'x', b'/tmp', b'tmpfs', 0, 0)", "EPERM"),
    "the processes of the host are mounted": ("call('mount', b'x', b'/tmp', b'proc', 0, 0)", "EPERM"),
    "a folder is mounted elsewhere": ("call('mount', b'/usr', b'/tmp', 0, 4096, 0)", "EPERM"),
    "the system is made writable": ("call('mount', b'', b'/usr', 0, 32 | 4096, 0)", "EPERM"),
    "what covers /proc is taken away": ("call('umount2', b'/proc', 2)", "EPERM"),
    "what covers /tmp is taken away": ("call('umount2', b'/tmp', 2)", "EPERM"),
    "a file system is opened": ("call('fsopen', b'tmpfs', 0)", "EPERM"),
    "a tree of mounts is taken": ("call('open_tree', -100, b'/', 1)", "EPERM"),
    "a mount is moved": ("call('move_mount', 0, b'', 0, b'/tmp', 4)", "EPERM"),
    "flags of a mount are changed": ("call('mount_setattr', -100, b'/usr', 0, bytes(32), 32)", "EPERM"),
    "the root is changed": ("os.chroot('/tmp')", "EPERM"),
    "the root is swapped": ("call('pivot_root', b'/tmp', b'/tmp')", "EPERM"),
    "it climbs out by ..": ("seen = os.path.samefile('/' + '../' * 40, '/')", True),
    "maps of users are written": ("put('/proc/self/uid_map', '0 0 1')", REFUSED),
    "old roots are looked for": ("seen = os.path.exists('/oldroot') or os.path.exists('/newroot')", False),
}  # fmt: skip


@pytest.fixture(scope="module")
def tried(backend: LimitBackend) -> Any:
    return attempted(backend, ATTEMPTS)


@pytest.mark.parametrize("sentence", ATTEMPTS)
def test_it_stays_where_it_is_when(tried: Any, sentence: str) -> None:
    outcome, seen = tried
    assert matches(seen[sentence], ATTEMPTS[sentence][1])
    assert outcome == "completed"
