"""One terminal on a site where nothing else happens, and beside a neighbour who burns the cores."""

import asyncio

import psutil

from bench import local, terminals
from bench.machine import Usage
from bench.site import Site
from bench.statistics import Line, compared, milliseconds, percentile

FLOOD = "import os\nlines = (b'x' * 79 + b'\\n') * 800\nfor _ in range(800): os.write(1, lines)\n"
BURN = """\
import os
for _ in range({cores} - 1):
    if not os.fork(): break
print("burning")
while True: pass
"""
ECHOES, FLOODS, INTERRUPTS = 500, 3, 30


def echo(site: Site) -> list[Line]:
    site.arrange()
    port, pid = site.terminado()
    with Usage(site, pid) as usage:
        ours = asyncio.run(terminals.echoes(site.server, site.users[0], ECHOES))
    theirs = asyncio.run(terminals.terminado_echoes(port, ECHOES))
    return [
        compared("echo", ours, theirs, 50, "terminado", "<= 2x").limited(usage.text),
        compared("echo", ours, theirs, 99, "terminado"),
    ]


def flood(site: Site) -> list[Line]:
    site.arrange()
    ours, theirs = [], []
    for _ in range(FLOODS):
        with Usage(site) as usage:
            ours.append(asyncio.run(terminals.flood(site.server, site.users[0], FLOOD)))
        theirs.append(local.flood(FLOOD))
    mine, other = (sorted(series)[FLOODS // 2] for series in (ours, theirs))
    figures = f"{mine / 1e6:.1f} MB/s", f"{other / 1e6:.1f} MB/s raw terminal loop"
    return [Line("flood", *figures, mine / other, ">= 0.45x", usage.text)]


def interrupt(site: Site) -> list[Line]:
    site.arrange()
    took = [
        asyncio.run(terminals.interrupt(site.server, site.users[0], 5e6)) for _ in range(INTERRUPTS)
    ]
    half, most = percentile(took, 50), percentile(took, 95)
    figures = f"{milliseconds(most)}", f"(p50 {milliseconds(half)}; 256 KiB alone take 52 ms)"
    return [Line("^C to end at 5 MB/s p95", *figures, None, "<= 150 ms")]


def neighbour(site: Site) -> list[Line]:
    """Another's echo while one run burns every core it is allowed."""
    site.arrange()
    alone = asyncio.run(terminals.echoes(site.server, site.users[0], ECHOES))
    beside, limit = asyncio.run(_echoes_beside_a_fire(site))
    what = "echo beside a run that burns all cores"
    return [
        compared(what, beside, alone, 50, "alone"),
        compared(what, beside, alone, 95, "alone").limited(limit),
    ]


async def _echoes_beside_a_fire(site: Site) -> tuple[list[float], str]:
    async with terminals.open_socket(site.server, site.users[1]) as socket:
        await terminals.request_start(socket, BURN.format(cores=psutil.cpu_count()))
        await terminals.next_output(socket)
        with Usage(site) as usage:
            took = await terminals.echoes(site.server, site.users[0], ECHOES)
        await terminals.stop(socket)
    return took, usage.text
