"""Boxes and blocks have no gaps where the DOM draws the terminal, on every kind of screen."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from runner.protocol.messages import Outcome
from tests.e2e import surfaces
from tests.e2e.fingers import box
from tests.e2e.pixels import Picture, Pixel
from tests.e2e.workspace import Workspace
from tests.product import WebServer

PICTURES = os.environ.get("PICTURES")
RATIOS = (1, 1.25, 1.5, 2, 2.625)
FONT_SIZES = (10, 13, 14, 17, 23)
WITHOUT_WEBGL = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...given) {
    return kind.startsWith("webgl") ? null : real.call(this, kind, ...given);
};
"""
PROGRAM = """
import os
print("\\n".join(["██████"] * 5))
for corners in ("╔═╗║╚╝", "┌─┐│└┘", "┏━┓┃┗┛", "╭─╮│╰╯"):
    a, line, b, side, c, d = corners
    print(a + line * 6 + b)
    print(side + " Hi , " + side)
    print(side + "\\x1b[31mred\\x1b[0m   " + side)
    print(c + line * 6 + d)
print("▀▀▀▀\\n▄▄▄▄\\n▌▐▌▐▌▐")
print("▚▞▚▞\\n░▒▓█\\n\u2571\u2572\u2573╋")
print("┄┅┈┉╌╍ ▁▂▃▄▅▆▇█ ▉▊▋▌▍▎▏ ╠╬╣╤╪╧╞╡╓╙")
print("columns:", os.get_terminal_size().columns)
"""
BOXES = (5, 9, 13, 17)  # their first rows; each has 4
INK = 25  # how much a pixel differs from the background: edges are half covered


@pytest.fixture(scope="module", params=RATIOS)
def screen(
    browser: Browser,
    site: WebServer,
    new_student: Callable[[], str],
    request: pytest.FixtureRequest,
) -> Iterator[Workspace]:
    context = browser.new_context(
        viewport={"width": 900, "height": 1500}, device_scale_factor=request.param
    )
    context.set_default_timeout(15_000)
    context.add_init_script(WITHOUT_WEBGL)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    workspace.page.set_viewport_size({"width": 1100, "height": 1700})
    yield workspace
    assert workspace.complaints == []
    context.close()


@dataclass(frozen=True)
class Grid:
    """A screenshot of the terminal, and the size of its cells in pixels."""

    picture: Picture
    left: float
    top: float
    cell: tuple[float, float]
    background: Pixel
    ratio: float

    def place(self, column: float, row: float) -> tuple[int, int]:
        x, y = self.left + column * self.cell[0], self.top + row * self.cell[1]
        return floor(x + 0.5), floor(y + 0.5)  # as browsers round

    def inked(self, x: int, y: int) -> bool:
        differences = zip(self.picture.at(x, y), self.background, strict=True)
        return max(abs(one - other) for one, other in differences) > INK

    def gaps_down(self, x: int, top: int, bottom: int) -> list[int]:
        return [y for y in range(top, bottom) if not self.inked(x, y)]


def grid(workspace: Workspace) -> Grid:
    ratio = float(workspace.page.evaluate("devicePixelRatio"))
    screen = workspace.terminal.locator(".xterm-screen")
    left, top, width, _ = box(screen)
    columns = int(workspace.shown().partition("columns: ")[2].split()[0])
    height = (
        workspace.terminal.locator(".xterm-rows > div")
        .nth(1)
        .evaluate(
            "row => row.getBoundingClientRect().top"
            " - row.previousElementSibling.getBoundingClientRect().top"
        )
    )
    clip = {"x": 0, "y": 0, "width": left + width, "height": top + 34 * height}
    picture = Picture(workspace.page.screenshot(clip=clip))  # type: ignore[arg-type]
    cell = (width * ratio / columns, height * ratio)
    left, top = left * ratio, top * ratio
    return Grid(picture, left, top, cell, picture.at(int(left) - 4, int(top) + 4), ratio)


