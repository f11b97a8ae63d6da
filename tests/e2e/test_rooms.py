"""A room in two browsers: an owner at a desktop, and a guest with a phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import SignedIn, SignedInUsers
from tests.e2e.fingers import DEVICES
from tests.e2e.severable import Severable
from tests.product import Product, WebServer

PROGRAM = 'name = input("Name: ")\nprint("Hello", name)\n'
PHONE = {name: value for name, value in DEVICES["Pixel 7"].items() if name != "says"}


def make_room(owner: str, program: str) -> tuple[int, str]:
    """In a process of the site: the id of a new room, and the token of a link to it."""
    from accounts.models import User
    from runner import snippets
    from runner.models import RoomRole
    from runner.protocol.snippets import NewSnippet
    from runner.rooms import guests, store

    user = User.objects.get(username=owner)
    files = [{"path": "main.py", "content": program}]
    new = {"title": "Together", "language": "python", "main": "main.py", "files": files}
    room = store.open_room(user, snippets.create(user, NewSnippet.model_validate(new)).pk)
    return room.pk, guests.token_of(guests.invite(room, RoomRole.EDITOR, 1))


def saved_text(room: int) -> str:
    from runner.models import Room

    return str(Room.objects.get(pk=room).snippet.files[0]["content"])


@pytest.fixture(scope="module")
def site_of_rooms(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Product, WebServer, SignedInUsers]]:
    with Product(tmp_path_factory.mktemp("rooms")) as product:
        product.migrate()
        users = SignedInUsers(product, students=20, instructors=1)
        server = product.serve()
        server.wait_until_ready()
        yield product, server, users


class Together:
    """The pages of a room."""

    def __init__(
        self, browser: Browser, site: tuple[Product, WebServer, SignedInUsers], tmp: Path
    ) -> None:
        self.product, self.server, self.users = site
        self.owner_user = self.users.student()
        self.room, self.token = self.product.call(make_room, self.owner_user.username, PROGRAM)
        self._browser, self._contexts = browser, list[BrowserContext]()
        self.complaints: list[str] = []
        self.tmp = tmp

    @property
    def address(self) -> str:
        return f"{self.server.url}/rooms/{self.room}/"

    def page(self, user: SignedIn | None, **options: Any) -> Page:
        context = self._browser.new_context(
            **({"viewport": {"width": 1280, "height": 800}} | options)
        )
        context.set_default_timeout(20_000)
        self._contexts.append(context)
        if user is not None:
            context.add_cookies(user.in_browser(self.server.url))
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def owner(self) -> Page:
        page = self.page(self.owner_user)
        page.goto(self.address)
        self.wait_until_open(page)
        return page

    def guest(self, name: str, url: str = "", **options: Any) -> Page:
        """`url`: of the site, as this guest reaches it."""
        page = self.page(None, **options)
        page.goto(f"{url or self.server.url}/rooms/{self.room}/?guest={self.token}")
        page.locator("input[name=name]").fill(name)
        page.get_by_role("button", name="Join").click()
        self.wait_until_open(page)
        return page

    @staticmethod
    def wait_until_open(page: Page) -> None:
        expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "connected")
        expect(
            page.get_by_test_id("editor").locator(".cm-editor, .monaco-editor").first
        ).to_be_visible(timeout=60_000)
        page.wait_for_function("() => coderunner.getText() !== ''")

    def end(self) -> None:
        for context in self._contexts:
            context.close()
        assert self.complaints == []


@pytest.fixture
def together(
    browser: Browser, site_of_rooms: tuple[Product, WebServer, SignedInUsers], tmp_path: Path
) -> Iterator[Together]:
    room = Together(browser, site_of_rooms, tmp_path)
    yield room
    room.end()


def text_of(page: Page) -> str:
    return str(page.evaluate("() => coderunner.getText()"))


def wait_for_text(page: Page, text: str) -> None:
    page.wait_for_function("(text) => coderunner.getText() === text", arg=text)


def wait_for_output(page: Page, text: str) -> None:
    page.wait_for_function("(text) => coderunner.terminalText().includes(text)", arg=text)


def type_at_end(page: Page, text: str) -> None:
    page.get_by_test_id("editor").locator(".view-lines, .cm-content").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def test_a_desktop_and_a_phone_write_together_and_each_undoes_its_own(together: Together) -> None:
    owner = together.owner()
    guest = together.guest("Ann", **PHONE)
    for page in (owner, guest):
        expect(page.get_by_test_id("people").locator("li")).to_have_count(2)
    type_at_end(owner, "# by the owner\n")
    wait_for_text(guest, PROGRAM + "# by the owner\n")
    type_at_end(guest, "# by Ann\n")
    wait_for_text(owner, PROGRAM + "# by the owner\n# by Ann\n")
    expect(owner.locator(".room-label")).to_contain_text("Ann")
    owner.get_by_test_id("editor").locator(".view-lines").click()
    owner.keyboard.press("Control+z")
    wait_for_text(owner, PROGRAM + "# by Ann\n")
    wait_for_text(guest, PROGRAM + "# by Ann\n")
    expect(owner.locator("#room-saved")).to_have_attribute("data-state", "saved")
    assert together.product.call(saved_text, together.room) == text_of(guest)


def test_what_is_written_without_a_connection_is_merged(together: Together) -> None:
    owner = together.owner()
    connection = Severable(together.server.port)
    guest = together.guest("Ann", connection.url, **PHONE)
    connection.cut()
    type_at_end(guest, "# offline\n")
    type_at_end(owner, "# online\n")
    wait_for_text(owner, PROGRAM + "# online\n")
    connection.mend()
    owner.wait_for_function("() => coderunner.getText().includes('# offline')", timeout=60_000)
    wait_for_text(guest, text_of(owner))


def test_files_are_added_renamed_and_removed_for_all(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    owner.get_by_role("button", name="Add a file").click()
    owner.get_by_label("Name of the file").fill("data.txt")
    owner.keyboard.press("Enter")
    expect(guest.get_by_role("button", name="data.txt", exact=True)).to_be_visible()
    type_at_end(owner, "1 2 3")
    owner.get_by_role("button", name="Rename data.txt").click()
    owner.get_by_label("Name of the file").fill("numbers.txt")
    owner.keyboard.press("Enter")
    guest.get_by_role("button", name="numbers.txt", exact=True).click()
    wait_for_text(guest, "1 2 3")
    owner.on("dialog", lambda dialog: dialog.accept())
    owner.get_by_role("button", name="Remove numbers.txt").click()
    expect(guest.get_by_role("button", name="numbers.txt", exact=True)).to_have_count(0)
    wait_for_text(guest, PROGRAM)


def test_one_terminal_is_shown_to_all_and_the_keyboard_goes_round(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    expect(guest.get_by_test_id("run")).to_have_count(0)  # guests start no programs
    guest.get_by_role("button", name="Terminal").click()
    owner.get_by_test_id("run").click()
    for page in (owner, guest):
        wait_for_output(page, "Name:")
    guest.locator("[data-does=request_control]").click()
    grant = owner.locator("[data-does=grant_control]")
    expect(grant).to_contain_text("Ann")
    grant.click()
    expect(guest.locator("#room-control")).to_contain_text("You type")
    owner.get_by_test_id("terminal").click()
    owner.keyboard.type("nobody reads this\n")  # the owner has lent the keyboard
    guest.get_by_test_id("terminal").locator("textarea").focus()
    guest.keyboard.type("Grace\n")
    for page in (owner, guest):
        wait_for_output(page, "Hello Grace")
        expect(page.get_by_test_id("run-state")).to_have_attribute("data-state", "finished")
    assert "nobody" not in owner.evaluate("() => coderunner.terminalText()")


def test_a_chat_is_plain_text(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann <b>", **PHONE)
    guest.get_by_role("button", name="Chat").click()
    guest.locator("#room-say input").fill("<img src=x onerror=alert(1)>")
    guest.keyboard.press("Enter")
    line = owner.get_by_test_id("chat").locator("li")
    expect(line).to_contain_text("<img src=x onerror=alert(1)>")
    expect(line).to_contain_text("Ann <b>")
    expect(line.locator("img")).to_have_count(0)


def test_a_link_that_is_made_on_the_page_of_people_lets_a_guest_in(together: Together) -> None:
    owner, guest = together.page(together.owner_user), together.page(None, **PHONE)
    owner.goto(f"{together.address}people/")
    links = owner.get_by_test_id("guest-link")
    known = links.count()
    owner.get_by_test_id("invite-guest").click()
    expect(links).to_have_count(known + 1)
    guest.goto(links.first.input_value())
    guest.locator("input[name=name]").fill("Bea")
    guest.get_by_role("button", name="Join").click()
    together.wait_until_open(guest)


def test_a_removed_guest_leaves_within_three_seconds(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    owner.get_by_test_id("invite").click()
    owner.get_by_role("button", name="Remove").first.click()
    expect(guest.get_by_test_id("connection")).to_have_attribute(
        "data-state", "refused", timeout=10_000
    )
    guest.goto(together.address)
    expect(guest).to_have_url(f"{together.server.url}/accounts/login/?next=/rooms/{together.room}/")


def test_a_link_is_renewed_and_revoked_and_a_removed_guest_let_in_again(
    together: Together,
) -> None:
    guest, people = together.guest("Ann"), together.page(together.owner_user)
    people.goto(f"{together.address}people/")
    people.get_by_role("button", name="Remove Ann").click()
    expect(people.get_by_test_id("removed-guests").locator("li")).to_contain_text("Ann")
    expect(guest.get_by_test_id("connection")).to_have_attribute("data-state", "refused")
    people.get_by_role("button", name="Let in again: Ann").click()
    expect(people.get_by_test_id("removed-guests")).to_have_count(0)
    guest.reload()
    together.wait_until_open(guest)
    people.get_by_test_id("renew-link").click()
    expect(people.locator(".notice, .messages").first).to_contain_text("The link is renewed.")
    people.get_by_test_id("revoke-link").click()
    expect(people.get_by_test_id("guest-link")).to_have_count(0)
