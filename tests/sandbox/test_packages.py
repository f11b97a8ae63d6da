"""No way to change the packages that all programs import, or to leave something there for others."""

from pathlib import Path
from typing import Any

import pytest

from runner.sandbox.limit_backends import LimitBackend
from tests.installed import small_installation
from tests.sandbox.attack import REFUSED, attempted, matches

WHERE = "import small; path = small.__file__; folder = os.path.dirname(path)\n"
ATTEMPTS: dict[str, tuple[str, object]] = {
    "a package is imported": ("seen = small.VALUE", 42),
    "a module is written": ("open(path, 'w')", REFUSED),
    "a module is written at its end": ("open(path, 'a')", REFUSED),
    "a module is cut": ("os.truncate(path, 0)", REFUSED),
    "a module is removed": ("os.unlink(path)", REFUSED),
    "a module is moved to the home": ("os.rename(path, 'taken.py')", ("EXDEV", *REFUSED)),
    "one's own is moved over a module": (
        "open('own.py', 'w').close(); os.rename('own.py', path)", ("EXDEV", *REFUSED)),
    "a module is linked to the home": ("os.link(path, 'linked.py')", ("EXDEV", *REFUSED)),
    "the package is moved": ("os.rename(folder, folder + '2')", REFUSED),
    "a module is added": ("open(folder + '/more.py', 'w')", REFUSED),
    "a package is added": ("os.mkdir(os.path.dirname(folder) + '/more')", REFUSED),
    "code is added in place of what was compiled": (
        "os.makedirs(folder + '/__pycache__', exist_ok=True)\n"
        "open(folder + '/__pycache__/part.pyc', 'w')", REFUSED),
    "a link is added": ("os.symlink('/home/student', folder + '/link')", REFUSED),
    "a line that every start executes is added": (
        "open(os.path.dirname(folder) + '/start.pth', 'w')", REFUSED),
    "the waiting of others is changed": (
        "open(os.path.dirname(folder) + '/sitecustomize.py', 'w')", REFUSED),
    "rights are changed": ("os.chmod(path, 0o777)", REFUSED),
    "the owner is changed": ("os.chown(path, os.getuid(), -1)", REFUSED),
    "times are changed": ("os.utime(path)", REFUSED),
    "an attribute is set": ("os.setxattr(path, 'user.note', b'x')", ("ENOTSUP", "EOPNOTSUPP", *REFUSED)),
    "a lease is taken": (
        "import fcntl; fcntl.fcntl(os.open(path, os.O_RDONLY), 1024, 1)", ("EAGAIN", *REFUSED)),
    "a module is opened anew for writing": (
        "number = os.open(path, os.O_RDONLY)\nos.open(f'/proc/self/fd/{number}', os.O_RDWR)",
        REFUSED),
    "a module is written in memory": (
        "import mmap; mmap.mmap(os.open(path, os.O_RDONLY), 1, mmap.MAP_SHARED)", REFUSED),
    "a private page of it is written": (  # a copy: nobody else sees it
        "import mmap\nnumber = os.open(path, os.O_RDONLY)\n"
        "page = mmap.mmap(number, 1, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE)\n"
        "page[0] = 1; seen = os.pread(number, 1, 0) == b'V'", True),
    "it is looked for by the root of this process": (
        "open('/proc/self/root' + path, 'w')", REFUSED),
    "it is looked for by the root of the first process": (
        "open('/proc/1/root' + path, 'w')", REFUSED),
    "it is mounted for writing": (
        "checked(libc.mount(None, os.path.dirname(folder).encode(), None, 32 | 4096, None))",
        REFUSED),
    "it is taken away": ("checked(libc.umount2(os.path.dirname(folder).encode(), 2))", REFUSED),
    "what the host has there is uncovered in a mount of one's own": (
        "checked(libc.mount(b'/usr', b'/tmp', None, 4096, None))", REFUSED),
    # Known, as for /usr (ARCHITECTURE.md, known limits): two runs can signal each other by a lock.
    "a module is locked": ("import fcntl; fcntl.flock(os.open(path, os.O_RDONLY), 6)", "done"),
}  # fmt: skip


@pytest.fixture(scope="module")
def tried(backend: LimitBackend) -> Any:
    with small_installation() as folder:
        before = _all_files(folder)
        attempts = {sentence: (WHERE + source, e) for sentence, (source, e) in ATTEMPTS.items()}
        tried = attempted(backend, attempts)
        assert _all_files(folder) == before
    return tried


def _all_files(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    found = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        text = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (status.st_mode, status.st_uid, status.st_mtime_ns, text)
    return found


@pytest.mark.parametrize("sentence", ATTEMPTS)
def test_packages_stay_as_they_are_when(tried: Any, sentence: str) -> None:
    outcome, seen = tried
    assert matches(seen[sentence], ATTEMPTS[sentence][1])
    assert outcome == "completed"