@pytest.mark.parametrize("size", FONT_SIZES)
def test_there_are_no_gaps(screen: Workspace, site: WebServer, size: int) -> None:
    surfaces.start_anew(screen, site.url, terminal_font_size=size)
    screen.start(PROGRAM)
    screen.wait_for_end(Outcome.COMPLETED)
    screen.page.mouse.move(5, 5)
    if PICTURES:
        ratio = screen.page.evaluate("devicePixelRatio")
        path = Path(PICTURES) / f"boxes-{ratio}-{size}.png"
        screen.page.locator("#terminal-frame").screenshot(path=path)
    found = grid(screen)
    assert abs(found.cell[0] - round(found.cell[0])) < 0.05, "cells are whole pixels"
    assert abs(found.cell[1] - round(found.cell[1])) < 0.05
    assert block_gaps(found) == []
    for row in BOXES:
        assert box_gaps(found, row) == [], row


def block_gaps(found: Grid) -> list[str]:
    """The blocks are one rectangle, as large as their cells up to what browsers round."""
    x, y = found.place(3, 2.5)
    edge = ceil(float(found.ratio))
    (left, top), (right, bottom) = found.place(0, 0), found.place(6, 5)
    lefts, tops = range(left - edge, x), range(top - edge, y)
    left = next(at for at in lefts if found.inked(at, y))
    top = next(at for at in tops if found.inked(x, at))
    right -= next(off for off in range(-edge, edge + 2) if found.inked(right - off - 1, y))
    bottom -= next(off for off in range(-edge, edge + 2) if found.inked(x, bottom - off - 1))
    # Of the outermost pixels a part may be covered.
    inner = range(left + 1, right - 1)
    return [f"{x} {y}" for x in inner for y in found.gaps_down(x, top + 1, bottom - 1)]


def strokes(places: list[int]) -> list[list[int]]:
    """Pixels beside each other are one line: at most the edges of one are half covered."""
    found: list[list[int]] = []
    for place in places:
        if found and found[-1][-1] == place - 1:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def box_gaps(found: Grid, row: int) -> list[str]:
    """Where a line of a box of eight by four cells is interrupted, from near its corners on."""
    gaps = []
    _, top = found.place(0, row + 0.8)
    _, bottom = found.place(0, row + 3.2)
    for column in (0, 7):
        first, middle = found.place(column, row + 1.5)
        last = found.place(column + 1, 0)[0]
        lines = strokes([x for x in range(first, last) if found.inked(x, middle)])
        assert lines, f"no line in column {column}"
        for line in lines:
            whole = range(top, bottom)
            gaps += [f"{line} {y}" for y in whole if not any(found.inked(x, y) for x in line)]
    left, right = found.place(1, 0)[0], found.place(7, 0)[0]
    for part in (row, row + 3):
        x, first = found.place(3.5, part)
        last = found.place(0, part + 1)[1]
        # Without its edges: the row above may end there.
        lines = strokes([y for y in range(first + 2, last - 2) if found.inked(x, y)])
        assert lines, f"no line in row {part}"
        for line in lines:
            whole = range(left, right)
            gaps += [f"{x} {line}" for x in whole if not any(found.inked(x, y) for y in line)]
    return gaps


def test_the_characters_are_found_and_copied_as_they_are(
    screen: Workspace, site: WebServer
) -> None:
    surfaces.start_anew(screen, site.url)
    screen.start("print('╔══╗')\nprint('║Hi║ ██')")
    screen.wait_for_end(Outcome.COMPLETED)
    rows = screen.terminal.locator(".xterm-rows > div")
    assert [rows.nth(row).text_content() for row in (0, 1)] == ["╔══╗", "║Hi║ ██"]
    assert screen.shown().startswith("╔══╗\n║Hi║ ██\n")


COLOURS = """
print("\\x1b[31m█\\x1b[32m█\\x1b[38;2;1;2;250m█\\x1b[0;7m█\\x1b[0;44;33m▄\\x1b[0;2m█\\x1b[0m")
"""


def test_they_have_the_colours_of_the_text(screen: Workspace, site: WebServer) -> None:
    surfaces.start_anew(screen, site.url)
    screen.start(COLOURS)
    screen.wait_for_end(Outcome.COMPLETED)
    cells = screen.terminal.locator(".box-cell")
    colours = cells.evaluate_all("cells => cells.map((cell) => getComputedStyle(cell).color)")
    assert colours[:3] == ["rgb(255, 143, 135)", "rgb(111, 217, 154)", "rgb(1, 2, 250)"]
    assert colours[3] == "rgb(11, 14, 18)", "inverse"
    assert colours[4] == "rgb(240, 192, 90)"
