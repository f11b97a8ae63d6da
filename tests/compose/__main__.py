"""Tries the product as `docker compose` runs it: `python -m tests.compose`, on a Docker engine.

It starts the site of this folder, signs in through the proxy, runs programs, kills the web worker
in use, scales up and down under load, and says what it saw. No test of `make test`: that has no
engine. The site is left running, with its data.
"""

import asyncio
import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.exceptions import InvalidHandshake

from tests.product import PASSWORD, SignedIn, WebServer
from tests.services import ROOT
from tests.terminal_client import TerminalClient, open_terminal

PORT = int(os.environ.get("PORT", "8000"))
USERS = [f"tester{number}" for number in range(10)]
AWAY_SECONDS = 120.0  # no web worker at all: as long as a busy machine takes to start some
LINES, PAUSE = 100, 0.2
PROGRAM = (
    f"import time\nfor i in range({LINES}):\n    print(i, flush=True)\n    time.sleep({PAUSE})\n"
)
EXPECTED = "".join(f"{number}\r\n" for number in range(LINES)).encode()


class Site(WebServer):
    """What the proxy shows of it."""

    def __init__(self) -> None:
        self.port, self.url = PORT, f"http://127.0.0.1:{PORT}"
        self.websocket_url = f"ws://127.0.0.1:{PORT}/ws/terminal/"


