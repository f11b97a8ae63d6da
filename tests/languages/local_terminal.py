"""The same program outside of any sandbox, in a terminal of this machine."""

import contextlib
import os
import pty
import select
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from runner.languages import BUILD, LANGUAGES, find_entry
from runner.languages.language import Trial
from tests.languages.trying import SIZE

HOME = "/home/student"  # of programs, where the sandbox has them
SCRATCH = "/tmp/scratch"  # of commands of definitions
WAIT_SECONDS = 60
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "COLUMNS": str(SIZE[1]),
    "LINES": str(SIZE[0]),
}


def typed_at(name: str, trial: Trial, prompt: str, keys: str) -> tuple[str, int]:
    """What is shown after the keys, which are typed at that prompt; and the exit code, or below 0
    the signal. Paths are those of the sandbox."""
    with tempfile.TemporaryDirectory(prefix="local-", dir="/var/tmp") as folder:
        home, build = Path(folder, "home"), Path(folder, "build")
        for made in (home, build):
            made.mkdir()
        compile, run = _commands(name, trial, home, build)
        if compile:
            subprocess.run(compile, cwd=home, env=_environment(name, home), check=True)
        shown, status = _run(run, home, _environment(name, home), prompt, keys)
        return shown.replace(str(home), HOME).replace(str(build), BUILD), status


def _commands(name: str, trial: Trial, home: Path, build: Path) -> tuple[list[str], list[str]]:
    language, main = LANGUAGES[name], trial.files[0].path
    files = {file.path: file.content for file in trial.files}
    for path, content in files.items():
        place = home / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content)
    entry = find_entry(language.entry, main, files)
    commands = language.commands(main, list(files), trial.args, entry=entry)
    compile, run = ([_here(word, build) for word in words] for words in commands)
    return compile, run


def _here(word: str, build: Path) -> str:
    """What a command keeps in a folder that each sandbox has for itself."""
    return word.replace(BUILD, str(build)).replace(SCRATCH, str(build / "scratch"))


def _environment(name: str, home: Path) -> dict[str, str]:
    return {**ENVIRONMENT, "HOME": str(home), **LANGUAGES[name].environment}


def _run(
    command: list[str], home: Path, environment: dict[str, str], prompt: str, keys: str
) -> tuple[str, int]:
    process, terminal = pty.fork()
    if process == 0:
        try:
            # A shell that started the tests in the background has them ignore both.
            for number in (signal.SIGINT, signal.SIGQUIT):
                signal.signal(number, signal.SIG_DFL)
            os.chdir(home)
            os.execve(command[0], command, environment)  # noqa: S606
        finally:
            os._exit(127)
    try:
        before = _read(terminal, prompt)
        wait_until_it_sleeps(process)
        os.write(terminal, keys.encode())
        after = _read(terminal, "")
        return (before + after).replace("\r\n", "\n").partition(prompt)[2], _status(process)
    finally:
        os.close(terminal)
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def wait_until_it_sleeps(process: int) -> None:
    """What has just been shown may still be being written."""
    deadline = time.monotonic() + WAIT_SECONDS
    while Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "SZ":
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _read(terminal: int, until: str) -> str:
    """Up to that text, or the end of all output."""
    read, deadline = bytearray(), time.monotonic() + WAIT_SECONDS
    while not until or until.encode() not in read:
        ready = select.select([terminal], [], [], deadline - time.monotonic())[0]
        assert ready, f"no {until!r}: {read.decode(errors='replace')}"
        try:
            data = os.read(terminal, 65536)
        except OSError:  # nobody has the other end any more
            break
        if not data:
            break
        read += data
    return read.decode(errors="replace")


def _status(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
