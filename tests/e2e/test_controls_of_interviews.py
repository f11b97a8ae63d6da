"""Every control of the pages of interviews does what it says, those of the timer too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.cast import SignedInUsers
from tests.e2e.interview_scenarios import MINUTE, Interviewing, Site
from tests.e2e.page_controls import (
    Use,
    checked,
    control,
    filled,
    fits_and_is_accessible,
    leads_to,
    press_all,
)
from tests.product import Product


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with Product(tmp_path_factory.mktemp("controls")) as product:
        product.migrate()
        users = SignedInUsers(product, students=2, instructors=20)
        server = product.serve()
        server.wait_until_ready()
        yield product, server, users


@pytest.fixture
def interviewing(browser: Browser, site: Site) -> Iterator[Interviewing]:
    made = Interviewing(browser, site)
    yield made
    made.held.end()


def test_every_control_of_an_interview(interviewing: Interviewing) -> None:
    page = f"{interviewing.running}/"
    fits_and_is_accessible(interviewing.go(page))
    interviewing.page.set_viewport_size({"width": 1280, "height": 800})
    press_all(lambda: interviewing.go(page), interviewing.uses)


def test_the_timer_is_started_extended_and_ended_in_the_room_too(
    interviewing: Interviewing,
) -> None:
    page = interviewing.go(f"{interviewing.waiting}/")
    control(page, "start-timer").click()
    expect(page.get_by_test_id("interview-state")).to_have_attribute("data-state", "running")
    interviewing.go(f"{interviewing.running}/")
    page.get_by_test_id("open-room").click()
    interviewing.held.wait_until_open(page)
    timer, before = page.get_by_test_id("timer"), interviewing.ends()
    expect(timer).to_have_attribute("data-state", "running")
    page.get_by_test_id("extend-timer").click()
    interviewing.held.wait_until_open(page)
    assert interviewing.ends() == pytest.approx(before + 5 * MINUTE, abs=1)
    expect(timer).to_have_attribute("data-state", "running")
    page.get_by_test_id("end-timer").click()
    expect(timer).to_have_attribute("data-state", "over")
    assert interviewing.ends() < before


def test_every_control_of_the_list_and_of_the_templates(interviewing: Interviewing) -> None:
    def begin(page: Page, button: Locator) -> None:
        page.locator("[name=candidate]").first.fill("Carl")
        button.click()
        expect(page.locator("h1")).to_contain_text("Carl")

    def copy(page: Page, button: Locator) -> None:
        templates = page.locator(".interview-templates > li")
        count = templates.count()
        button.click()
        interviewing.go("templates/")
        expect(templates).to_have_count(count + 1)

    def delete(page: Page, summary: Locator) -> None:
        templates = page.locator(".interview-templates > li")
        count = templates.count()
        summary.click()
        page.get_by_role("button", name="Delete the template").click()
        expect(templates).to_have_count(count - 1)

    of_list: dict[str, Use] = {
        "a /interviews/templates/": leads_to("/interviews/templates/"),
        "a /interviews/N/": leads_to("/interviews/*/"),
        "div Interviews": lambda _, region: expect(region).to_be_visible(),
    }
    of_templates: dict[str, Use] = {
        "a /interviews/": leads_to("/interviews/"),
        "a /interviews/templates/new/": leads_to("/interviews/templates/new/"),
        "a /interviews/templates/N/": leads_to("/interviews/templates/*/"),
        "candidate": filled("Carl"),
        "begin-interview": begin,
        "button Duplicate Greeting": copy,
        "confirm": delete,
    }
    fits_and_is_accessible(interviewing.go(""))
    fits_and_is_accessible(interviewing.go("templates/"))
    interviewing.page.set_viewport_size({"width": 1280, "height": 800})
    press_all(lambda: interviewing.go(""), of_list)
    press_all(lambda: interviewing.go("templates/"), of_templates)


def test_every_control_of_a_template(interviewing: Interviewing) -> None:
    def one_more(page: Page, button: Locator) -> None:
        rows = page.locator(".interview-rows fieldset")
        count = rows.count()
        button.click()
        expect(rows).to_have_count(count + 1)

    def save(page: Page, button: Locator) -> None:
        form = page.get_by_test_id("template-form")
        form.locator("[name=title]").fill("Sorting")
        form.locator("[name=files-0-path]").fill("main.py")
        form.locator("[name=files-0-content]").fill("print(1)\n")
        button.click()
        expect(page.locator("main")).to_contain_text("Sorting")

    uses: dict[str, Use] = {
        "a /interviews/templates/": leads_to("/interviews/templates/"),
        "title": filled("Sorting"),
        "task": filled("Sort *it*."),
        "notes": filled("Ask for the running time."),
        "languages": checked,
        "minutes": filled("30"),
        "files-N-path": filled("main.py"),
        "files-N-content": filled("print(1)\n"),
        "more=files": one_more,
        "tests-N-name": filled("Ada"),
        "tests-N-input": filled("Ada\n"),
        "tests-N-output": filled("Hello Ada\n"),
        "tests-N-hidden": checked,
        "more=tests": one_more,
        "save-template": save,
    }
    fits_and_is_accessible(interviewing.go("templates/new/"))
    interviewing.page.set_viewport_size({"width": 1280, "height": 800})
    press_all(lambda: interviewing.go("templates/new/"), uses)


def test_every_control_of_a_playback(interviewing: Interviewing) -> None:
    page = interviewing.go(f"{interviewing.running}/playback/")
    expect(page.get_by_test_id("playback-end")).to_have_attribute("data-equal", "true")
    heights = [
        page.locator(part).evaluate("(part) => part.clientHeight")
        for part in (".playback-left", ".playback-code")
    ]
    assert heights[1] > 0.7 * heights[0]
    fits_and_is_accessible(page)
