"""The teaching editor in real Chromium: code help from its first question on, formatting, memory.

    make bench ARGS=editor

The first completion is the first question that a page asks, in a browser with empty caches: it
loads and starts the language server, which then reads the standard library. Warm ones are asked
by Ctrl+Space at the end of half a word, and end when the list is drawn.
"""

import os
import random
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from bench.browser import SECONDS, chromium, load, new_context
from bench.formatting import formatted
from bench.page import milliseconds
from bench.site import Site
from bench.statistics import Line, percentile

WORDS = 100
IDLE_SECONDS = 5.0
# A program with what beginners use, and the words that are half typed below it.
PROGRAM = '''import math
import random


class Player:
    def __init__(self, name):
        self.name = name
        self.points = 0

    def win(self, points=1):
        """Adds points."""
        self.points += points


def largest_number(numbers):
    largest = numbers[0]
    for number in numbers:
        largest = max(largest, number)
    return largest


player = Player("Ada")
names = ["Ada", "Alan"]
prices = {"tea": 2.5}
'''
HALVES = (
    *("math.sq", "random.randi", "player.poi", "names.app", "prices.ite", "largest_n"),
    *("prin", "rang", '"a".upp', "Player.w"),
)
# Milliseconds from the next key until a list is drawn.
WATCH = """() => {
    window.suggested = new Promise((done) => {
        addEventListener("keydown", ({ timeStamp }) => {
            // Monaco marks the list as `visible` 100 ms after it has shown it.
            const row = ".suggest-widget:not(.message) .monaco-list-row";
            const shown = () => document.querySelector(row)?.checkVisibility(
                { visibilityProperty: true, opacityProperty: true });
            const look = () => requestAnimationFrame(() => {
                if (!shown()) return look();
                const channel = new MessageChannel();
                channel.port1.onmessage = () => done(performance.now() - timeStamp);
                channel.port2.postMessage(null);
            });
            look();
        }, { capture: true, once: true });
    });
}"""


def editor(site: Site) -> list[Line]:
    site.arrange()
    with chromium() as browser:
        context = new_context(browser, site.server.url, site.users[0])
        page = context.new_page()
        load(page, site.server.url)
        before = held(page)
        first = _ask(page, PROGRAM + "math.sq")
        # Playwright's `wait_for_function` would evaluate text, which the site's policy forbids.
        shown = page.get_by_test_id("editor")
        expect(shown).to_have_attribute("data-code-help", "ready", timeout=SECONDS * 1000)
        warm = _warm(page)
        with_help = memory()
        formats, steps = formatted(page)
        with_ruff, live = memory(), held(page)
        context.close()
    mebibytes = [(bytes - before) / (1 << 20) for bytes in (with_help, with_ruff, live)]
    return [
        Line("first completion", milliseconds(first), "", None, "<= 3000 ms"),
        Line(f"completion of {WORDS} words p50", milliseconds(percentile(warm, 50)), "", None),
        Line("… p95", milliseconds(percentile(warm, 95)), "", None, "<= 60 ms"),
        Line("format 500 lines p50", milliseconds(percentile(formats, 50)), "", None, "<= 50 ms"),
        Line("… p95", milliseconds(percentile(formats, 95)), steps, None),
        Line("memory of code help", f"{mebibytes[0]:.0f} MiB", "", None),
        Line("memory of code help and ruff", f"{mebibytes[1]:.0f} MiB", "", None),
        Line("… once it is collected", f"{mebibytes[2]:.0f} MiB", "", None, "<= 250 MiB"),
    ]


def _warm(page: Page) -> list[float]:
    """The server has read what the words need, as after the first minute of an hour."""
    chance = random.Random(1)
    for half in HALVES:
        _ask(page, PROGRAM + half)
    return [_ask(page, PROGRAM + chance.choice(HALVES)) for _ in range(WORDS)]


def _ask(page: Page, text: str) -> float:
    """Ctrl+Space at the end of a text."""
    page.keyboard.press("Escape")
    page.evaluate("text => window.coderunner.setText(text)", text[:-1])
    page.locator(".view-line").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text[-1])
    expect(page.locator(".suggest-widget.visible")).to_have_count(0)
    page.evaluate(WATCH)
    page.keyboard.press("Control+Space")
    return float(page.evaluate("() => window.suggested"))


def memory() -> int:
    """Bytes of our browser's pages, workers included; what they share is counted once."""
    return sum(map(_proportional, _renderers(os.getpid())))


def held(page: Page) -> int:
    """The same without garbage: a browser with much memory collects late. Workers collect theirs
    when they have been idle for a moment."""
    page.context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
    give_up_at, least, fell_at = time.monotonic() + SECONDS, memory(), time.monotonic()
    while time.monotonic() < min(give_up_at, fell_at + IDLE_SECONDS):
        page.wait_for_timeout(200)
        if (now := memory()) < least * 0.995:
            least, fell_at = now, time.monotonic()
    return least


def _renderers(ours: int) -> list[int]:
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:
            continue  # it has ended meanwhile
        parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    return [pid for pid in parents if _descends(pid, ours, parents) and _is_renderer(pid)]


def _descends(pid: int, ancestor: int, parents: dict[int, int]) -> bool:
    while pid in parents and pid != ancestor:
        pid = parents[pid]
    return pid == ancestor


def _is_renderer(pid: int) -> bool:
    try:
        return b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _proportional(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) << 10
    return 0
