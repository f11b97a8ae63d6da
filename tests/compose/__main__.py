# size: one scenario, read from top to bottom
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
from collections.abc import Callable, Iterator
from typing import Any

import httpx
from websockets.exceptions import InvalidHandshake

from coderunner.worker_policy import WORKER_POLICY
from runner.protocol.messages import Outcome
from tests.cast import PASSWORD, SignedIn
from tests.compose import walls
from tests.compose.engine import compose
from tests.product import WebServer
from tests.services import ROOT
from tests.terminal_client import TerminalClient, open_terminal

PORT = int(os.environ.get("PORT", "8000"))
USERS = [f"tester{number}" for number in range(10)]
AWAY_SECONDS = 240.0  # no web worker at all: as long as a busy machine takes to start some
LONGEST_SECONDS = 1800.0
PROGRAM = """
import select, sys, time
number = 0
while not select.select([sys.stdin], [], [], 0.2)[0]:
    print(number, flush=True)
    number += 1
sys.stdin.readline()
for number in range(number, number + 40):
    print(number, flush=True)
    time.sleep(0.2)
print("end")
"""

Release = Callable[[], None]
Meanwhile = Callable[[list["Session"], Release], None]


class Site(WebServer):
    """What the proxy shows of it."""

    def __init__(self) -> None:
        self.port, self.url = PORT, f"http://127.0.0.1:{PORT}"
        self.websocket_url = f"ws://127.0.0.1:{PORT}/ws/terminal/"
        self.sessions = {}  # people sign in, through the proxy


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
    """A student whose program counts until a key is typed, and a little longer; whose browser comes
    back by itself; and who checks every byte."""

    def __init__(self, site: Site, user: SignedIn) -> None:
        self._site, self._user = site, user
        self.run = ""
        self.started, self.may_end = asyncio.Event(), asyncio.Event()
        self.output = b""
        self.cuts = 0
        self.longest_away = 0.0  # seconds

    async def whole(self) -> str:
        """Runs the program to its end; the outcome."""
        lost_at: float | None = None
        while True:
            try:
                async with open_terminal(self._site, self._user) as terminal:
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

    async def _follow(self, terminal: TerminalClient) -> str:
        before, typed = self.output, False
        try:
            if self.run:
                attached = await terminal.attach(self.run, len(before))
                typed = attached["input_seq"] > 0
            else:
                self.run = (await terminal.start(PROGRAM))["run"]
                await terminal.wait_for_output("2\r\n", AWAY_SECONDS)
                self.started.set()
            end = asyncio.ensure_future(terminal.wait_for("exit", LONGEST_SECONDS))
            allowed = asyncio.ensure_future(self.may_end.wait())
            await asyncio.wait({end, allowed}, return_when=asyncio.FIRST_COMPLETED)
            allowed.cancel()
            if not end.done() and not typed:
                await terminal.type("\r")
            return str((await end)["outcome"])
        finally:
            self.output = before + terminal.output

    def is_exact(self) -> bool:
        """The echo of the key, an empty line, stands wherever it was typed."""
        *numbers, end = [line for line in self.output.decode().split("\r\n") if line]
        return end == "end" and numbers == [str(number) for number in range(len(numbers))]


def is_cut(error: BaseException) -> bool:
    """A connection that failed, not a byte that was wrong."""
    if isinstance(error, AssertionError):
        return error.__cause__ is not None and not isinstance(error.__cause__, AssertionError)
    return True


async def crowd(site: Site, people: list[SignedIn], each: int, meanwhile: Meanwhile) -> None:
    """Programs run while something happens, and until it has or releases them."""
    sessions = [Session(site, person) for person in people for _ in range(each)]
    running = [asyncio.create_task(session.whole()) for session in sessions]
    await asyncio.gather(*(session.started.wait() for session in sessions))
    began = time.monotonic()
    loop = asyncio.get_running_loop()

    def release() -> None:
        for session in sessions:
            loop.call_soon_threadsafe(session.may_end.set)

    await asyncio.to_thread(meanwhile, sessions, release)
    took = time.monotonic() - began
    release()
    outcomes = await asyncio.gather(*running)
    wrong = [s.run for s in sessions if not s.is_exact()]
    assert set(outcomes) == {"completed"}, outcomes
    assert not wrong, f"wrong transcripts: {wrong}"
    away = max(session.longest_away for session in sessions)
    cuts = sum(session.cuts for session in sessions)
    print(
        f"   took {took:.0f} s; {len(sessions)} programs completed, every byte right; "
        f"{cuts} connections were cut, the longest was back after {away:.2f} s"
    )


