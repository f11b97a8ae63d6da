"""What the pages of an interview do when each of their controls is pressed."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.cast import SignedInUsers
from tests.e2e.interview_pages import Held
from tests.e2e.page_controls import Use, checked, filled, leads_to
from tests.e2e.room_pages import admits
from tests.product import Product, WebServer

Site = tuple[Product, WebServer, SignedInUsers]
MINUTE = 60.0


def make_interview(owner: str, interviewer: str) -> list[int]:
    """In a process of the site: one that goes on, with everybody who can be on its page; its number
    and that of one that has not begun."""
    from accounts.models import User
    from runner.interviews import store
    from runner.models import RoomMember
    from runner.rooms import guests
    from tests.an_interview import a_candidate, an_interview, begun

    user = User.objects.get(username=owner)
    running, waiting = begun(an_interview(user)), an_interview(user)
    store.add_interviewer(running, User.objects.get(username=interviewer))
    a_candidate(running, "Ann")
    guests.remove(RoomMember.objects.get(user=a_candidate(running, "Bob")))
    return [running.pk, waiting.pk]


def ends_at(interview: int) -> float:
    from runner.models import Interview

    ends = Interview.objects.get(pk=interview).ends_at
    assert ends is not None
    return ends.timestamp()


class Interviewing:
    """The owner's browser."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.held = Held(browser, site)
        self.product, self.server, users = site
        self.owner, self.other, self.third = (users.instructor() for _ in range(3))
        made = self.product.call(make_interview, self.owner.username, self.other.username)
        self.running, self.waiting = made
        self.page = self.held.page(self.owner)
        self.page.on("dialog", lambda dialog: dialog.accept())

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.server.url}/interviews/{path}")
        return self.page

    def ends(self) -> float:
        return float(self.product.call(ends_at, self.running))

    # --- Controls of the page of an interview
    def extend(self, page: Page, button: Locator) -> None:
        before = self.ends()
        button.click()
        expect(page.get_by_test_id("interview-state")).to_have_attribute("data-state", "running")
        assert self.ends() == pytest.approx(before + 5 * MINUTE, abs=1)

    def end(self, page: Page, button: Locator) -> None:
        button.click()
        expect(page.get_by_test_id("interview-state")).to_have_attribute("data-state", "over")

    def link(self, page: Page, field: Locator) -> None:
        assert field.input_value().startswith(f"{self.server.url}/rooms/")

    def renew(self, page: Page, button: Locator) -> None:
        links = page.get_by_test_id("guest-link")
        before = [admits(one.input_value()) for one in links.all()]
        button.click()
        expect(page.get_by_text("The link is renewed.")).to_be_visible()
        after = [admits(one.input_value()) for one in links.all()]
        assert len(after) == len(before)
        assert len({*after} & {*before}) == len(before) - 1

    def revoke(self, page: Page, button: Locator) -> None:
        links = page.get_by_test_id("guest-link")
        count = links.count()
        button.click()
        expect(links).to_have_count(count - 1)

    def invite(self, page: Page, button: Locator) -> None:
        links = page.get_by_test_id("guest-link")
        count = links.count()
        page.locator("[name=hours]").select_option("168")
        button.click()
        expect(links).to_have_count(count + 1)

    def add(self, page: Page, _: Locator) -> None:
        page.locator("input.field[name=user]").fill(self.third.username)
        page.get_by_role("button", name="Invite an interviewer").click()
        expect(page.locator(".interview-people")).to_contain_text(self.third.username)

    def remove_interviewer(self, page: Page, button: Locator) -> None:
        button.click()
        expect(page.locator(".interview-people")).not_to_contain_text(self.other.username)

    def remove(self, page: Page, button: Locator) -> None:
        button.click()
        expect(page.get_by_text("Ann was removed")).to_be_visible()
        expect(page.get_by_test_id("removed").filter(has_text="Ann")).to_be_visible()

    def admit(self, page: Page, button: Locator) -> None:
        page.get_by_role("button", name="Let in again: Ann").click()
        expect(page.get_by_role("button", name="Remove Ann")).to_be_visible()

    def run_tests(self, page: Page, button: Locator) -> None:
        button.click()
        for state in page.locator("[data-role=state]").all():
            expect(state).to_have_attribute("data-state", "passed", timeout=60_000)

    def show_test(self, page: Page, summary: Locator) -> None:
        summary.click()
        expect(page.locator(".interview-test pre").first).to_be_visible()

    def rate(self, page: Page, button: Locator) -> None:
        page.get_by_label("4", exact=True).check()
        page.locator("[name=remark]").fill("Good questions.")
        button.click()
        expect(page.get_by_test_id("rating")).to_contain_text("4 / 5")

    def delete(self, page: Page, summary: Locator) -> None:
        summary.click()
        page.get_by_role("button", name="Delete the interview").click()
        page.wait_for_url("**/interviews/")

    @property
    def uses(self) -> dict[str, Use]:
        return {
            "open-room": leads_to("/rooms/*/"),
            "open-notes": leads_to("/rooms/*/"),
            "open-playback": leads_to("/playback/"),
            "extend-timer": self.extend,
            "guest-link": self.link,
            "hours": lambda _, select: expect(select).to_have_value("24"),
            "invite-candidate": self.invite,
            "renew-link": self.renew,
            "user": filled("nobody"),
            "button Invite an interviewer": self.add,
            "do=remove": self.remove_interviewer,
            "button Remove Ann": self.remove,
            "do=admit": self.admit,
            "revoke-link": self.revoke,
            "run-tests": self.run_tests,
            "summary": self.show_test,
            "score": checked,
            "remark": filled("Good."),
            "save-rating": self.rate,
            "end-timer": self.end,
            "confirm": self.delete,
        }
