"""One disk for home, /tmp and /dev/shm, with a size and a number of files."""

from typing import Any

import pytest

from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import LIMITS, attacked, attempted, matches

FILL = """
def fill(paths, size=1 << 16):
    total = 0
    try:
        for path in paths:
            with open(path, 'wb', buffering=0) as file:
                while True:
                    total += file.write(bytes(size))
                    if total > 1 << 26: return total
    except OSError as error:
        return [errno.errorcode[error.errno], total]
"""
CLEAN = "os.system('rm -rf /tmp/* /dev/shm/* ./[!m]*')\n"
ATTEMPTS: dict[str, tuple[str, object]] = {
    "a file is as large as the disk": (FILL + "seen = fill(['x'])[0]", ("ENOSPC", "EFBIG")),
    "three places are filled one after the other": (
        FILL + "sizes = []\n"
        "for path in ('x', '/tmp/x', '/dev/shm/x'):\n"
        "    result = fill([path]); sizes.append(result[1])\n"
        f"seen = sum(sizes) <= {LIMITS.disk_bytes}", True),
    "a file is deleted while it is open": (
        FILL + "file = open('x', 'wb', buffering=0); os.unlink('x')\n"
        f"file.write(bytes({LIMITS.disk_bytes} - 100000)); seen = fill(['y'])[0]", "ENOSPC"),
    "a file has a hole": (
        "file = open('x', 'wb'); file.truncate(1 << 40)", "EFBIG"),
    "a file is written far behind its end": (
        "file = open('x', 'wb', buffering=0); file.seek(1 << 40); file.write(b'x')", "EFBIG"),
    "space is reserved": ("file = open('x', 'wb'); os.posix_fallocate(file.fileno(), 0, 1 << 30)", "EFBIG"),
    "files are without number": (
        "made = 0\n"
        "try:\n"
        "    for made in range(100_000): open(f'/tmp/{made}', 'w').close()\n"
        "except OSError as error:\n"
        f"    seen = [errno.errorcode[error.errno], made <= {LIMITS.disk_files}]",
        ["ENOSPC", True]),
    "files are without number in three places": (
        "made = 0\n"
        "for place in ('.', '/tmp', '/dev/shm'):\n"
        "    try:\n"
        "        for n in range(100_000): open(f'{place}/n{n}', 'w').close(); made += 1\n"
        "    except OSError: pass\n"
        f"seen = made <= {LIMITS.disk_files}", True),
    "files are put into other folders of its disk by moving them": (
        "seen = []\n"
        "for place in ('/', '/etc', '/home', '/opt/commands', '/run', '/root', '/var'):\n"
        "    open('x', 'w')\n"
        "    try: os.replace('x', place + '/x'); seen.append(place)\n"
        "    except OSError: pass", []),
    "what is the system's on its disk is replaced, renamed, linked or given away": (
        "seen = []\n"
        "for change in (lambda: os.replace('/tmp', '/home/student/tmp'), lambda: os.remove('/lib'),"
        " lambda: os.rename('/etc', '/tmp/etc'), lambda: os.rmdir('/mnt'),"
        " lambda: os.symlink('/tmp', '/x'), lambda: os.chmod('/', 0o777),"
        " lambda: os.chmod('/etc/passwd', 0o666), lambda: os.chown('/etc', 1000, 1000),"
        " lambda: os.utime('/etc/passwd'), lambda: os.truncate('/etc/passwd', 0),"
        " lambda: os.remove('/opt/commands/cls'), lambda: os.rename('/home/student', '/home/x'),"
        " lambda: os.remove('/etc/localtime'), lambda: open('/run/utmp', 'r+')):\n"
        "    try: change(); seen.append('changed')\n"
        "    except OSError: pass", []),
    "a hard link gives it a file of the system": (
        "os.link('/etc/shadow', 'mine'); open('mine')", ("EPERM", "EACCES", "EROFS", "EXDEV")),
    "links are without number": (
        "open('x', 'w')\nfor n in range(100_000): os.link('x', f'l{n}')", "ENOSPC"),
    "symbolic links are without number": (
        "for n in range(100_000): os.symlink('x' * 200, f's{n}')", "ENOSPC"),
    "folders are in folders without end": (
        "os.chdir('/tmp')\nwhile True: os.mkdir('d'); os.chdir('d')", "ENOSPC"),
    "a name is endless": ("open('x' * 5000, 'w')", "ENAMETOOLONG"),
    "pipes are without number": (
        "for n in range(100_000): os.mkfifo(f'p{n}')", "ENOSPC"),
    "sockets are without number": (
        "for n in range(100_000): socket.socket(socket.AF_UNIX).bind(f'u{n}')", "ENOSPC"),
    "notes are stuck to a file": (
        "open('x', 'w')\nfor n in range(100_000): os.setxattr('x', f'user.n{n}', bytes(60_000))",
        ("ENOSPC", "ENOTSUP")),
    "a disk of its own is mounted by a program": (
        "import subprocess; seen = subprocess.run(['mount', '-t', 'tmpfs', 'x', '/tmp'],"
        " capture_output=True).returncode != 0", True),
    "it writes outside its own places": (
        "seen = []\n"
        "for place in ('/', '/usr', '/etc', '/home', '/dev', '/proc', '/var', '/run', '/opt', '/root', '/mnt', '/sys'):\n"
        "    try: open(place + '/x', 'w'); seen.append(place)\n"
        "    except OSError: pass", []),
}  # fmt: skip


@pytest.fixture(scope="module")
def tried(backend: LimitBackend) -> Any:
    cleaned = {sentence: (CLEAN + source, seen) for sentence, (source, seen) in ATTEMPTS.items()}
    return attempted(backend, cleaned)


@pytest.mark.parametrize("sentence", ATTEMPTS)
def test_the_disk_holds_when(tried: Any, sentence: str) -> None:
    outcome, seen = tried
    assert matches(seen[sentence], ATTEMPTS[sentence][1])
    assert outcome == "completed"


async def test_whoever_fills_the_disk_is_told_so(backend: LimitBackend) -> None:
    ended = await attacked(
        backend, "with open('x', 'wb') as file:\n while True: file.write(bytes(4096))"
    )
    assert "Errno 28" in ended.text or "Errno 27" in ended.text
    assert ended.outcome is Outcome.FAILED
    assert ended.reason == ("disk_full", {"exit_code": 1, "disk_bytes": LIMITS.disk_bytes})


async def test_whoever_makes_too_many_files_is_told_so(backend: LimitBackend) -> None:
    ended = await attacked(backend, "for n in range(10_000): open(f'n{n}', 'w').close()")
    assert "Errno 28" in ended.text
    assert ended.reason == ("too_many_files", {"exit_code": 1, "disk_files": 200})