def kill_worker_in_use(sessions: list[Session], release: Release) -> None:
    worker = container_of(sessions[0].run, "web", "ask")
    subprocess.run(["docker", "kill", worker], check=True, capture_output=True)
    print(f"   {worker} was killed")


def roll(sessions: list[Session], release: Release) -> None:
    """Old executors wait for their programs: these may end once the new ones serve."""
    rolling = subprocess.Popen(
        ["deploy/compose/rolling_update.sh"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert rolling.stdout is not None
    for line in rolling.stdout:
        print(f"   {line}", end="", flush=True)
        if "retire" in line:
            release()
    assert rolling.wait() == 0, "the update failed"


def kill_every_worker(sessions: list[Session], release: Release) -> None:
    compose("kill", "web")
    scale(web=3, executor=3)


def assert_files_come_packed(site: Site) -> None:
    """By Brotli to whoever takes it, and by the proxy: a web worker would say `Server: daphne`."""
    page = httpx.get(f"{site.url}/accounts/login/").text
    path = re.findall(r'"(/static/assets/[^"]+\.js)"', page)[0]
    sizes = {}
    for encoding in ("br", "gzip", "identity"):
        with httpx.stream("GET", site.url + path, headers={"Accept-Encoding": encoding}) as answer:
            headers = answer.raise_for_status().headers
            sizes[encoding] = len(b"".join(answer.iter_raw()))
        assert headers.get("content-encoding", "identity") == encoding, headers
        assert headers["server"].startswith("nginx"), headers
        assert "javascript" in headers["content-type"], headers
        assert "immutable" in headers["cache-control"], headers
    assert sizes["br"] < sizes["gzip"] < sizes["identity"], sizes
    print(f"   {path}: {sizes} bytes")


def assert_workers_have_their_policy(site: Site) -> None:
    """They alone may compile WebAssembly, and the proxy says so, whichever version it sends."""
    names = compose("exec", "-T", "proxy", "ls", "/static/assets").split()
    for name in names:
        if name.endswith(".js"):
            for encoding in ("br", "identity"):
                answer = httpx.head(
                    f"{site.url}/static/assets/{name}", headers={"Accept-Encoding": encoding}
                ).raise_for_status()
                wanted = WORKER_POLICY if "worker" in name else None
                assert answer.headers.get("content-security-policy") == wanted, name
    assert any("worker" in name for name in names), names


async def main() -> None:
    site = Site()
    print("docker compose up -d --wait")
    began = time.monotonic()
    compose("up", "-d", "--wait")
    print(f"   healthy after {time.monotonic() - began:.0f} s; /readyz: {site.answers('/readyz')}")
    assert_files_come_packed(site)
    assert_workers_have_their_policy(site)
    create_users()
    people = [site.sign_in(name) for name in USERS]
    print("signed in through the proxy; a program that reads and prints")
    async with open_terminal(site, people[0]) as terminal:
        await terminal.start("print('Hello', input('Name? '))")
        await terminal.wait_for_output("Name? ")
        await terminal.type("Ada\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        assert terminal.output == b"Name? Ada\r\nHello Ada\r\n", terminal.output
        print("a program that wants all the memory there is")
        await terminal.start("blocks = []\nwhile True: blocks.append(b'x' * (8 << 20))")
        end = await terminal.wait_for_exit(Outcome.MEMORY_LIMIT, 60)
        print(f"   {end['reason']}")
    scale(web=3, executor=3)
    print("users, capabilities and limits of three web workers and three executors")
    await walls.check(site, people[:5])
    print("deploy/compose/rolling_update.sh, under load")
    compose("build")
    await crowd(site, people, 1, roll)
    print("the worker in use is killed, of three")
    await crowd(site, people[:1], 1, kill_worker_in_use)
    print("docker compose kill web, all of them, and up again, under load")
    scale(web=3, executor=3)
    await crowd(site, people, 1, kill_every_worker)
    for count in (1, 3):
        print(f"--scale web={count} --scale executor={count}, under load")

        def change(sessions: list[Session], release: Release, n: int = count) -> None:
            release()  # a stopped executor waits DRAIN_SECONDS for them
            scale(web=n, executor=n)

        await crowd(site, people, 2, change)


if __name__ == "__main__":
    asyncio.run(main())
