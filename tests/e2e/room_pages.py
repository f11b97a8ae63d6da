"""The pages of a room in browsers, and what is typed into and read from them."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import SignedIn, SignedInUsers
from tests.e2e.fingers import DEVICES
from tests.product import Product, WebServer

PROGRAM = 'name = input("Name: ")\nprint("Hello", name)\n'
PHONE = {name: value for name, value in DEVICES["Pixel 7"].items() if name != "says"}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}


PASTE = """(text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const options = { clipboardData, bubbles: true, cancelable: true };
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""


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


class Pages:
    """Pages of a site, each in a browser of its own."""

    def __init__(self, browser: Browser, site: tuple[Product, WebServer, SignedInUsers]) -> None:
        self.product, self.server, self.users = site
        self._browser, self._contexts = browser, list[BrowserContext]()
        self.complaints: list[str] = []

    def page(self, user: SignedIn | None, **options: Any) -> Page:
        context = self._browser.new_context(**(DESKTOP | options))
        context.set_default_timeout(20_000)
        self._contexts.append(context)
        if user is not None:
            context.add_cookies(user.in_browser(self.server.url))
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
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


class Together(Pages):
    """The pages of a room."""

    def __init__(
        self, browser: Browser, site: tuple[Product, WebServer, SignedInUsers], tmp: Path
    ) -> None:
        super().__init__(browser, site)
        self.owner_user = self.users.student()
        self.room, self.token = self.product.call(make_room, self.owner_user.username, PROGRAM)
        self.tmp = tmp

    @property
    def address(self) -> str:
        return f"{self.server.url}/rooms/{self.room}/"

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


def admits(link: str) -> str:
    """The invitation that a link names. It is signed anew for each page, with its second."""
    return link.rsplit("guest=", 1)[1].split(":", 1)[0]


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


def paste_at_end(page: Page, text: str) -> None:
    """As from the clipboard, in one change."""
    type_at_end(page, "")
    page.evaluate(PASTE, text)
