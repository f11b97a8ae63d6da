"""The workspace on screens of several sizes."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import surfaces
from tests.e2e.workspace import Workspace

SIZES = {"desktop": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_all_that_is_needed_is_on_the_screen(workspace: Workspace, size: tuple[int, int]) -> None:
    width, height = size
    workspace.page.set_viewport_size({"width": width, "height": height})
    parts = [workspace.run, workspace.editor, workspace.stop, workspace.terminal]
    # A phone has room for one pane, and for Stop while a program runs.
    for part in parts[:2] if size == SIZES["phone"] else parts:
        expect(part).to_be_in_viewport(ratio=0.9)
    assert workspace.page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    ) == [width, height]


def test_wide_screens_have_the_terminal_beside_the_editor(workspace: Workspace) -> None:
    editor, terminal = workspace.editor.bounding_box(), workspace.terminal.bounding_box()
    assert editor
    assert terminal
    assert editor["x"] + editor["width"] <= terminal["x"]


def test_narrow_screens_have_it_below(workspace: Workspace) -> None:
    workspace.page.set_viewport_size({"width": 820, "height": 1180})
    editor, terminal = workspace.editor.bounding_box(), workspace.terminal.bounding_box()
    assert editor
    assert terminal
    assert editor["y"] + editor["height"] <= terminal["y"]


@pytest.mark.parametrize("width", [1440, 820, 700, 412])
def test_no_example_is_alone_in_its_row(workspace: Workspace, width: int) -> None:
    """The first has a row to itself; the others fill theirs."""
    workspace.page.set_viewport_size({"width": width, "height": 900})
    tiles = surfaces.examples(workspace).locator(".examples li")
    tops = tiles.evaluate_all("tiles => tiles.map((tile) => tile.getBoundingClientRect().top)")
    rows = [tops.count(top) for top in sorted(set(tops))]
    assert rows[0] == 1
    assert len(set(rows[1:])) == 1, rows


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_code_and_terminal_have_a_visible_border(workspace: Workspace, theme: str) -> None:
    """Also where both have the page's background."""
    surfaces.by_command(workspace, "terminal-page")
    surfaces.by_command(workspace, f"theme-{theme}")
    expect(workspace.page.locator("#terminal-frame")).to_have_attribute("data-theme", theme)
    workspace.page.mouse.move(0, 0)
    border, *sides = (
        luminance(workspace.page.locator(css))
        for css in ("#splitter", "#editor-panel", "#terminal-frame")
    )
    for side in sides:
        light, dark = max(border, side), min(border, side)
        assert (light + 0.05) / (dark + 0.05) >= 3


def luminance(element: Locator) -> float:
    """Of its background, as WCAG 2 defines it."""
    colour = element.evaluate("element => getComputedStyle(element).backgroundColor")
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
