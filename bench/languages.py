"""How long a program in each language takes until it speaks and until it ends, beside the same
commands on a local terminal: the compiler, then the program."""

import asyncio
import os
import pty
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import httpx

from bench import starts
from bench.site import POOL, Site
from bench.statistics import Line, compared
from runner.languages import BUILD, LANGUAGES, TOOLCHAINS, Language, find_entry, missing, on_host
from runner.protocol.messages import Outcome
from tests.services import wait_until
from tests.terminal_client import TerminalClient, open_terminal

STARTS = 10  # of each language, here and there in turn
OFFER_SECONDS = 600.0  # an executor tries one language after the other
AIM = "<= 1.3x"
MIB = 1024 * 1024
PATH = "/usr/local/bin:/usr/bin:/bin"
READ_BYTES = 4096


def languages(site: Site) -> list[Line]:
    site.arrange()
    tried = [each for each in LANGUAGES.values() if not each.console and not missing(each)]
    # Before other Pythons have sandboxes that wait, too.
    starts.wait_for_pool(site.executor, POOL)
    waiting = starts.waiting_memory(site.executor) / POOL
    lines = [line for language in tried for line in _lines(site, language)]
    figure = f"{waiting / MIB:.2f} MiB"
    return [*lines, Line("memory of a waiting sandbox", figure, "(PSS)", None, "<= 8 MiB")]


def _lines(site: Site, language: Language) -> list[Line]:
    print(f"{language.name}, {STARTS} times …", file=sys.stderr, flush=True)
    wait_until(partial(_offered, site, language), f"an executor with {language.id}", OFFER_SECONDS)
    ours, theirs = asyncio.run(_alternately(site, language))
    lines = []
    for number, what in enumerate(("first output", "end")):
        mine, other = [times[number] for times in ours], [times[number] for times in theirs]
        lines.append(compared(f"{language.name}: {what}", mine, other, 50, "locally", AIM))
    return lines


def _offered(site: Site, language: Language) -> bool:
    cookie = {"Cookie": site.users[0].cookie}
    answer = httpx.get(f"{site.server.url}/languages/", headers=cookie, timeout=30)
    known = answer.raise_for_status().json()["languages"]
    return any(each["id"] == language.id and each["available"] for each in known)


Times = list[tuple[float, float]]  # seconds until the first output, and until the end


async def _alternately(site: Site, language: Language) -> tuple[Times, Times]:
    ours, theirs = [], []
    async with open_terminal(site.server, site.users[0]) as terminal:
        for _ in range(STARTS):
            await asyncio.to_thread(starts.wait_for_pool, site.executor, POOL)
            ours.append(await _through_the_product(terminal, language))
            theirs.append(await asyncio.to_thread(_locally, language))
    return ours, theirs


async def _through_the_product(terminal: TerminalClient, language: Language) -> tuple[float, float]:
    trial = language.self_test
    files = [{"path": file.path, "content": file.content} for file in trial.files]
    began = time.perf_counter()
    await terminal.request_start("", language=language.id, files=files)
    await terminal.wait_for_output(trial.shows[0])
    spoke = time.perf_counter() - began
    await terminal.wait_for_exit(Outcome.COMPLETED)
    took = time.perf_counter() - began
    terminal.inbox.clear()
    return spoke, took


def _locally(language: Language) -> tuple[float, float]:
    trial = language.self_test
    files = {file.path: file.content for file in trial.files}
    main = trial.files[0].path
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as build:
        for path, content in files.items():
            Path(home, path).write_text(content)
        entry = find_entry(language.entry, main, files)
        commands = language.commands(main, list(files), [], entry=entry)
        environment = {"PATH": PATH, "HOME": home, "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        environment |= {name: _here(word, build) for name, word in language.environment.items()}
        began = time.perf_counter()
        if commands.compile:
            compiler = [_here(word, build) for word in commands.compile]
            subprocess.run(compiler, cwd=home, env=environment, check=True, capture_output=True)
        program = [_here(word, build) for word in commands.run]
        spoke = _until_it_shows(trial.shows[0].encode(), program, home, environment)
        return spoke - began, time.perf_counter() - began


def _here(word: str, build: str) -> str:
    return word.replace(TOOLCHAINS, str(on_host(TOOLCHAINS))).replace(BUILD, build)


def _until_it_shows(
    wanted: bytes, command: list[str], home: str, environment: dict[str, str]
) -> float:
    """Runs the program to its end; when `wanted` was on its terminal, by the clock."""
    master, slave = pty.openpty()
    child = subprocess.Popen(
        command, cwd=home, env=environment, stdin=slave, stdout=slave, stderr=slave
    )
    os.close(slave)
    shown = b""
    while wanted not in shown:
        shown += os.read(master, READ_BYTES)
    spoke = time.perf_counter()
    child.wait()
    os.close(master)
    return spoke
