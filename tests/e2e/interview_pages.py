"""The pages of an interview in browsers."""

from playwright.sync_api import Browser, Page, expect

from tests.cast import SignedInUsers
from tests.e2e.room_pages import PHONE, Pages
from tests.product import Product, WebServer

CODE = "name = input()\nprint('Hello', name)\n"
TASK = "Greet **politely**."


class Held(Pages):
    """An interview and its pages."""

    def __init__(self, browser: Browser, site: tuple[Product, WebServer, SignedInUsers]) -> None:
        super().__init__(browser, site)
        self.number = 0

    def begin(self) -> Page:
        """The page of a new interview, made by hand from a new template."""
        page = self.page(self.users.instructor())
        page.goto(f"{self.server.url}/classes/")
        page.get_by_role("main").get_by_role("link", name="Interviews").click()
        page.get_by_role("link", name="New template").click()
        form = page.get_by_test_id("template-form")
        form.locator("[name=title]").fill("Greeting")
        form.locator("[name=task]").fill(TASK)
        form.locator("[name=notes]").fill("Ask about tabs.")
        form.locator("[name=files-0-path]").fill("main.py")
        form.locator("[name=files-0-content]").fill(CODE)
        for number, (name, output) in enumerate([("Ada", "Hello Ada"), ("Wrong", "Bye")]):
            if number:
                form.get_by_role("button", name="One more test case").click()
            form.locator(f"[name=tests-{number}-name]").fill(name)
            form.locator(f"[name=tests-{number}-input]").fill("Ada\n")
            form.locator(f"[name=tests-{number}-output]").fill(output)
            form.locator(f"[name=tests-{number}-hidden]").check()
        page.get_by_test_id("save-template").click()
        page.locator("[name=candidate]").fill("Ann")
        page.get_by_test_id("begin-interview").click()
        expect(page.get_by_test_id("interview-state")).to_have_attribute("data-state", "waiting")
        self.number = int(page.url.rstrip("/").rsplit("/", 1)[1])
        page.get_by_test_id("invite-candidate").click()
        return page

    def candidate(self, interview: Page) -> Page:
        link = interview.get_by_test_id("guest-link").input_value()
        page = self.page(None, **PHONE)
        page.goto(link)
        page.locator("input[name=name]").fill("Ann")
        page.get_by_role("button", name="Join").click()
        self.wait_until_open(page)
        return page

    def room_of(self, interview: Page) -> Page:
        page = interview.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        address = interview.get_by_test_id("open-room").get_attribute("href")
        page.goto(f"{self.server.url}{address}")
        self.wait_until_open(page)
        return page
