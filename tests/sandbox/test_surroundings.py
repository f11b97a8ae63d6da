"""Nothing of the machine, the project or other people's runs is to be seen."""

import os
from pathlib import Path
from typing import Any

import pytest

from runner.languages import LANGUAGES, TOOLCHAINS
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox.attack import REFUSED, SCREEN, attempted, matches

ROOT = Path(__file__).parents[2]
SECRET = "a secret of the server"
# Commands of the sandbox's own, and what languages need outside of /usr.
OF_LANGUAGES = [f"{path}/" for language in LANGUAGES.values() for path in language.system]
OURS = ("/opt/commands/", "/run/coderunner/", f"{TOOLCHAINS}/", *OF_LANGUAGES)
ATTEMPTS: dict[str, tuple[str, object]] = {
    "the environment is read": (
        "seen = sorted(set(os.environ) - {'LC_CTYPE'})",
        ["HOME", "LANG", "LOGNAME", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "OMP_NUM_THREADS",
         "OPENBLAS_NUM_THREADS", "PATH", "PWD", "SDL_AUDIODRIVER", "SDL_VIDEODRIVER", "SHELL", "TERM",
         "USER"]),
    "the environment of every process is searched": (
        "import glob\nfound = ''\n"
        "for path in glob.glob('/proc/[0-9]*/environ') + glob.glob('/proc/[0-9]*/cmdline'):\n"
        "    try: found += read(path)\n"
        "    except OSError: pass\n"
        f"seen = {SECRET!r} in found or {str(ROOT)!r} in found", False),
    "other processes are listed": (
        "seen = sorted({read(f'/proc/{p}/comm').strip() for p in os.listdir('/proc')"
        " if p.isdigit()})", ["Xtigervnc"] * bool(SCREEN) + ["bwrap", "python3"]),
    "processes of the host are guessed": ("os.kill(300, 0)", "ESRCH"),
    "memory of its parent's parent is read": ("open('/proc/2/mem', 'rb')", "EACCES"),
    "descriptors of its parent's parent are listed": ("os.listdir('/proc/2/fd')", "EACCES"),
    "its parent's parent is traced": ("checked(libc.ptrace(16, 2, 0, 0))", "EPERM"),
    "memory of another is read at once": (
        "b = ctypes.create_string_buffer(8); v = struct.pack('QQ', ctypes.addressof(b), 8)\n"
        "checked(libc.process_vm_readv(2, v, 1, v, 1, 0))", "EPERM"),
    "memory of another is written at once": (
        "b = ctypes.create_string_buffer(8); v = struct.pack('QQ', ctypes.addressof(b), 8)\n"
        "checked(libc.process_vm_writev(2, v, 1, v, 1, 0))", "EPERM"),
    "the project is looked for": (f"seen = os.path.exists({str(ROOT)!r})", False),
    "files of the host are looked for": (
        "seen = [p for p in ('/etc/machine-id', '/etc/resolv.conf', '/etc/ssl/private', '/etc/ssh',"
        " '/etc/fstab', '/etc/environment', '/.dockerenv', '/run/systemd', '/run/dbus',"
        " '/var/run/docker.sock', '/var/lib/dpkg', '/var/backups', '/sys/class',"
        " '/sys/kernel', '/sys/fs') if os.path.lexists(p)]", []),
    "folders of the system are searched for what the host has in its own": (
        "seen = [os.path.join(folder, name) for place in ('boot', 'media', 'mnt', 'opt', 'run',"
        " 'srv', 'sys', 'var') for folder, _, names in os.walk('/' + place) for name in names]\n"
        f"seen = sorted(name for name in seen if not name.startswith({OURS}))",
        ["/run/utmp", "/sys/devices/system/cpu/online", "/sys/devices/system/cpu/possible",
         "/sys/devices/system/cpu/present"]),
    "who is signed in at the host is read": (
        "seen = open('/run/utmp', 'rb').read()[8:].decode().replace('\\0', ' ').split()",
        ["pts/0", "ts/0student"]),
    "secrets of the system are read": ("read('/etc/shadow')", "EACCES"),
    "secrets of groups are read": ("read('/etc/gshadow')", "EACCES"),
    "the home of root is listed": ("os.listdir('/root')", "EACCES"),
    "a file in the home of root is read": ("read('/root/.ssh/id_rsa')", "EACCES"),
    "who uses the host is read from its users": (
        "import grp, pwd; own = [p for p in pwd.getpwall() if 1000 <= p.pw_uid < 65534]\n"
        "seen = [p.pw_name for p in own] + [g.gr_name for g in grp.getgrall()"
        " if 1000 <= g.gr_gid < 65534] + [m for g in grp.getgrall() for m in g.gr_mem]",
        ["student", "student"]),
    "other homes are looked for": ("seen = os.listdir('/home')", ["student"]),
    "places of the host are read from the mounts": (
        f"seen = {str(ROOT)!r} in read('/proc/self/mountinfo')", False),
    "the name of the host is read": (
        "seen = [socket.gethostname(), os.uname().nodename]", ["sandbox", "sandbox"]),
    "the name of the user is read": (
        "import getpass, pwd; seen = [getpass.getuser(), pwd.getpwuid(os.getuid()).pw_name,"
        " os.getlogin()]", ["student", "student", "student"]),
    "the user of the host is read": (
        "seen = read('/proc/self/uid_map').split()[1] in ('0', '1000')", True),
    "the group it is accounted to is read": ("seen = 'coderunner' in read('/proc/self/cgroup')", False),
    "descriptors are inherited": (
        "seen = sorted(os.readlink(f'/proc/self/fd/{n}').split(':')[0] for n in range(3, 1999)"
        " if os.path.exists(f'/proc/self/fd/{n}'))", ["pipe"]),  # the attempt's own
    "descriptors of the first process are looked through": (
        "links = [os.readlink(f'/proc/1/fd/{n}') for n in os.listdir('/proc/1/fd')]\n"
        "seen = [l for l in links if not l.startswith(('/dev/', '/tmp/pts/0', 'anon_inode:[event'))]", []),
    "the terminals of others are listed": ("seen = sorted(os.listdir('/dev/pts'))", ["0", "ptmx"]),
    "shared memory of others is listed": (
        "seen = len(read('/proc/sysvipc/shm').splitlines()) + len(os.listdir('/dev/shm'))", 1),
    "queues of others are listed": (
        "seen = len(read('/proc/sysvipc/msg').splitlines())"
        " + len(read('/proc/sysvipc/sem').splitlines())", 2),
    "memory of the kernel is read": ("open('/proc/kcore')", REFUSED),
    "addresses of the kernel are read": (
        "seen = {line.split()[0] for line in read('/proc/kallsyms').splitlines()[:50]}"
        " <= {'0' * 16}", True),
    "the kernel's messages are read": ("open('/proc/kmsg')", REFUSED),
    "keys of the user are listed": ("seen = read('/proc/keys')", ("", *REFUSED)),
    "how the machine was started is read": ("seen = read('/proc/cmdline')", ("", *REFUSED)),
    "drivers of the machine are read": ("seen = read('/proc/modules')", ("", *REFUSED)),
    "a key of the machine is pressed": ("open('/proc/sysrq-trigger', 'w')", REFUSED),
    "a handler of core dumps is installed": (
        "open('/proc/sys/kernel/core_pattern', 'w')", REFUSED),
    "what the machine is busy with is read": (
        "seen = [n for n in ('interrupts', 'softirqs', 'pressure/cpu', 'vmstat', 'diskstats')"
        " if attempt("
        "f'seen = bool(read(\"/proc/{n}\"))') is True]", []),
    "locks of others are counted": ("seen = read('/proc/locks')", ("", *REFUSED)),
    "it asks to be told when the machine is busy": ("open('/proc/pressure/cpu', 'r+')", REFUSED),
    "a setting of its own namespaces is written": (
        "put('/proc/sys/kernel/msgmax', '1000000')", "EROFS"),
    "a way to write is looked for in all of /proc": (
        "seen = []\n"
        "for folder, _, names in os.walk('/proc'):\n"
        "    for path in (os.path.join(folder, n) for n in names if '/fd' not in folder):\n"
        "        try: os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK)); seen.append(path)\n"
        "        except OSError: pass", []),
    "a setting of the machine is written": ("open('/proc/sys/vm/drop_caches', 'w')", REFUSED),
    "a program of the system is replaced": ("open('/usr/bin/python3', 'w')", REFUSED),
    "a library is put before others": ("open('/etc/ld.so.preload', 'w')", REFUSED),
    "the start of every interpreter is changed": (
        "open(f'/etc/python3.{sys.version_info.minor}/sitecustomize.py', 'w')", REFUSED),
    "its own file of users is written": ("open('/etc/passwd', 'a')", REFUSED),
    "a link leads out": ("os.symlink('/etc/shadow', 'shadow'); open('shadow')", "EACCES"),
}  # fmt: skip


@pytest.fixture(scope="module")
def tried(backend: LimitBackend) -> Any:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("SECRET_KEY", SECRET)
        with open(ROOT / "manage.py") as file:
            os.set_inheritable(file.fileno(), True)
            return attempted(backend, ATTEMPTS)


@pytest.mark.parametrize("sentence", ATTEMPTS)
def test_it_learns_nothing_when(tried: Any, sentence: str) -> None:
    outcome, seen = tried
    assert matches(seen[sentence], ATTEMPTS[sentence][1])
    assert outcome == "completed"
