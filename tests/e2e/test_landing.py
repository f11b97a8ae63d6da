"""The page for who is not signed in: light, complete, and with a program that runs."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.fingers import device
from tests.e2e.pages import THEMES, serious_violations
from tests.product import Product, WebServer

# Of what a browser loads for the page, compressed, without fonts, which it shows text without.
MOST_BYTES = 90_000
MOST_REQUESTS = 25
FIRST_PAINT_MS = 1800.0  # Lighthouse gives its best grade up to this
SHIFT = 0.1  # likewise, of the layout
PAINTED = """() => new Promise((resolve) => {
    new PerformanceObserver((list) => {
        const found = list.getEntries().find(({ name }) => name === "first-contentful-paint");
        if (found) resolve(found.startTime);
    }).observe({ type: "paint", buffered: true });
})"""
SHIFTED = """() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) sum += value;
    }).observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})"""
HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3')].map(({ tagName }) => tagName)"
BLOCKING = """() => [...document.head.querySelectorAll("script")]
    .filter((script) => !script.defer && !script.async && script.type !== "module").length"""


@pytest.fixture(scope="module")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with Product(tmp_path_factory.mktemp("landing"), VISITORS="shared") as product:
        product.migrate()
        server = product.serve()
        server.wait_until_ready()
        yield server


def test_it_is_light_and_painted_soon(browser: Browser, open_site: WebServer) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        client = context.new_cdp_session(page)
        client.send("Network.enable")
        kinds: dict[str, str] = {}
        sizes: list[float] = []

        def finished(event: dict[str, Any]) -> None:
            if kinds.get(event["requestId"]) != "Font":
                sizes.append(event["encodedDataLength"])

        client.on(
            "Network.responseReceived",
            lambda event: kinds.update({event["requestId"]: event["type"]}),
        )
        client.on("Network.loadingFinished", finished)
        page.goto(open_site.url)  # leads there
        page.wait_for_load_state("networkidle")
        assert page.url.startswith(f"{open_site.url}/accounts/login/")
        assert page.evaluate(PAINTED) < FIRST_PAINT_MS
        assert page.evaluate(SHIFTED) < SHIFT
        assert sum(sizes) < MOST_BYTES, sizes
        assert len(sizes) < MOST_REQUESTS
        assert page.evaluate(BLOCKING) == 0


def described(page: Page) -> None:
    description = page.locator("meta[name=description]").get_attribute("content") or ""
    assert 50 <= len(description) <= 160
    assert len(page.title()) > 10
    viewport = page.locator("meta[name=viewport]").get_attribute("content") or ""
    assert "width=device-width" in viewport
    assert "user-scalable=no" not in viewport
    headings = page.evaluate(HEADINGS)
    assert headings.count("H1") == 1
    assert headings[0] == "H1"
    levels = [int(name[1]) for name in headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("language", ["en", "de"])
def test_it_says_what_it_is_in_both_languages(
    browser: Browser, open_site: WebServer, language: str
) -> None:
    with browser.new_context(locale=language) as context:
        page = context.new_page()
        page.goto(f"{open_site.url}/accounts/login/")
        assert page.locator("html").get_attribute("lang") == language
        described(page)
        page.emulate_media(reduced_motion="reduce")  # no colour is between two others
        for theme in THEMES:
            page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
            assert serious_violations(page) == []
        sign_up = page.locator("main").get_by_role(
            "link", name="account" if language == "en" else "Konto"
        )
        expect(sign_up.first).to_be_visible()


@pytest.mark.parametrize("width", [390, 820, 1280])
def test_it_fits_every_screen(browser: Browser, open_site: WebServer, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{open_site.url}/accounts/login/")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        expect(page.locator("input[name=login]")).to_be_visible()
        expect(page.get_by_test_id("run")).to_be_enabled()


@pytest.mark.parametrize("on_phone", [False, True])
def test_its_program_runs_without_an_account(
    browser: Browser, open_site: WebServer, on_phone: bool
) -> None:
    if on_phone:
        with device(browser, "Pixel 7") as context:
            answered(context.new_page(), open_site)
    else:
        with browser.new_context() as context:
            answered(context.new_page(), open_site)


def answered(page: Page, site: WebServer) -> None:
    page.goto(f"{site.url}/accounts/login/")
    page.get_by_test_id("run").click()
    terminal = page.get_by_test_id("terminal")
    expect(terminal).to_contain_text("What is your name?", timeout=30_000)
    page.keyboard.type("Ada\n")
    expect(terminal).to_contain_text("Hello, Ada!")
    expect(page.get_by_test_id("run-state")).to_have_attribute("data-state", "finished")
    assert serious_violations(page) == []


def test_without_visitors_a_picture_shows_it(browser: Browser, site: WebServer) -> None:
    page = browser.new_page()
    page.goto(f"{site.url}/accounts/login/")
    expect(page.get_by_role("img", name="Picture")).to_be_visible()
    expect(page.get_by_test_id("run")).to_have_count(0)
    described(page)
    page.context.close()
