"""The whole site below a path, behind a proxy that strips the path and behind one that does not."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from runner.protocol.messages import Outcome
from tests.cast import PASSWORD
from tests.e2e.nginx import GOOD, nginx
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer

PREFIX = "/coderunner"
SITE = {"URL_PREFIX": PREFIX, "EMBED_ALLOWED_ORIGINS": "http://course.test"}
STYLES = {
    "stripped": f"location {PREFIX}/ {{ proxy_pass http://site/; }}",
    "whole": f"location {PREFIX}/ {{ proxy_pass http://site; }}",
}
ADDRESSES = """() => [...document.querySelectorAll("[href], [src], [action], [data-check]")]
    .flatMap((one) => ["href", "src", "action", "data-check"].map((name) => one.getAttribute(name)))
    .filter((value) => value && value.startsWith("/"))"""
PAGES = [
    "/", "/snippets/", "/runs/", "/accounts/password/change/", "/accounts/email/", "/accounts/2fa/",
    "/accounts/data/", "/accounts/sessions/",
]  # fmt: skip


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with Product(tmp_path_factory.mktemp("prefix"), **SITE) as product:
        product.migrate()
        product.create_users(*(f"student{number}" for number in range(20)))
        product.manage("shell", "-c", STAFF)
        server = product.serve()
        server.wait_until_ready()
        yield server


STAFF = (
    "from accounts.models import User; "
    f"User.objects.create_superuser('chief', 'chief@example.org', '{PASSWORD}')"
)


def is_below(path: str) -> bool:
    """The path itself leads there; links of Django's administration have no slash."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


class Seen:
    """Requests and answers of a page that were not below the prefix."""

    def __init__(self, page: Page, url: str) -> None:
        self.outside: list[str] = []
        self._host = urlsplit(url).netloc
        page.on("request", self._take)
        page.on("websocket", lambda socket: self._note(socket.url))

    def _take(self, request: Request) -> None:
        self._note(request.url)

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.netloc == self._host and not is_below(parts.path):
            self.outside.append(url)


@pytest.fixture(params=STYLES)
def url(request: pytest.FixtureRequest, below: WebServer) -> Iterator[str]:
    with nginx(below.port, GOOD, STYLES[request.param]) as proxy:
        yield proxy.url + PREFIX


def sign_in(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def new_student(_: list[int] = [0]) -> str:  # noqa: B006  # counts
    _[0] += 1
    return f"student{_[0]}"


def test_everything_is_below_the_path(context: BrowserContext, url: str) -> None:
    page = context.new_page()
    seen = Seen(page, url)
    page.goto(url)  # without a slash
    expect(page).to_have_url(re.compile(rf"{PREFIX}/accounts/login/\?next={PREFIX}/$"))
    page.locator("[name=login]").fill(new_student())
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page).to_have_url(f"{url}/")
    workspace = Workspace(page)
    workspace.wait_for_connection()
    workspace.wait_for_everything()
    workspace.start("print('got', input('> '))")
    workspace.wait_for("> ")
    workspace.type("it\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.wait_for_save()
    expect(page).to_have_url(re.compile(rf"{PREFIX}/snippets/\d+/$"))
    for path in PAGES:
        page.goto(url + path)
        found = page.evaluate(ADDRESSES)
        assert found, path
        assert [one for one in found if not is_below(one)] == [], path
    page.goto(f"{url}/runs/")
    page.locator("table a").first.click()
    page.get_by_test_id("replay").click()
    expect(page.locator("#replay .xterm")).to_be_visible(timeout=20_000)
    assert seen.outside == []
    assert [one["path"] for one in context.cookies() if one["path"] != f"{PREFIX}/"] == []
    assert workspace.complaints == []


def test_a_shared_page_is_below_the_path(context: BrowserContext, url: str) -> None:
    page = context.new_page()
    sign_in(page, url, new_student())
    workspace = Workspace(page)
    workspace.wait_for_connection()
    workspace.write("print(1)")
    workspace.wait_for_save()
    page.get_by_test_id("share").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox").first.check()
    link = dialog.get_by_label("Link to the snippet").input_value()
    assert link.startswith(f"{url}/s/")
    dialog.get_by_role("checkbox", name="Course pages may embed it").check()
    expect(dialog.locator("input[readonly]")).to_have_count(2)
    frame = dialog.locator("input[readonly]").last.input_value()
    embedded = re.search(r'src="([^"]+)"', frame)
    assert embedded
    assert embedded[1].startswith(link)
    seen = Seen(page, url)
    for address in (link, embedded[1]):
        page.goto(address)
        expect(page.locator("main")).to_contain_text("print")
        found = page.evaluate(ADDRESSES)
        assert [one for one in found if not is_below(one)] == [], address
    assert seen.outside == []


def test_signing_out_stays_below_the_path(context: BrowserContext, url: str) -> None:
    page = context.new_page()
    sign_in(page, url, new_student())
    Workspace(page).wait_for_connection()
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile(rf"{PREFIX}/accounts/login/"))


def test_requests_take_the_place_of_websockets_there_too(
    context: BrowserContext, below: WebServer
) -> None:
    blocked = f"location {PREFIX}/ws/ {{ return 403; }} {STYLES['stripped']}"
    with nginx(below.port, GOOD, blocked) as proxy:
        page = context.new_page()
        sign_in(page, proxy.url + PREFIX, new_student())
        workspace = Workspace(page)
        expect(workspace.connection).to_have_attribute("data-way", "polls", timeout=15_000)
        workspace.start("print('got', input('> '))")
        workspace.wait_for("> ")
        workspace.type("it\n")
        workspace.wait_for_end(Outcome.COMPLETED)


def test_the_administration_is_below_the_path(context: BrowserContext, url: str) -> None:
    page = context.new_page()
    sign_in(page, url, "chief")
    Workspace(page).wait_for_connection()
    seen = Seen(page, url)
    for path in ("/admin/", "/admin/accounts/user/", "/admin/runner/run/"):
        page.goto(url + path)
        expect(page.locator("#content")).to_be_visible()
        found = page.evaluate(ADDRESSES)
        assert [one for one in found if not is_below(one)] == [], path
    assert seen.outside == []
