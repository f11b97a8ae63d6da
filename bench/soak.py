"""`make soak`: a class at work for a long time. Every byte is checked, and nothing may grow.

    make soak                 30 minutes, 50 students
    make soak ARGS="10 20"    minutes, students

Students start programs, talk to them, let them flood, stop them, and lose their connections. Before
and after, when everybody has gone, what the servers hold is compared; meanwhile it is drawn as a
line, whose slope is printed. Ends with 1 when a byte was wrong or something has grown.
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

MINUTES, STUDENTS = 30.0, 50
WARM_SHARE = 0.1  # of the time; caches, pools and allocators fill meanwhile
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


def soak(minutes: float, count: int) -> bool:
    seconds, tally = minutes * 60, Tally()
    with running_site() as site:
        site.arrange(workers=2, executors=2)
        say(f"warming up for {seconds * WARM_SHARE:.0f} s")
        asyncio.run(work(site, count, seconds * WARM_SHARE, tally))
        time.sleep(SETTLE_SECONDS)
        before = held(site)
        say(f"{count} students work for {minutes:g} minutes")
        looks = asyncio.run(work(site, count, seconds, tally))
        time.sleep(SETTLE_SECONDS)
        after = held(site)
    print(table(before, [Trend.of(looks, name) for name in before.figures], after))
    runs = ", ".join(f"{number} {name}" for name, number in tally.runs.most_common())
    print(f"{sum(tally.runs.values())} runs ({runs}), {tally.bytes / 1e6:.0f} MB checked")
    print(f"wrong: {len(tally.wrong)}")
    for error in tally.wrong[:20]:
        print(f"  {error}")
    grown = [name for name in before.figures if after.grown(before, name)]
    print(f"grown: {', '.join(grown) or 'nothing'}")
    return not tally.wrong and not grown


if __name__ == "__main__":
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    count = int(sys.argv[2]) if len(sys.argv) > 2 else STUDENTS
    sys.exit(0 if soak(minutes, count) else 1)
