"""What a program shows, measured through all of the product: pictures, windows, memory.

The memory of each terminal without all that is a line of the section `sessions`.
"""

import asyncio
import sys
import time

from bench.machine import below, proportional
from bench.site import Site
from bench.statistics import Line, milliseconds, percentile
from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import WebServer
from tests.screens.screen_terminal import ScreenTerminal, open_screen_terminal
from tests.services import ServerProcess
from tests.terminal_client import open_terminal

RUNS, PLOTS, GAME_SECONDS, QUIET_SECONDS = 8, 20, 5.0, 1.5
MIB = 1024 * 1024
SHOWN_SECONDS = 60.0
PLOT = f"""import matplotlib.pyplot as plt
for number in range({PLOTS}):
    plt.plot([1, 4, 9, number])
    plt.show()
"""
PICTURE = f"""from coderunner import show
for number in range({PLOTS}):
    show("<svg xmlns='http://www.w3.org/2000/svg'><text>" + str(number) + "</text></svg>")
"""
TURTLE = """import turtle
turtle.forward(10)
print("shown", flush=True)
turtle.mainloop()
"""
GAME = """import pygame
pygame.init()
screen = pygame.display.set_mode((640, 480))
clock, x = pygame.time.Clock(), 0
print("shown", flush=True)
while True:
    pygame.event.pump()
    x = (x + 5) % 640
    screen.fill("navy")
    pygame.draw.circle(screen, "gold", (x, 240), 30)
    pygame.display.flip()
    clock.tick(30)
"""
TABLE = "import pandas\nprint('shown', flush=True)\ninput()\n"
PLOTTED = "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\nprint('shown')\ninput()\n"
FORM = "import tkinter\nroot = tkinter.Tk()\nroot.update()\nprint('shown')\nroot.mainloop()\n"
KINDS: dict[str, tuple[str, bool]] = {  # and whether it has a window
    "that asks": ("print('shown')\ninput()\n", False),
    "with pandas": (TABLE, False),
    "with a plot": (PLOTTED, False),
    "with a form of tkinter": (FORM, True),
    "with turtle": (TURTLE, True),
    "with pygame": (GAME, True),
}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def artifacts(site: Site) -> list[Line]:
    site.arrange()
    return asyncio.run(_lines(site.server, site.executor, site.users[0]))


async def _lines(server: WebServer, executor: ServerProcess, user: SignedIn) -> list[Line]:
    say(f"Run -> picture, {RUNS} times …")
    plots, later = await _pictures(server, user, PLOT)
    plain, others = await _pictures(server, user, PICTURE)
    say(f"Run -> window, {RUNS} times …")
    async with open_screen_terminal(server, user) as terminal:
        windows = [await _window(terminal) for _ in range(RUNS)]
        say("a game …")
        frames, rate = await _game(terminal)
        say("memory of each kind of program …")
        memory = {kind: await _memory(terminal, executor, kind) for kind in KINDS}
    return [
        Line("Run -> first plot p50", milliseconds(percentile(plots, 50)), "", None, "<= 1500 ms"),
        Line("plot -> next plot p50", milliseconds(percentile(later, 50)), "", None, "<= 150 ms"),
        Line("Run -> first drawing p50", milliseconds(percentile(plain, 50)), "", None),
        Line("drawing -> next one p50", milliseconds(percentile(others, 50)), "", None),
        Line(
            "Run -> turtle's window p50",
            milliseconds(percentile(windows, 50)),
            "",
            None,
            "<= 600 ms",
        ),
        Line("pictures of a game at 640 x 480", f"{frames:.1f} a second", "", None, ">= 20"),
        Line("bytes of that game", f"{rate / 1024:.0f} KiB a second", "", None),
        *(
            Line(f"memory of a program {kind}", f"{size / MIB:.0f} MiB", "", None)
            for kind, size in memory.items()
        ),
    ]


async def _pictures(
    server: WebServer, user: SignedIn, source: str
) -> tuple[list[float], list[float]]:
    """Seconds from the request to the first artifact; from each to the next."""
    first, later = list[float](), list[float]()
    async with open_terminal(server, user) as terminal:
        for _ in range(RUNS):
            began = time.perf_counter()
            await terminal.request_start(source)
            for number in range(1, PLOTS + 1):
                await terminal.wait_for("artifact", SHOWN_SECONDS, seq=number)
                took, began = time.perf_counter() - began, time.perf_counter()
                (later if number > 1 else first).append(took)
            await terminal.wait_for_exit(Outcome.COMPLETED)
            terminal.inbox.clear()
    return first, later


async def _window(terminal: ScreenTerminal) -> float:
    """Seconds from the request until the window, with the turtle in it, was drawn."""
    began = time.perf_counter()
    await terminal.start_with_window(TURTLE)
    await _is_shown(terminal)
    took = time.perf_counter() - began
    await _stop(terminal)
    return took


async def _is_shown(terminal: ScreenTerminal) -> None:
    await terminal.wait_for_output("shown", SHOWN_SECONDS)
    await terminal.wait_for_updates(1, SHOWN_SECONDS)


async def _game(terminal: ScreenTerminal) -> tuple[float, float]:
    """Pictures and bytes a second, as they arrive."""
    await terminal.start_with_window(GAME)
    await _is_shown(terminal)
    updates, drawn, began = terminal.updates, terminal.drawn, time.perf_counter()
    await asyncio.sleep(GAME_SECONDS)
    took = time.perf_counter() - began
    figures = (terminal.updates - updates) / took, (terminal.drawn - drawn) / took
    await _stop(terminal)
    return figures


async def _memory(terminal: ScreenTerminal, executor: ServerProcess, kind: str) -> float:
    """Bytes of its sandbox; what several share counts once (PSS)."""
    source, window = KINDS[kind]
    await asyncio.sleep(QUIET_SECONDS)  # the sandbox that waits for the next run is complete
    before = proportional(below(executor.pid))
    await (terminal.start_with_window(source) if window else terminal.start(source))
    await terminal.wait_for_output("shown", SHOWN_SECONDS)
    await asyncio.sleep(QUIET_SECONDS)
    took = proportional(below(executor.pid)) - before
    await _stop(terminal)
    return took


async def _stop(terminal: ScreenTerminal) -> None:
    await terminal.send("stop")
    await terminal.wait_for_exit(Outcome.STOPPED)
    terminal.inbox.clear()
