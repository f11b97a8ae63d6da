"""A program in a login shell of an ordinary user of this machine, without a sandbox."""

import os
import pwd
import resource
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

SECONDS = 300
ORDINARY = "nobody"  # on every Debian
OPEN_FILES = 1024  # what a session is given; servers and containers often have more


def printed(source: str, files: Mapping[str, str] | None = None, seconds: float = SECONDS) -> str:
    """What it prints, with plain line ends, until its end or so many seconds."""
    user = pwd.getpwnam(ORDINARY) if os.geteuid() == 0 else pwd.getpwuid(os.getuid())
    master, slave = os.openpty()
    os.chown(slave, user.pw_uid, user.pw_gid)
    os.chmod(slave, 0o620)
    with tempfile.TemporaryDirectory(dir="/var/tmp") as home:
        for name, text in {"main.py": source, **(files or {})}.items():
            Path(home, name).write_text(text)
        shutil.chown(home, user.pw_uid, user.pw_gid)
        process = subprocess.Popen(
            ["setsid", "--ctty", "--wait", "bash", "--login", "-c", "exec python3 main.py"],
            stdin=slave, stdout=slave, stderr=slave, cwd=home, env=_environment(user, home),
            preexec_fn=lambda: _become(user),
        )  # fmt: skip
        os.close(slave)
        try:
            return _read(master, time.monotonic() + seconds)
        finally:
            os.close(master)  # which hangs up on all that is left
            process.kill()
            process.wait()


def _environment(user: pwd.struct_passwd, home: str) -> dict[str, str]:
    names = {"USER": user.pw_name, "LOGNAME": user.pw_name, "SHELL": "/bin/bash", "HOME": home}
    return {**names, "LANG": "C.UTF-8", "TERM": "xterm-256color", "PWD": home}


def _become(user: pwd.struct_passwd) -> None:
    for ignored in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):  # where tests run behind `&`
        signal.signal(ignored, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    os.umask(0o022)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)


def _read(master: int, until: float) -> str:
    data = b""
    try:
        while select.select([master], [], [], max(0.0, until - time.monotonic()))[0]:
            data += os.read(master, 1 << 16)
    except OSError:  # EIO: no process has the terminal any more
        pass
    return data.decode(errors="replace").replace("\r\n", "\n")
