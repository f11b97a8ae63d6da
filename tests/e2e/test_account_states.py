"""Every state of the account pages, shared snippets, error pages and admin, opened once.

Nothing is smaller than 12 px, wider than the screen or without a heading, and nothing is refused by
the policy of the page. `make test-browsers` repeats it in three sizes, light and dark, English and
German; with PICTURES=<path> each is then saved as a picture.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.e2e.account_states import STATES, Visit
from tests.e2e.pages import REFUSED, serious_violations
from tests.e2e.people import make_people
from tests.e2e.type_size import too_small
from tests.product import Product, WebServer

Theme = Literal["light", "dark"]
SIZES = {"desktop": (1440, 900), "tablet": (820, 1180), "phone": (412, 915)}
ONCE = {"phone": SIZES["phone"]}  # where room is scarcest
EXTENTS = [
    pytest.param("en", ONCE, ("light",), id="once"),
    pytest.param("en", SIZES, ("light", "dark"), id="en"),
    pytest.param("de", SIZES, ("light", "dark"), id="de"),
]
# Django's links fade from one colour to the other.
AT_ONCE = "document.getAnimations().forEach((one) => one.finish())"
PICTURES = os.environ.get("PICTURES", "")
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPAQUE = """() => [document.documentElement, document.body].some(
    (one) => getComputedStyle(one).backgroundColor !== "rgba(0, 0, 0, 0)")"""


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    course = {"EMBED_ALLOWED_ORIGINS": "http://course.test"}
    with Product(tmp_path_factory.mktemp("states"), **course) as product:
        product.migrate()
        yield product


@pytest.fixture(scope="module")
def server(product: Product) -> WebServer:
    return product.serve()


@pytest.fixture(scope="module")
def known(product: Product) -> dict[str, str]:
    return dict(product.call(make_people))


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("language", "sizes", "themes"), EXTENTS)
@pytest.mark.parametrize("name", STATES)
def test_it_is_shown_as_it_should_be(
    browser: Browser,
    product: Product,
    server: WebServer,
    known: dict[str, str],
    name: str,
    language: str,
    sizes: dict[str, tuple[int, int]],
    themes: tuple[Theme, ...],
) -> None:
    with browser.new_context(locale=language, reduced_motion="reduce") as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.extend(complaint(said)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        STATES[name](Visit(page, server.url, product, known))
        problems = list(looked_at(page, f"{name} {language}", sizes, themes))
        assert problems + complaints == []


def complaint(said: ConsoleMessage) -> list[str]:
    asked_for = REFUSED.search(said.text) or "status of 4" in said.text
    return [said.text] if said.type == "error" and not asked_for else []


def looked_at(
    page: Page, name: str, sizes: dict[str, tuple[int, int]], themes: tuple[Theme, ...]
) -> Iterator[str]:
    """What is wrong with the page, in words."""
    assert page.locator("h1:visible, h1.visually-hidden").count() >= 1
    for size, (width, height) in sizes.items():
        page.set_viewport_size({"width": width, "height": height})
        yield from (f"{size}: {found}" for found in too_small(page))
        if wider := page.evaluate(WIDER):
            yield f"{size}: {wider} px wider than the screen"
        for theme in themes:
            page.emulate_media(color_scheme=theme)
            page.evaluate(AT_ONCE)
            if PICTURES and sizes is not ONCE:
                file = "-".join([*name.split(" "), size, theme]) + ".png"
                page.screenshot(path=Path(PICTURES) / file, animations="disabled")
            if size == next(iter(sizes)):
                yield from (f"{theme}: {found}" for found in serious(page))
    if not page.evaluate(OPAQUE):
        yield "the page has no background"


def serious(page: Page) -> list[str]:
    """Of Django's own pages only what we style: their markup is not ours."""
    found = serious_violations(page)
    if "/admin/" in page.url and page.locator("#site-name").count():
        return [one for one in found if one.startswith("color-contrast")]
    return found
