"""What the pages of a room do when each of their controls is pressed."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.page_controls import Use, filled, leads_to
from tests.e2e.room_pages import (
    Together,
    admits,
)

CHAT = "#room-say input"


def admit(room: int, user: str) -> None:
    """In a process of the site: a member by name, a guest who is here and one who was removed."""
    from accounts.models import Classroom, Membership, Role, User
    from runner.models import Room, RoomMember, RoomRole
    from runner.rooms import guests

    found = Room.objects.get(pk=room)
    member = User.objects.get(username=user)
    RoomMember.objects.create(room=found, user=member, role=RoomRole.VIEWER)
    link = guests.invite(found, RoomRole.EDITOR, 24)
    guests.join(link, "Ann")
    guests.remove(RoomMember.objects.get(user=guests.join(link, "Bob")))
    classroom = Classroom.objects.create(name="7b")
    Membership.objects.create(classroom=classroom, user=found.owner, role=Role.STUDENT)


class PeoplePage:
    def __init__(self, together: Together) -> None:
        self.other = together.users.student().username

    def renew(self, page: Page, button: Locator) -> None:
        links = page.get_by_test_id("guest-link")
        before = {admits(one.input_value()) for one in links.all()}
        button.click()
        expect(page.get_by_text("The link is renewed.")).to_be_visible()
        after = {admits(one.input_value()) for one in links.all()}
        assert (len(after), len(after - before)) == (len(before), 1)

    def revoke(self, page: Page, button: Locator) -> None:
        links = page.get_by_test_id("guest-link")
        count = links.count()
        button.click()
        expect(links).to_have_count(count - 1)

    def invite(self, page: Page, button: Locator) -> None:
        links = page.get_by_test_id("guest-link")
        count = links.count()
        button.click()
        expect(links).to_have_count(count + 1)

    def role(self, page: Page, _: Locator) -> None:
        select = page.get_by_label("Role of Ann")
        select.select_option("viewer")
        select.locator("xpath=..").get_by_role("button", name="Save").click()
        expect(page.get_by_label("Role of Ann")).to_have_value("viewer")

    def remove(self, page: Page, _: Locator) -> None:
        page.get_by_role("button", name="Remove Ann").click()
        expect(page.get_by_text("Ann was removed")).to_be_visible()
        expect(page.get_by_test_id("removed-guests")).to_contain_text("Ann")

    def let_in(self, page: Page, _: Locator) -> None:
        page.get_by_role("button", name="Let in again: Ann").click()
        expect(page.get_by_role("button", name="Remove Ann")).to_be_visible()

    def add(self, page: Page, button: Locator) -> None:
        page.locator("input[name=user]").fill(self.other)
        button.click()
        expect(page.locator("table")).to_contain_text(self.other)

    def to_class(self, page: Page, select: Locator) -> None:
        label = select.locator("option").nth(1).inner_text()
        select.select_option(label=label)
        select.locator("xpath=..").get_by_role("button", name="Save").click()
        expect(page.locator("[name=class] option:checked")).to_have_text(label)

    @property
    def uses(self) -> dict[str, Use]:
        return {
            "a /rooms/N/": leads_to("/rooms/*/"),
            "guest-link": lambda _, field: expect(field).to_have_value(re.compile(r"/rooms/\d+/")),
            "renew-link": self.renew,
            "hours": lambda _, select: expect(select).to_have_value("1"),
            "invite-guest": self.invite,
            "role": self.role,
            "button Save": self.role,
            "do=remove": self.remove,
            "do=admit": self.let_in,
            "revoke-link": self.revoke,
            "user": filled("nobody"),
            "button Add": self.add,
            "class": self.to_class,
            "button Begin anew from the saved text": leads_to("/rooms/*/"),
            "button End this room": leads_to("/snippets/*/"),
        }
