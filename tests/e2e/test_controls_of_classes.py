"""Every control of the pages of a class, as its teacher sees them, does what it says."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.cast import SignedInUsers
from tests.e2e.a_school import School
from tests.e2e.page_controls import Use, checked, filled, leads_to, press_all
from tests.e2e.test_class_work import site_of_school
from tests.product import Product, WebServer

__all__ = ["site_of_school"]
WAYS = ("", "assignments/", "figures/", "live/", "members/", "rules/", "runs/", "settings/")
NAVIGATION: dict[str, Use] = {
    f"a /classes/N/{way}": leads_to(f"/classes/*/{way}") for way in WAYS
}  # on every page; pressed on the first one


def add_student(classroom: int, student: str) -> None:
    """In a process of the site: a member, with a run."""
    from accounts.models import Classroom, Membership, Role, User
    from tests.a_run import finished_run

    user = User.objects.get(username=student)
    found = Classroom.objects.get(pk=classroom)
    Membership.objects.create(classroom=found, user=user, role=Role.STUDENT)
    finished_run(user, classroom=found)


class Taught:
    def __init__(self, school: School) -> None:
        self.school, self.page = school, school.teacher
        self.student = school.students[0].username
        school.product.call(add_student, school.classroom, self.student)

    def press_all(self, path: str, uses: dict[str, Use], *, navigates: bool = True) -> None:
        """`navigates`: the page has the links to the others."""

        def opened() -> Page:
            self.page.goto(self.school.url + path)
            return self.page

        there = dict.fromkeys(NAVIGATION, nothing) if navigates and path else {}
        press_all(opened, there | uses)


def nothing(_: Page, __: Locator) -> None:
    """It was pressed on another page."""


@pytest.fixture
def taught(
    browser: Browser, site_of_school: tuple[Product, WebServer, SignedInUsers]
) -> Iterator[Taught]:
    school = School(browser, *site_of_school)
    yield Taught(school)
    school.end()


def editable(_: Page, field: Locator) -> None:
    expect(field).to_be_editable()


def enabled(_: Page, box: Locator) -> None:
    expect(box).to_be_enabled()


def downloads(page: Page, link: Locator) -> None:
    with page.expect_download() as download:
        link.click()
    assert download.value.path().stat().st_size > 0


def data_of(student: str) -> Use:
    """Of others there may be nothing."""

    def use(page: Page, _: Locator) -> None:
        row = page.locator("tr").filter(has_text=student)
        downloads(page, row.locator("[href$='data.json']"))

    return use


def stays_valid(page: Page, button: Locator) -> None:
    """The form is taken as it is."""
    button.click()
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator(".field.wrong")).to_have_count(0)


def test_the_overview_of_a_class(taught: Taught) -> None:
    def new_code(page: Page, button: Locator) -> None:
        button.click()
        expect(page.get_by_test_id("join-code")).to_be_visible()

    def close(page: Page, _: Locator) -> None:
        page.get_by_role("button", name="Close", exact=True).click()
        expect(page.get_by_test_id("join-code")).to_have_count(0)

    def archive(page: Page, button: Locator) -> None:
        button.click()
        page.get_by_role("button", name="Open again").click()
        expect(page.get_by_role("button", name="Archive the class")).to_be_visible()

    def leave(page: Page, button: Locator) -> None:
        """A class keeps its only instructor."""
        button.click()
        expect(page.locator(".messages .notice, h1").first).to_be_visible()

    uses = NAVIGATION | {
        "days": filled("3"),
        "button New code": new_code,
        "button Archive the class": archive,
        "button Leave the class": leave,
    }
    taught.press_all("", uses)
    taught.page.goto(taught.school.url)
    new_code(taught.page, taught.page.get_by_role("button", name="New code"))
    close(taught.page, taught.page.locator("main"))


def test_the_members_of_a_class(taught: Taught) -> None:
    student = taught.student

    def search(page: Page, button: Locator) -> None:
        page.locator("#q").fill("nobody of that name")
        button.click()
        expect(page.locator("table")).to_have_count(0)

    def role(page: Page, _: Locator) -> None:
        select = page.get_by_label(f"Role of {student}")
        chosen = select.locator("option").last.get_attribute("value")
        select.select_option(chosen)
        select.locator("xpath=..").get_by_role("button", name="Save").click()
        expect(page.get_by_label(f"Role of {student}")).to_have_value(str(chosen))

    def delete_data(page: Page, _: Locator) -> None:
        row = page.locator("tr").filter(has_text=student)
        row.locator("summary").click()
        row.locator("[name=sure]").fill(student)
        row.get_by_role("button", name="Delete", exact=True).click()
        expect(page.locator("h1")).to_be_visible()

    def remove(page: Page, _: Locator) -> None:
        page.get_by_role("button", name=f"Remove {student}").click()
        expect(page.get_by_label(f"Role of {student}")).to_have_count(0)

    uses: dict[str, Use] = {
        "a /classes/N/members/list/": leads_to("/members/list/"),
        "a /classes/N/members/N/data.json": data_of(student),
        "div Members": lambda _, region: expect(region).to_be_visible(),
        "q": filled("student"),
        "button Search": search,
        "role": role,
        "button Save": role,
        "confirm": delete_data,
        "do=remove": remove,
    }
    taught.press_all("members/", uses)


def test_several_are_added_from_a_list(taught: Taught) -> None:
    uses: dict[str, Use] = {
        "names": filled("new student"),
        "file": enabled,
        "button Add": enabled,
    }
    taught.press_all("members/list/", uses)


def test_runs_assignments_and_figures_of_a_class(taught: Taught) -> None:
    def search(page: Page, button: Locator) -> None:
        page.locator("#student").fill("nobody of that name")
        button.click()
        expect(page.locator("tbody tr")).to_have_count(0)

    assignments: dict[str, Use] = {
        "a /classes/N/assignments/N/": leads_to("/assignments/*/"),
        "a /classes/N/assignments/new/": leads_to("/assignments/new/"),
        "div Assignments": lambda _, region: expect(region).to_be_visible(),
    }
    taught.press_all("assignments/", assignments)
    page = taught.page
    page.goto(f"{taught.school.url}runs/")
    for name in ("CSV", "JSON"):
        downloads(page, page.get_by_role("link", name=name))
    search(page, page.get_by_role("button", name="Search"))
    page.goto(f"{taught.school.url}figures/")
    for name in ("Day before", "Day after"):
        page.get_by_role("link", name=name).click()
        expect(page.locator("h1").first).to_be_visible()
        assert "day=" in page.url


def test_a_new_assignment_rules_and_settings_of_a_class(taught: Taught) -> None:
    def save(page: Page, button: Locator) -> None:
        page.locator("[name=title]").fill("Squares")
        button.click()
        expect(page.locator("main")).to_contain_text("Squares")

    assignment: dict[str, Use] = {
        "a /classes/N/": leads_to("/classes/*/"),
        "title": filled("Squares"),
        "text": filled("Print *squares*."),
        "language": lambda _, select: expect(select).to_have_value("python"),
        "code": filled("print(4)\n"),
        "locked": filled("1"),
        "due": editable,
        "published": checked,
        "button Save": save,
    }
    taught.press_all("assignments/new/", assignment, navigates=False)
    settings: dict[str, Use] = {
        "a /classes/N/": leads_to("/classes/*/"),
        "name": filled("7c"),
        "term": filled("2026"),
        "time_zone": editable,
        "lessons": editable,
        "button Save": stays_valid,
    }
    taught.press_all("settings/", settings, navigates=False)
    numbers = ("cpu_seconds", "idle_seconds", "memory_bytes", "output_bytes", "processes",
               "retention_days", "wall_seconds", "forbidden_modules", "packages", "exam_start",
               "exam_end")  # fmt: skip
    boxes = ("chosen_languages", "chosen_tasks", "exam_hides_old_code", "history", "playback",
             "quiet_watching", "sharing", "windows")  # fmt: skip
    rules: dict[str, Use] = {
        "a /classes/N/": leads_to("/classes/*/"),
        **dict.fromkeys(numbers, editable),
        **dict.fromkeys(boxes, enabled),
        "button Save": stays_valid,
    }
    taught.press_all("rules/", rules, navigates=False)
