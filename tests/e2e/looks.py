"""Pages looked at on three screens, one of them in German, and in each theme."""

from typing import Any

from playwright.sync_api import Locator, Page

from tests.e2e.appearance import LEAST_FONT_PX, problems, save_picture
from tests.e2e.pages import SET_THEME, THEMES, serious_violations
from tests.e2e.test_appearance_of_the_workspace import SMALL
from tests.e2e.test_every_control import UNREACHABLE

SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "locale": "de-DE",
    },
}
PARTS = ("main .page-head", "main section", "main form", "main table", "main li")
# Not between two themes: Django's admin fades.
COLOURS_ARE_THERE = """() => Promise.all(document.getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished.catch(() => undefined)))"""
MOST_PARTS = 12  # of a kind: lists repeat themselves


class Looks:
    """What is wrong with a page, and where."""

    def __init__(self, page: Page, screen: str) -> None:
        self.page, self.screen = page, screen
        self.found: list[str] = []
        page.emulate_media(reduced_motion="reduce")

    def at(self, name: str, *parts: Locator, scrolls: bool = False) -> None:
        """Of the whole page, and of these parts of it."""
        page = self.page
        self._add(name, page.evaluate(SMALL, LEAST_FONT_PX))
        width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        self._add(name, [f"{width} px too wide"] if width > 0 else [])
        for theme in THEMES:
            page.evaluate(SET_THEME, theme)
            page.evaluate(COLOURS_ARE_THERE)
            save_picture(page, f"{name}-{self.screen}-{theme}")
            self._add(f"{name}, {theme}", serious_violations(page))
            for part in parts:
                self._add(f"{name}, {theme}", problems(part, keyboard=False, scrolls=scrolls))

    def page_at(self, name: str) -> None:
        self._add(name, self.page.evaluate(UNREACHABLE))
        parts = [
            part
            for kind in PARTS
            for part in self.page.locator(kind).all()[:MOST_PARTS]
            if part.is_visible()
        ]
        self.at(name, *parts, scrolls=True)

    def assert_fine(self) -> None:
        assert not self.found, "\n".join(dict.fromkeys(self.found))

    def _add(self, name: str, wrong: list[str]) -> None:
        self.found += [f"{name}: {one}" for one in wrong]
