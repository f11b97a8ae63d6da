"""What each session costs when there are few, and when there are many. Draws a picture too."""

import asyncio

from bench import chart, crowd
from bench.crowd import Crowd
from bench.machine import MIB
from bench.site import Site
from bench.statistics import Line, percentile
from tests.services import ROOT

SIZES = (10, 50, 200, 500)
PICTURE = ROOT / "var" / "bench" / "growth.svg"


def growth(site: Site) -> list[Line]:
    site.arrange()
    lines: list[Line] = []
    observed: dict[str, list[Crowd]] = {"here": [], "terminado": [], "raw terminals": []}
    for size in SIZES:
        typing = size // 5
        mine = asyncio.run(crowd.ours(site, size, typing))
        theirs = asyncio.run(crowd.terminado(site, size, typing))
        bare = asyncio.run(crowd.raw(site, size, typing))
        lines += crowd.lines_for(size, typing, mine, theirs, bare)
        for name, one in zip(observed, (mine, theirs, bare), strict=True):
            observed[name].append(one)
    _draw(observed)
    return lines


def _draw(observed: dict[str, list[Crowd]]) -> None:
    panels = [
        chart.Panel("Echo, 95th percentile, a fifth of them typing", "ms", {
            name: [percentile(one.echoes, 95) * 1000 for one in crowds]
            for name, crowds in observed.items()
        }),
        chart.Panel("Memory of each session", "MiB", {
            name: [one.each / MIB for one in crowds] for name, crowds in observed.items()
        }),
        chart.Panel("Processor while nobody types", "% of a core", {
            name: [one.idle for one in crowds] for name, crowds in observed.items()
        }),
    ]  # fmt: skip
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(chart.svg("Open sessions", SIZES, panels))
    print(f"drawn: {PICTURE.relative_to(ROOT)}")
