"""Every button, field and command over plain HTTP on a name of the local network, where browsers
lack much: each does there what it does elsewhere, or says why not (`test_plain_http.py`)."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import surfaces
from tests.e2e.conftest import LAN
from tests.e2e.scenarios import TESTED
from tests.e2e.test_every_command import saved
from tests.e2e.test_every_control import COMMAND_BUTTONS, USES
from tests.e2e.workspace import Workspace
from tests.product import WebServer

# What browsers refuse there: it says which keys do it. Nor can a test read there what was copied;
# `test_plain_http.py` does, by pasting.
REFUSED = {name for name in TESTED if name.startswith(("Paste", "Copy", "Cut"))}
PAGES = [
    "/snippets/", "/runs/", "/accounts/email/", "/accounts/data/", "/accounts/sessions/",
    "/accounts/2fa/", "/accounts/password/change/", "/packages/",
]  # fmt: skip


@pytest.fixture(scope="module")
def url(site: WebServer) -> str:
    return f"http://{LAN}:{site.port}"


@pytest.fixture(scope="module")
def on_lan(
    browser: Browser, site: WebServer, url: str, new_student: Callable[[], str]
) -> Iterator[Workspace]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(15_000)
    workspace = Workspace.open(context, url, site.sign_in(new_student()))
    assert workspace.page.evaluate("isSecureContext") is False
    yield workspace
    context.close()


@pytest.fixture
def workspace(on_lan: Workspace, url: str) -> Iterator[Workspace]:
    surfaces.start_anew(on_lan, url)
    saved(on_lan)
    expect(on_lan.list.locator("li")).to_have_count(1)
    yield on_lan
    assert on_lan.complaints == []


@pytest.mark.parametrize("name", USES)
def test_a_control_does_what_it_says(workspace: Workspace, name: str) -> None:
    css = {"editor": "[data-testid=editor]", "terminal": "[data-testid=terminal]"}.get(name, name)
    USES[name](workspace, workspace.page.locator(css).first)


@pytest.mark.parametrize("name", COMMAND_BUTTONS)
def test_the_button_of_a_command_gives_it(workspace: Workspace, url: str, name: str) -> None:
    surfaces.start_anew(workspace, url)
    page = workspace.page

    def press() -> None:
        if name in {"present", "my-runs"}:
            page.locator("details.menu summary").click()
        page.locator(f"[data-command={name}]:visible").first.click()

    TESTED[COMMAND_BUTTONS[name]].scenario(workspace, press)


@pytest.mark.parametrize("name", sorted(TESTED.keys() - REFUSED))
def test_a_command_does_what_it_says(workspace: Workspace, url: str, name: str) -> None:
    surfaces.start_anew(workspace, url)
    page = workspace.page

    def do() -> None:
        workspace.press("F1")
        page.locator(".palette-field").fill(name)
        page.locator("#palette-list").get_by_text(name, exact=True).click()
        expect(page.locator("#palette-list [data-id]")).to_have_count(0)

    TESTED[name].scenario(workspace, do)


@pytest.mark.parametrize("path", PAGES)
def test_other_pages_work(workspace: Workspace, url: str, path: str) -> None:
    page = workspace.page
    page.goto(url + path)
    expect(page.locator("h1").first).to_be_visible()
    for button in page.locator("main button[type=button]:visible").all():
        button.click()
    page.goto(url)
    workspace.wait_for_connection()
