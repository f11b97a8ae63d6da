"""Our own programs as real processes, and users who sign in to them."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from http import HTTPStatus
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from tests import cast, migrated
from tests.cast import PASSWORD, SignedIn
from tests.services import ROOT, ServerProcess, free_port

INHERITED = ("PATH", "PYTHON_PACKAGES_FOLDER", "HOME", "LANG", "TMPDIR")


class WebServer:
    """A `serve` or a Daphne worker that listens."""

    def __init__(self, process: ServerProcess, port: int) -> None:
        self.process, self.port = process, port
        self.url = f"http://127.0.0.1:{port}"
        self.websocket_url = f"ws://127.0.0.1:{port}/ws/terminal/"
        # Cookies by user, made beforehand: to sign in takes a password hash, slow on purpose.
        self.sessions: dict[str, str] = {}

    def answers(self, path: str) -> bool:
        try:
            return httpx.get(self.url + path, timeout=5).status_code == HTTPStatus.OK
        except httpx.TransportError:
            return False

    def wait_until_ready(self) -> None:
        """Database, channel layer and an executor are there."""
        self.process.wait_until(lambda: self.answers("/readyz"))

    def sign_in(self, username: str, password: str = PASSWORD) -> SignedIn:
        if cookie := self.sessions.pop(username, None):
            return SignedIn(username, cookie)
        with httpx.Client(base_url=self.url, headers={"Referer": self.url}, timeout=30) as browser:
            page = browser.get("/accounts/login/")
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
            assert token, f"no form at /accounts/login/ ({page.status_code}):\n{page.text}"
            answer = browser.post(
                "/accounts/login/",
                data={
                    "csrfmiddlewaretoken": token[1],
                    "login": username,
                    "password": password,
                },
            )
            assert answer.status_code == HTTPStatus.FOUND, f"{username} may not in:\n{answer.text}"
            return SignedIn(username, cookies_of(browser))


def cookies_of(browser: httpx.Client) -> str:
    """Of the session; a browser that signed in has others too."""
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


def measured() -> dict[str, str]:
    """The environment of processes that are measured for coverage, where tests are.

    It costs more than half as much time again: sites that run nothing special are not measured.
    """
    name = "COVERAGE_PROCESS_CONFIG"
    return {name: os.environ[name]} if name in os.environ else {}


class Product:
    """One site: processes that share a configuration. Leaving it ends whatever still runs.

    with Product(tmp_path, DATABASE_URL=…, REDIS_URL=…) as product:
        product.migrate()
        product.create_users("owner")
        worker, executor = product.web_worker(), product.executor()
        worker.wait_until_ready()
        owner = worker.sign_in("owner")
    """

    def __init__(self, directory: Path, root: Path = ROOT, /, **env: str) -> None:
        """`root`: where its code is, and its interpreter, if it is another revision's."""
        self.directory, self.root = directory, root
        self.python = sys.executable if root == ROOT else str(root / ".venv" / "bin" / "python")
        self.env = {name: os.environ[name] for name in INHERITED if name in os.environ}
        self.env |= {
            "DATABASE_URL": f"sqlite:///{directory / 'db.sqlite3'}",
            "SECRET_KEY": "known to every test and of no other use",
            "PYTHONUNBUFFERED": "1",
            "DRAIN_SECONDS": "1",  # a test that ends does not wait for the runs it leaves
            "ALLOW_WEAK_LIMITS": "yes",  # on machines without control groups, too
        } | env
        self.processes: list[ServerProcess] = []
        self._numbers = count(1)

    def manage(self, *arguments: str, **env: str) -> str:
        """Runs a management command to its end; its output."""
        return self._run(["manage.py", *arguments], self.env | env)

    def call(self, function: Callable[..., Any], *arguments: object) -> Any:
        """What a function of ours returns in a process of this site, all as JSON."""
        command = [str(ROOT / "tests" / "call.py"), function.__module__, function.__name__]
        return json.loads(self._run(command, self.env, json.dumps(arguments)))

    def _run(self, command: list[str], env: Mapping[str, str], typed: str = "") -> str:
        done = subprocess.run(
            [self.python, *command],
            cwd=self.root,
            env=env,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def migrate(self) -> None:
        if self.root == ROOT and migrated.copied_to(self.directory / "db.sqlite3", self.env):
            return
        self.manage("migrate", "--verbosity", "0")

    def create_users(self, *usernames: str) -> None:
        """Users who sign in with `PASSWORD`."""
        self.call(cast.create_users, *usernames)

    def serve(self, *options: str, **env: str) -> WebServer:
        port = free_port()
        command = [self.python, "manage.py", "serve", "--port", str(port), *options]
        return self._listening(self.start("serve", command, env), port)

    def web_worker(self, *, wait: bool = True, **env: str) -> WebServer:
        """Without `wait` it may not listen yet; several start together in half the time."""
        port = free_port()
        daphne = [self.python, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port)]
        command = [*daphne, "coderunner.asgi:application"]
        process = self.start("daphne", command, env)
        return self._listening(process, port) if wait else WebServer(process, port)

    def executor(self, *options: str, **env: str) -> ServerProcess:
        """Returns at once; a worker's `wait_until_ready` waits for the first one."""
        return self.start("executor", [self.python, "manage.py", "executor", *options], env)

    def start(
        self, name: str, command: list[str], env: Mapping[str, str] | None = None
    ) -> ServerProcess:
        log = self.directory / f"{name}-{next(self._numbers)}.log"
        process = ServerProcess(command, log, self.env | dict(env or {}), self.root)
        self.processes.append(process)
        return process

    def _listening(self, process: ServerProcess, port: int) -> WebServer:
        server = WebServer(process, port)
        process.wait_until(lambda: server.answers("/healthz"))
        return server

    def output(self) -> str:
        """What every process has written, for a failed test to show."""
        return "\n".join(f"--- {p.log.name}\n{p.output()}" for p in self.processes)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            error.add_note(self.output())
        for process in self.processes:
            process.ask_to_stop()
        for process in self.processes:
            process.await_stop()
