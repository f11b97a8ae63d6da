"""The product while somebody works on it: `make dev`.

Vite's dev server listens on PORT. It serves the front end from its sources, replaces modules in
open pages when they change, and passes everything else on to `manage.py serve` on DJANGO_PORT.
This process starts both, starts `serve` again when a Python file or a template changes, and then
has open pages reloaded.

Django's own reloader is not used. It ends a process at once, and with it the sandboxes of `serve`,
whose runs would stay unfinished in the database; and commands other than `runserver` do not survive
a module that cannot be imported.
"""

import http.client
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
WATCHED = ("accounts", "coderunner", "runner", "templates")
SUFFIXES = {".html", ".py", ".txt"}
RELOAD_FILE = ROOT / "var" / "dev" / "started"  # vite.config.ts watches it
POLL_SECONDS = 0.5
ANSWER_SECONDS = 2.0
STOP_SECONDS = 20.0  # runs are stopped and their rows written


def times_of_change() -> Iterator[tuple[Path, int]]:
    for folder in WATCHED:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in SUFFIXES:
                try:
                    yield path, path.stat().st_mtime_ns
                except FileNotFoundError:
                    continue  # an editor is replacing it


def say(text: str) -> None:
    print(f"==> {text}", flush=True)


def start(command: list[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    # A session of its own: ^C reaches this process alone, which then ends the others in order.
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | env, start_new_session=True)


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class Django:
    """`manage.py serve`, of which this process says when it answers, and when it has ended."""

    def __init__(self, url: str, port: int) -> None:
        """`url` is Vite's."""
        self._url, self._port = url, port
        command = [sys.executable, "manage.py", "serve", "--host", HOST, "--port", str(port)]
        self.process = start(command, {"DEBUG": "true", "VITE_DEV_SERVER": url})
        self._has_answered = self._has_ended = False

    def look(self) -> None:
        if self._has_ended:
            return
        if self.process.poll() is not None:
            self._has_ended = True
            say("The server has ended. It is started again when a file changes.")
        elif not self._has_answered and answers(self._port):
            self._has_answered = True
            say(f"Open {self._url}/")
            RELOAD_FILE.touch()


class Dev:
    def __init__(self, port: int, django_port: int) -> None:
        self.url = f"http://{HOST}:{port}"
        self.stopped = threading.Event()
        self._port, self._django_port = port, django_port

    def run(self) -> int:
        """Until `stopped` is set, or Vite ends: the exit code."""
        RELOAD_FILE.parent.mkdir(parents=True, exist_ok=True)
        RELOAD_FILE.touch()
        vite = self._start_vite()
        try:
            self._keep_django_running(vite)
        finally:
            stop(vite)
        return 0 if self.stopped.is_set() else 1

    def _start_vite(self) -> subprocess.Popen[bytes]:
        command = ["node_modules/.bin/vite", "--host", HOST, "--port", str(self._port)]
        command += ["--strictPort", "--clearScreen", "false", "--logLevel", "warn"]
        django = f"http://{HOST}:{self._django_port}"
        return start(command, {"DEV_DJANGO": django, "DEV_RELOAD_FILE": str(RELOAD_FILE)})

    def _keep_django_running(self, vite: subprocess.Popen[bytes]) -> None:
        seen, django = dict(times_of_change()), Django(self.url, self._django_port)
        try:
            while vite.poll() is None and not self.stopped.wait(POLL_SECONDS):
                now = dict(times_of_change())
                if now != seen:
                    changed = min(path for path, _ in seen.items() ^ now.items())
                    say(f"{changed.relative_to(ROOT)} has changed: starting again")
                    stop(django.process)
                    seen, django = now, Django(self.url, self._django_port)
                django.look()
        finally:
            stop(django.process)


def main() -> int:
    port = int(os.environ.get("PORT") or 8000)
    dev = Dev(port, int(os.environ.get("DJANGO_PORT") or port + 1))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: dev.stopped.set())
    return dev.run()


if __name__ == "__main__":
    sys.exit(main())
