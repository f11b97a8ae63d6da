"""What is wrong with how a widget looks, for tests that open it.

A widget is visible and inside the window; nothing shines through it; its text has contrast, is
not cut off and not small; its icons are glyphs of a loaded font, or pictures; keys reach it, and
its controls have names.
"""

import os
from pathlib import Path

from playwright.sync_api import Locator, Page

LOOK = Path(__file__).with_suffix(".js").read_text()
LEAST_FONT_PX = 12
# With `PICTURES=directory` in the environment, tests save there what they looked at.
PICTURES = os.environ.get("PICTURES")


def problems(
    widget: Locator,
    *,
    floating: bool = False,
    keyboard: bool = True,
    least_font_px: float = LEAST_FONT_PX,
    scrolls: bool = False,
) -> list[str]:
    """Sentences, each beginning with the check that failed; waits until the widget is there.

    `floating`: it lies above others, so that it must have a background of its own.
    `keyboard=False`: keys act on it while the focus stays elsewhere, or it only shows something.
    `scrolls`: it is a part of a page that may be longer than the window.
    """
    options = {
        "floating": floating, "keyboard": keyboard, "least": least_font_px, "scrolls": scrolls,
    }  # fmt: skip
    return list(widget.evaluate(f"(widget, options) => ({LOOK.strip()})(widget, options)", options))


def save_picture(page: Page, name: str) -> None:
    """For people who look; does nothing unless PICTURES is set."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def save_widget_picture(widget: Locator, name: str) -> None:
    if PICTURES:
        widget.screenshot(path=Path(PICTURES) / f"{name}.png")
