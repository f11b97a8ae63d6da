"""What the pages of a room do when each of their controls is pressed."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.page_controls import Use, control, filled, leads_to
from tests.e2e.room_pages import (
    Together,
    admits,
    text_of,
    type_at_end,
    wait_for_output,
    wait_for_text,
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


class RoomPage:
    def __init__(self, page: Page, guest: Page) -> None:
        self.page, self.guest = page, guest

    def add_file(self, _: Page, button: Locator) -> None:
        button.click()
        self.page.get_by_label("Name of the file").fill("data.txt")
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("button", name="data.txt", exact=True)).to_be_visible()
        expect(self.guest.get_by_role("button", name="data.txt", exact=True)).to_be_visible()

    def rename(self, _: Page, button: Locator) -> None:
        button.click()
        self.page.get_by_label("Name of the file").fill("start.py")
        self.page.keyboard.press("Enter")
        expect(self.guest.get_by_role("button", name="start.py", exact=True)).to_be_visible()

    def follow(self, _: Page, button: Locator) -> None:
        for pressed in ("true", "false"):
            button.click()
            button = control(self.page, "button Ann (guest)")
            expect(button).to_have_attribute("aria-pressed", pressed)

    def write(self, _: Page, __: Locator) -> None:
        self.page.get_by_role("button", name="main.py", exact=True).click()
        type_at_end(self.page, "# typed\n")
        assert text_of(self.page).endswith("# typed\n")

    def undo(self, _: Page, button: Locator) -> None:
        """What stands before the last change, for all."""
        before = text_of(self.page)
        # What is typed within half a second of something else is undone with it.
        expect(self.page.locator("#room-saved")).to_have_attribute("data-state", "saved")
        type_at_end(self.page, "")
        self.page.keyboard.insert_text("# undone")
        wait_for_text(self.guest, f"{before}# undone")
        control(self.page, "button Undo my last change").click()
        wait_for_text(self.page, before)
        wait_for_text(self.guest, before)

    def redo(self, _: Page, button: Locator) -> None:
        before = text_of(self.page)
        control(self.page, "button Redo my last change").click()
        wait_for_text(self.guest, f"{before}# undone")
        control(self.page, "button Undo my last change").click()
        wait_for_text(self.guest, before)

    def run(self, _: Page, button: Locator) -> None:
        button.click()
        wait_for_output(self.page, "Name:")
        self.page.get_by_test_id("terminal").click()
        self.page.keyboard.type("Grace\n")
        wait_for_output(self.page, "Hello Grace")

    def stop(self, _: Page, __: Locator) -> None:
        self.page.get_by_test_id("run").click()
        expect(self.page.get_by_test_id("stop")).to_be_enabled()
        self.page.get_by_test_id("stop").click()
        expect(self.page.get_by_test_id("run-state")).to_have_attribute("data-state", "finished")

    def chat(self, _: Page, __: Locator) -> None:
        self.page.locator(CHAT).fill("Hello Ann")
        self.page.get_by_role("button", name="Send").click()
        expect(self.page.get_by_test_id("chat")).to_contain_text("Hello Ann")

    @property
    def uses(self) -> dict[str, Use]:
        return {
            "editor": self.write,
            "button Undo my last change": self.undo,
            "button Redo my last change": self.redo,
            "run": self.run,
            "terminal": lambda _, terminal: expect(terminal).to_be_attached(),
            "stop": self.stop,
            "input Write to everybody here": self.chat,
            "button Send": self.chat,
            "button Ann (guest)": self.follow,
            "button main.py": self.write,
            "button Rename main.py": self.rename,
            "button Add a file": self.add_file,
            "invite": leads_to("/people/"),
        }
