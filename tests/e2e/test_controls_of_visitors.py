"""Every control of the pages of visitors does what it says: a page, a frame, the sign-in page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.page_controls import Use, fits_and_is_accessible, press_all
from tests.product import Product, WebServer
from tests.visitor import open_a_snippet

LOOP = "import helper\nwhile True: helper.ask()\n"
TWO_FILES = {
    "title": "Greeting", "language": "python", "main": "main.py",
    "files": [
        {"path": "main.py", "content": LOOP},
        {"path": "helper.py", "content": 'def ask(): print("Hello", input("Name? "))\n'},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WebServer, str]]:
    with Product(tmp_path_factory.mktemp("visited"), VISITORS="any") as product:
        product.migrate()
        product.create_users("teacher")
        server = product.serve()
        server.wait_until_ready()
        yield server, product.call(open_a_snippet, "teacher", TWO_FILES)


def text(page: Page) -> str:
    return page.get_by_test_id("editor").locator(".cm-content").inner_text()


def write(page: Page, _: Locator) -> None:
    page.get_by_test_id("editor").locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# mine")
    page.keyboard.press("Enter")
    assert text(page).startswith("# mine\n")


def reset(page: Page, button: Locator) -> None:
    write(page, button)
    button.click()
    expect(page.get_by_test_id("editor").locator(".cm-content")).not_to_contain_text("# mine")


def run(page: Page, button: Locator) -> None:
    button.click()
    expect(page.get_by_test_id("terminal")).to_contain_text("Name?", timeout=60_000)
    page.keyboard.type("Ada\n")
    expect(page.get_by_test_id("terminal")).to_contain_text("Hello Ada")
    page.get_by_test_id("stop").click()
    expect(page.get_by_test_id("run-state")).to_have_attribute("data-state", "finished")


def run_and_stop(page: Page, button: Locator) -> None:
    expect(button).to_be_disabled()
    page.get_by_test_id("run").click()
    # Before it has begun there is nothing that could end as stopped.
    expect(page.get_by_test_id("run-state")).to_have_attribute("data-state", "running")
    button.click()
    expect(page.get_by_test_id("run-state")).to_have_attribute("data-state", "finished")
    expect(page.get_by_test_id("run-state")).to_have_attribute("data-outcome", "stopped")


def show_file(page: Page, button: Locator) -> None:
    page.get_by_role("button", name="helper.py").click()
    expect(page.get_by_test_id("editor").locator(".cm-content")).to_contain_text("def ask")
    page.get_by_role("button", name="main.py").click()
    expect(page.get_by_test_id("editor").locator(".cm-content")).to_contain_text("import helper")


USES: dict[str, Use] = {
    "editor": write, "file": show_file, "reset": reset, "run": run, "stop": run_and_stop,
}  # fmt: skip


@pytest.mark.parametrize("frame", ["", "embed/", "embed/?theme=dark&lang=de"])
def test_every_control_of_a_program_for_visitors(
    browser: Browser, visited: tuple[WebServer, str], frame: str
) -> None:
    server, slug = visited
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))

        def opened() -> Page:
            page.goto(f"{server.url}/try/{slug}/{frame}")
            expect(page.get_by_test_id("run")).to_be_enabled()
            expect(page.get_by_test_id("editor").locator(".cm-content")).to_be_visible()
            return page

        fits_and_is_accessible(opened())
        page.set_viewport_size({"width": 1280, "height": 800})
        press_all(opened, USES, ".try")
        assert complaints == []


def test_every_control_of_the_program_of_the_sign_in_page(
    browser: Browser, visited: tuple[WebServer, str]
) -> None:
    server, _ = visited
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()

        def opened() -> Page:
            page.goto(f"{server.url}/accounts/login/")
            page.get_by_test_id("editor").click()  # the page loads an editor for who wants one
            expect(page.get_by_test_id("editor").locator(".cm-content")).to_be_visible()
            expect(page.get_by_test_id("run")).to_be_enabled()
            return page

        def answered(_: Page, button: Locator) -> None:
            button.click()
            terminal = page.get_by_test_id("terminal")
            expect(terminal).to_contain_text("What is your name?", timeout=60_000)
            page.keyboard.type("Ada\n")
            expect(terminal).to_contain_text("Hello, Ada!")

        uses = {"editor": write, "reset": reset, "run": answered, "stop": run_and_stop}
        press_all(opened, uses, ".try")
