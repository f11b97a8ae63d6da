"""One account attacks, another one types and starts programs: how the second one fares.

.venv/bin/python -m bench.hostile                     every attack, on a site of its own
.venv/bin/python -m bench.hostile "frames of 1 MB"    these
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bench import hostile_data, terminals
from bench.attacks import ATTACKS
from bench.machine import MIB, Usage, resident
from bench.sessions import OurSession, typing
from bench.site import Site, running_site
from bench.statistics import Line, milliseconds, percentile
from tests.cast import SignedIn
from tests.product import WebServer
from tests.services import ROOT
from tests.terminal_client import open_terminal

SECONDS, BEFORE_SECONDS = 10.0, 1.0  # of each attack; of it, before anything is measured
START_EVERY_SECONDS = 2.0
HELLO = "print('hello')\n"
PEACE = "no attack"
Done = Callable[[], str]  # how often the attacker did it, once it has ended


def hostile(wanted: Sequence[str] = ()) -> list[Line]:
    """With the limits of any site, which those of the other sections are not."""
    with running_site(usual_limits=True) as site:
        run = site.product.call(hostile_data.fill, site.users[0].username)
        names = [PEACE, *(wanted or ATTACKS)]
        return [line for name in names for line in _lines(site, name, run)]


def _lines(site: Site, name: str, run: str) -> Iterator[Line]:
    print(f"{name} …", file=sys.stderr, flush=True)
    attacker, victim = site.users[:2]
    target = {"port": site.server.port, "cookie": attacker.cookie, "run": run}
    before = resident(site.server.process.pid)
    with _attack(name, json.dumps(target)) as done, Usage(site) as usage:
        echoes, starts = asyncio.run(_victim(site.server, victim))
        often = done()
    grown = (resident(site.server.process.pid) - before) / MIB
    figures = f"p50 {milliseconds(percentile(echoes, 50))}, worker {grown:+.0f} MiB, {often} done"
    worst = milliseconds(percentile(echoes, 99))
    yield Line(f"{name}: echo p99", worst, figures, None, "<= 20 ms", usage.text)
    failed = sum(took is None for took in starts)
    took = [one for one in starts if one is not None]
    what = f"{len(took)} of {len(starts)}, first output p50 {milliseconds(percentile(took, 50))}"
    longest = f"longest {milliseconds(max(took))}"
    yield Line(f"{name}: runs started", what, longest, None, "all", "" if not failed else "FAILED")


@contextmanager
def _attack(name: str, target: str) -> Iterator[Done]:
    if name == PEACE:
        yield lambda: "nothing"
        return
    command = [sys.executable, "-m", "bench.attacks", name, str(SECONDS + BEFORE_SECONDS)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(target)
        process.stdin.close()
        time.sleep(BEFORE_SECONDS)
        output = process.stdout
        yield lambda: output.read().strip()


async def _victim(server: WebServer, user: SignedIn) -> tuple[list[float], list[float | None]]:
    """Seconds of each echo and each first output; None for a program that did not start."""
    async with terminals.open_socket(server, user) as socket:
        await terminals.request_start(socket, terminals.CAT)
        session = OurSession(socket, await terminals.next_output(socket))
        echoes, starts = await asyncio.gather(
            typing([session], SECONDS), _start_again_and_again(server, user)
        )
        await terminals.stop(socket)
    return echoes, starts


async def _start_again_and_again(server: WebServer, user: SignedIn) -> list[float | None]:
    starts: list[float | None] = []
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        due = time.monotonic() + START_EVERY_SECONDS
        try:
            async with open_terminal(server, user) as terminal:
                starts.append(await terminals.first_output(terminal, HELLO))
        except (AssertionError, OSError) as error:
            print(f"not started: {error}", file=sys.stderr)
            starts.append(None)
        await asyncio.sleep(due - time.monotonic())
    return starts


if __name__ == "__main__":
    from bench.statistics import table

    print(table(hostile(sys.argv[1:])))