def compose(*arguments: str, stdin: str | None = None) -> str:
    done = subprocess.run(
        ["docker", "compose", *arguments],
        cwd=ROOT, input=stdin, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"docker compose {' '.join(arguments)}:\n{done.stderr}"
    return done.stdout


def scale(**services: int) -> None:
    options = [part for name, count in services.items() for part in ("--scale", f"{name}={count}")]
    compose("up", "-d", "--wait", "--no-recreate", *options)


def create_users() -> None:
    compose(
        "exec", "-T", "web", "python", "manage.py", "shell",
        stdin="from django.contrib.auth.hashers import make_password\n"
        "from accounts.models import User\n"
        f"password = make_password({PASSWORD!r})\n"
        f"for name in {USERS!r}:\n"
        "    User.objects.update_or_create(username=name, defaults={'password': password})\n\n",
    )  # fmt: skip


def events(service: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What containers have logged, with their names."""
    for line in compose("logs", "--no-color", service).splitlines():
        if found := re.match(rf"\S*?({service}-\d+)\s+\| (\{{.*\}})$", line):
            yield found[1], json.loads(found[2])


def container_of(run: str, service: str, event: str) -> str:
    found = [name for name, e in events(service) if e.get("event") == event and e["run"] == run]
    project = json.loads(compose("config", "--format", "json"))["name"]
    return f"{project}-{found[0]}"


class Session:
    """A student whose browser comes back by itself, and who checks every byte."""

    def __init__(self, site: Site, user: SignedIn) -> None:
        self._site, self._user = site, user
        self.run = ""
        self.started = asyncio.Event()
        self.output = b""
        self.cuts = 0
        self.longest_away = 0.0  # seconds

    async def whole(self) -> str:
        """Runs the program to its end; the outcome."""
        lost_at: float | None = None
        while True:
            try:
                async with self._connected() as terminal:
                    if lost_at is not None:
                        self.longest_away = max(self.longest_away, time.monotonic() - lost_at)
                        lost_at = None
                    return await self._follow(terminal)
            except (OSError, InvalidHandshake, AssertionError) as error:
                if not is_cut(error):
                    raise
                if lost_at is None:
                    lost_at, self.cuts = time.monotonic(), self.cuts + 1
                if time.monotonic() - lost_at > AWAY_SECONDS:
                    raise TimeoutError("the terminal could not come back") from error
                await asyncio.sleep(0.2)

    @asynccontextmanager
    async def _connected(self) -> Any:
        async with open_terminal(self._site, self._user) as terminal:
            if self.run:
                await terminal.attach(self.run, len(self.output))
            yield terminal

    async def _follow(self, terminal: TerminalClient) -> str:
        before = self.output
        try:
            if not self.run:
                self.run = (await terminal.start(PROGRAM))["run"]
                await terminal.wait_for_output("5\r\n", AWAY_SECONDS)
                self.started.set()
            end = await terminal.wait_for_exit(180)
        finally:
            self.output = before + terminal.output
        return str(end["outcome"])


def is_cut(error: BaseException) -> bool:
    """A connection that failed, not a byte that was wrong."""
    if isinstance(error, AssertionError):
        return error.__cause__ is not None and not isinstance(error.__cause__, AssertionError)
    return True


async def crowd(site: Site, people: list[SignedIn], each: int, meanwhile: Any) -> None:
    sessions = [Session(site, person) for person in people for _ in range(each)]
    running = [asyncio.create_task(session.whole()) for session in sessions]
    await asyncio.gather(*(session.started.wait() for session in sessions))
    await asyncio.to_thread(meanwhile)
    outcomes = await asyncio.gather(*running)
    wrong = [s.run for s in sessions if s.output != EXPECTED]
    assert set(outcomes) == {"completed"}, outcomes
    assert not wrong, f"wrong transcripts: {wrong}"
    away = max(session.longest_away for session in sessions)
    cuts = sum(session.cuts for session in sessions)
    print(f"   {len(sessions)} programs completed, every byte right; {cuts} connections were cut, "
          f"the longest was back after {away:.2f} s")  # fmt: skip


async def resume(site: Site, person: SignedIn) -> None:
    session = Session(site, person)
    running = asyncio.create_task(session.whole())
    await session.started.wait()
    worker = await asyncio.to_thread(container_of, session.run, "web", "ask")
    subprocess.run(["docker", "kill", worker], check=True, capture_output=True)
    outcome = await running
    assert (outcome, session.output, session.cuts) == ("completed", EXPECTED, 1)
    print(f"   {worker} was killed; back after {session.longest_away:.2f} s, every byte right")


def roll() -> None:
    subprocess.run(["deploy/compose/rolling_update.sh"], cwd=ROOT, check=True, capture_output=True)


def kill_every_worker() -> None:
    compose("kill", "web")
    scale(web=3, executor=3)


async def main() -> None:
    site = Site()
    print("docker compose up -d --wait")
    began = time.monotonic()
    compose("up", "-d", "--wait")
    print(f"   healthy after {time.monotonic() - began:.0f} s; /readyz: {site.answers('/readyz')}")
    create_users()
    people = [site.sign_in(name) for name in USERS]
    print("signed in through the proxy; a program that reads and prints")
    async with open_terminal(site, people[0]) as terminal:
        await terminal.start("print('Hello', input('Name? '))")
        await terminal.wait_for_output("Name? ")
        await terminal.type("Ada\r")
        assert (await terminal.wait_for_exit())["outcome"] == "completed"
        assert terminal.output == b"Name? Ada\r\nHello Ada\r\n", terminal.output
        print("a program that wants all the memory there is")
        await terminal.start("blocks = []\nwhile True: blocks.append(b'x' * (8 << 20))")
        end = await terminal.wait_for_exit(60)
        assert end["outcome"] == "memory_limit", end
        print(f"   {end['reason']}")
    print("the worker in use is killed, of three")
    scale(web=3, executor=3)
    await resume(site, people[0])
    print("docker compose kill web, all of them, and up again, under load")
    scale(web=3, executor=3)
    await crowd(site, people, 1, kill_every_worker)
    print("deploy/compose/rolling_update.sh, under load")
    await crowd(site, people, 1, roll)
    for executors, workers in ((1, 1), (3, 3), (1, 1)):
        print(f"--scale web={workers} --scale executor={executors}, under load")
        await crowd(site, people, 2, lambda w=workers, e=executors: scale(web=w, executor=e))


asyncio.run(main())
