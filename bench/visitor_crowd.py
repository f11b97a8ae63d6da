"""Visitors who ask for programs as fast as they can, in a process of their own: `visitors.py`
measures beside them.

python -m bench.visitor_crowd FILE      FILE: JSON of the arguments of `crowd`

Its last line is JSON: how often what was done.
"""

import asyncio
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from websockets.exceptions import WebSocketException

from tests.visitor import visiting_with

PLACE = "example"
BUSY = "while True: pass\n"  # the worst that a visitor can run
END_SECONDS = 120.0  # of a program


@dataclass(frozen=True)
class Server:
    url: str
    websocket_url: str


async def crowd(
    server: dict[str, str], visits: Sequence[tuple[str, dict[str, str]]], seconds: float
) -> None:
    """`visits`: of each visitor, with the headers of a network of its own."""
    os.nice(19)  # browsers of visitors are on other machines
    done: Counter[str] = Counter()
    asked = Server(**server)
    tasks = [asyncio.create_task(_visit(asked, *visit, done)) for visit in visits]
    print("all have begun", flush=True)
    await asyncio.sleep(seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    print(json.dumps(done), flush=True)


async def _visit(server: Any, visit: str, headers: dict[str, str], done: Counter[str]) -> None:
    """Again and again: a puzzle, a ticket, a program; what is refused is asked for again."""
    async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=30) as browser:
        while True:
            try:
                await _ask(server, browser, visit, headers, done)
            except (httpx.HTTPError, WebSocketException, OSError, AssertionError, TimeoutError):
                done["refusals"] += 1


async def _ask(
    server: Any,
    browser: httpx.AsyncClient,
    visit: str,
    headers: dict[str, str],
    done: Counter[str],
) -> None:
    (await browser.post(f"/try/{PLACE}/puzzle/", json={})).raise_for_status()
    answer = await browser.post(f"/try/{PLACE}/ticket/", json={"visit": visit})
    ticket = answer.raise_for_status().json()["ticket"]
    done["tickets"] += 1
    async with visiting_with(server, ticket, headers) as visitor:
        await visitor.request_start(BUSY)
        waiting = [
            asyncio.create_task(visitor.wait_for(kind, END_SECONDS)) for kind in ("exit", "error")
        ]
        try:
            ended, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waiting:
                one.cancel()
        end = ended.pop().result()
        done[f"programs {end.get('outcome') or end['code']}"] += 1


if __name__ == "__main__":
    asyncio.run(crowd(**json.loads(Path(sys.argv[1]).read_text())))
