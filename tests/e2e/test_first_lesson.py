"""From an empty site to a class of five at work, by the steps of docs/classes.md alone.

Every name that is pressed here stands there in bold.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from runner.protocol.messages import Outcome
from tests.cast import PASSWORD
from tests.e2e.appearance import save_picture
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer

STUDENTS = ("ada", "bob", "cleo", "dan", "eve")
SECONDS = 600.0
DOCS = Path("docs/classes.md").read_text()
STEPS = DOCS.partition("## From an empty site")[2].partition("\n## ")[0]
ADMINISTRATOR = {"DJANGO_SUPERUSER_PASSWORD": PASSWORD}


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[WebServer]:
    with Product(tmp_path) as product:
        product.migrate()
        assert "manage.py createsuperuser" in STEPS
        named = ("--noinput", "--username", "teacher", "--email", "teacher@example.org")
        product.manage("createsuperuser", *named, **ADMINISTRATOR)
        server = product.serve()
        server.wait_until_ready()
        yield server


def named_in_the_docs(name: str) -> str:
    assert f"**{name}**" in STEPS
    return name


def sign_in(page: Page, url: str, name: str, password: str) -> None:
    page.goto(url)
    page.get_by_label("Username or email address").fill(name)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def new_class(page: Page, url: str) -> None:
    sign_in(page, url, "teacher", PASSWORD)
    classes = page.get_by_role("link", name=named_in_the_docs("Classes"), exact=True)
    page.locator("details.menu summary").click()  # on narrow screens it is there
    classes.locator("visible=true").first.click()
    page.get_by_role("link", name=named_in_the_docs("New class")).click()
    page.locator("[name=name]").fill("7b")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("7b")


def first_passwords(page: Page) -> dict[str, str]:
    page.get_by_role("link", name=named_in_the_docs("Members"), exact=True).click()
    page.get_by_role("link", name=named_in_the_docs("Add from a list")).click()
    page.locator("[name=names]").fill("\n".join(STUDENTS))
    page.get_by_role("button", name="Add", exact=True).click()
    rows = page.locator("table.report tbody tr")
    expect(rows).to_have_count(len(STUDENTS))
    save_picture(page, "first-passwords")
    return {
        row.locator("td").nth(1).inner_text(): row.locator("code").inner_text()
        for row in rows.all()
    }


def work(page: Page, url: str, name: str, password: str) -> None:
    sign_in(page, url, name, password)
    own = f"{PASSWORD}-of-{name}"
    page.locator("[name=oldpassword]").fill(password)
    for field in ("password1", "password2"):
        page.locator(f"[name={field}]").fill(own)
    page.get_by_role("button", name="Change password").click()
    page.wait_for_url(f"{url}/accounts/login/**")
    sign_in(page, url, name, own)
    workspace = Workspace(page)
    workspace.wait_for_connection()
    page.locator("#class-choice").select_option(label="7b")
    workspace.start(f"print('Hello from {name}')\n")
    workspace.wait_for_end(Outcome.COMPLETED)


@pytest.mark.timeout(SECONDS)
def test_a_class_of_five_is_at_work_in_ten_minutes(browser: Browser, empty_site: WebServer) -> None:
    began = time.monotonic()
    teacher = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    new_class(teacher, empty_site.url)
    passwords = first_passwords(teacher)
    assert set(passwords) == set(STUDENTS)
    teacher.get_by_role("link", name=named_in_the_docs("Live"), exact=True).click()
    for name, password in passwords.items():
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        work(page, empty_site.url, name, password)
        tile = teacher.locator(f'[data-member="{name}"]')
        expect(tile).to_have_attribute("data-state", "idle")
        expect(tile).to_contain_text(f"Hello from {name}")
    save_picture(teacher, "class-of-five")
    assert time.monotonic() - began < SECONDS
