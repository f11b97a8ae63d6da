"""`make soak`: a class at work for a long time. Every byte is checked, and nothing may grow.

    make soak                 30 minutes, 50 students
    make soak ARGS="10 20"    minutes, students

Students start programs, talk to them, let them flood, stop them, and lose their connections. What
the servers hold meanwhile is drawn as a line, once caches, pools and allocators are full; its slope
is printed. When everybody has gone, no object of a run or a socket may be left. Ends with 1 when a
byte was wrong, something grows, or something is left.
"""

import asyncio
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from bench import students
from bench.holdings import Holdings, Trend, held, table
from bench.site import Site, running_site
from tests.scale import census
from tests.scale.site import sandboxes_of

MINUTES, STUDENTS = 30.0, 50
WARM_SHARE = 0.2  # of the time: caches, pools and allocators fill meanwhile
LOOK_SECONDS = 5.0
SETTLE_SECONDS = 75.0  # an executor keeps a run for a minute when its viewer was cut
PAUSE_SECONDS = 2.0  # at most, between two programs of a student


@dataclass
class Tally:
    runs: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    bytes: int = 0


async def work(site: Site, count: int, seconds: float, tally: Tally) -> list[Holdings]:
    """What was held meanwhile, every few seconds."""
    end = time.monotonic() + seconds
    looks: list[Holdings] = []

    async def look() -> None:
        while time.monotonic() < end:
            looks.append(await asyncio.to_thread(held, site))
            await asyncio.sleep(LOOK_SECONDS)

    async def study(number: int) -> None:
        chance = random.Random(f"{number} {seconds}")
        while time.monotonic() < end:
            activity = chance.choice(students.ACTIVITIES)
            try:
                printed = await activity(site, chance)
                tally.bytes += printed
            except Exception as error:  # whatever it is, it is told, and the others go on
                tally.wrong.append(f"{activity.__name__}: {error!r}"[:500])
            tally.runs[activity.__name__] += 1
            await asyncio.sleep(chance.random() * PAUSE_SECONDS)

    await asyncio.gather(look(), *map(study, range(count)))
    return looks


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


def left_over(site: Site) -> dict[str, int]:
    """Objects of runs and sockets that live although all have ended."""
    workers = [worker.process.pid for worker in site.workers]
    executors = {executor.pid: len(sandboxes_of(executor)) for executor in site.executors}
    return census.alive(site.product.directory, workers, executors)


def soak(minutes: float, count: int) -> bool:
    seconds, tally = minutes * 60, Tally()
    with running_site(counted=True) as site:
        site.arrange(workers=2, executors=2)
        say(f"{count} students work for {minutes:g} minutes")
        looks = asyncio.run(work(site, count, seconds, tally))
        time.sleep(SETTLE_SECONDS)
        after, left = held(site), left_over(site)
    warm = [look for look in looks if look.at >= looks[0].at + seconds * WARM_SHARE]
    trends = [Trend.of(warm, name) for name in after.figures]
    say(f"lines through {len(warm)} looks at the last {(1 - WARM_SHARE) * minutes:g} minutes")
    print(table(looks[0], trends, after))
    runs = ", ".join(f"{number} {name}" for name, number in tally.runs.most_common())
    print(f"{sum(tally.runs.values())} runs ({runs}), {tally.bytes / 1e6:.0f} MB checked")
    print(f"wrong: {len(tally.wrong)}")
    for error in tally.wrong[:20]:
        print(f"  {error}")
    growing = [trend.name for trend in trends if trend.grows]
    print(f"grows: {', '.join(growing) or 'nothing'}")
    print(f"left over: {left or 'nothing'}")
    return not (tally.wrong or growing or left)


if __name__ == "__main__":
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    count = int(sys.argv[2]) if len(sys.argv) > 2 else STUDENTS
    sys.exit(0 if soak(minutes, count) else 1)
