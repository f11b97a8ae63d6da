"""Every control of the pages of rooms does what it says."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.page_controls import control, fits_and_is_accessible, press_all
from tests.e2e.room_pages import PHONE, Together
from tests.e2e.room_scenarios import PeoplePage, RoomPage, admit


@pytest.fixture
def people(together: Together) -> Page:
    """The page of people, as its owner sees it."""
    together.product.call(admit, together.room, together.users.student().username)
    return together.page(together.owner_user)


def test_every_control_of_the_page_of_people(together: Together, people: Page) -> None:
    def opened() -> Page:
        people.goto(f"{together.address}people/")
        return people

    fits_and_is_accessible(opened())
    for width, most in ((390, 160), (1280, 70)):  # a name beside its controls, or above them
        people.set_viewport_size({"width": width, "height": 800})
        for row in people.locator(".members-table tr").all():
            box, name = row.bounding_box(), row.locator("bdi").bounding_box()
            assert box
            assert name
            assert box["height"] < most
            assert name["height"] < 30, "it is broken"
    press_all(opened, PeoplePage(together).uses)


def test_every_control_of_a_room(together: Together) -> None:
    page = together.owner()
    guest = together.guest("Ann", **PHONE)
    expect(page.get_by_test_id("people").locator("li")).to_have_count(2)
    fits_and_is_accessible(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    press_all(lambda: page, RoomPage(page, guest).uses)


def test_the_panes_of_a_phone_are_shown_one_at_a_time(together: Together) -> None:
    page = together.guest("Ann", **PHONE)
    for name, part in (("Terminal", ".room-run"), ("Chat", ".room-chat"), ("Code", ".room-code")):
        button = page.get_by_role("button", name=name, exact=True)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(page.locator(part)).to_be_visible()


def test_every_control_of_the_way_in(together: Together) -> None:
    page = together.page(None)
    page.goto(f"{together.address}?guest={together.token}")
    fits_and_is_accessible(page)
    control(page, "name").fill("Ann")
    control(page, "button Join").click()
    together.wait_until_open(page)


def test_who_was_removed_reads_so_in_both_languages(together: Together) -> None:
    owner = together.page(together.owner_user)
    english, german = together.page(None), together.page(None, locale="de-DE")
    for page, name in ((english, "Ann"), (german, "Bea")):
        page.goto(f"{together.address}?guest={together.token}")
        page.locator("input[name=name]").fill(name)
        page.locator("main button[type=submit]").click()
        together.wait_until_open(page)
        owner.goto(f"{together.address}people/")
        owner.get_by_role("button", name=f"Remove {name}").click()
        expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "refused")
        page.goto(f"{together.address}?guest={together.token}")
        fits_and_is_accessible(page)
        expect(page.locator("input[name=name]")).to_have_count(0)
    expect(english.get_by_test_id("removed")).to_contain_text("You were removed")
    expect(german.get_by_test_id("removed")).to_contain_text("Du wurdest aus diesem Raum entfernt")
