"""Proxies that are set up wrongly, and filters of schools: the page says what is wrong, and works
if it can."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from runner.protocol.messages import Outcome
from tests.cast import PASSWORD
from tests.e2e.nginx import GOOD, nginx
from tests.e2e.workspace import Workspace
from tests.product import WebServer

SOON_MS = 15_000
NO_UPGRADE = {name: value for name, value in GOOD.items() if name != "Upgrade"}
NO_HOST = GOOD | {"Host": "127.0.0.1:8000"}  # where it listens
NO_PORT = GOOD | {"Host": "$host"}
TLS_CLAIMED = GOOD | {"X-Forwarded-Proto": "https"}
NO_ORIGIN = GOOD | {"Origin": '""'}
PASS = "location / { proxy_pass http://site; }"
FILTERS = {
    "refuses it": "location /ws/ { return 403; }",
    "shows its own page": "location /ws/ { return 200 'blocked'; }",
    "leads to its own page": "location /ws/ { return 302 http://filter.example/; }",
    "answers never": "location /ws/ { proxy_pass http://127.0.0.1:9; proxy_connect_timeout 60s; }",
    "closes it": "location /ws/ { return 444; }",
    "closes each connection": "location /ws/ { proxy_set_header Host $http_host; "
    "proxy_set_header Upgrade $http_upgrade; proxy_pass http://site; }",
    "does not know the site": "location /ws/ { return 502; }",
    "loses Upgrade": "location /ws/ { proxy_set_header Host $http_host; proxy_pass http://site; }",
}
BLOCKED = "location /ws/ { return 403; }"
ECHO = "while True: print('got', input('> '))"


@pytest.fixture
def notice(workspace_through: Callable[..., Workspace]) -> Callable[..., Locator]:
    def open_it(headers: dict[str, str] = GOOD, locations: str = PASS) -> Locator:
        workspace = workspace_through(headers, locations)
        found = workspace.page.get_by_test_id("way-problem")
        expect(found).to_be_visible(timeout=SOON_MS)
        return found

    return open_it


@pytest.fixture
def workspace_through(
    context: BrowserContext, site: WebServer, new_student: Callable[[], str]
) -> Iterator[Callable[..., Workspace]]:
    """The workspace behind a proxy, perhaps not connected. Signed in before: some let no form
    through."""
    proxies = []

    def open_it(
        headers: dict[str, str] = GOOD, locations: str = PASS, student: str = ""
    ) -> Workspace:
        if locations != PASS and "location / " not in locations:
            locations = f"{locations} {PASS}"
        proxy = nginx(site.port, headers, locations)
        proxies.append(proxy)
        url = proxy.__enter__().url
        context.add_cookies(site.sign_in(student or new_student()).in_browser(url))
        workspace = Workspace(context.new_page())
        workspace.page.goto(url)
        return workspace

    yield open_it
    for proxy in proxies:
        proxy.__exit__(None, None, None)


def converse(workspace: Workspace) -> None:
    workspace.start(ECHO)
    workspace.wait_for("> ")
    for word in ("one", "two"):
        workspace.type(f"{word}\n")
        workspace.wait_for(f"got {word}")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)


@pytest.mark.parametrize("name", FILTERS)
def test_where_websockets_are_blocked_requests_do_their_work(
    workspace_through: Callable[..., Workspace], name: str
) -> None:
    workspace = workspace_through(GOOD, FILTERS[name])
    expect(workspace.connection).to_have_attribute("data-state", "connected", timeout=SOON_MS)
    expect(workspace.connection).to_have_attribute("data-way", "polls")
    notice = workspace.page.get_by_test_id("way-problem")
    expect(notice).to_contain_text("Your network blocks WebSockets")
    expect(notice).to_contain_text("tell your teacher")
    converse(workspace)


@pytest.mark.smoke
def test_a_lost_upgrade_is_named_in_the_log_and_the_program_runs(
    workspace_through: Callable[..., Workspace], site: WebServer
) -> None:
    before = len(site.process.output())
    workspace = workspace_through(NO_UPGRADE | {"Upgrade": '""'})
    expect(workspace.connection).to_have_attribute("data-way", "polls", timeout=SOON_MS)
    converse(workspace)
    log = site.process.output()[before:]
    assert re.search(r"WARNING .*Origin 'http://127.0.0.1:\d+', Host '127.0.0.1:\d+'", log), log


def test_a_reload_goes_on_and_tries_the_way_that_worked_first(
    workspace_through: Callable[..., Workspace],
) -> None:
    workspace = workspace_through(GOOD, FILTERS["answers never"])
    expect(workspace.connection).to_have_attribute("data-way", "polls", timeout=SOON_MS)
    workspace.start(ECHO)
    workspace.wait_for("> ")
    workspace.page.reload()
    expect(workspace.connection).to_have_attribute("data-way", "polls", timeout=3_000)
    workspace.wait_for("> ")
    workspace.type("after\n")
    workspace.wait_for("got after")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)


def test_what_was_hidden_stays_hidden(workspace_through: Callable[..., Workspace]) -> None:
    workspace = workspace_through(GOOD, BLOCKED)
    notice = workspace.page.get_by_test_id("way-problem")
    expect(notice).to_be_visible(timeout=SOON_MS)
    notice.get_by_role("button", name="Hide").click()
    expect(notice).to_be_hidden()
    workspace.page.reload()
    expect(workspace.connection).to_have_attribute("data-way", "polls", timeout=SOON_MS)
    expect(notice).to_be_hidden()


def test_a_flood_through_requests_is_whole(workspace_through: Callable[..., Workspace]) -> None:
    workspace = workspace_through(GOOD, BLOCKED)
    expect(workspace.connection).to_have_attribute("data-way", "polls", timeout=SOON_MS)
    workspace.start("for i in range(20_000): print(i)\nprint('all', 'counted')")
    workspace.wait_for("all counted", seconds=30)
    shown = workspace.shown().split()
    numbers = [int(word) for word in shown[: shown.index("all")]]
    assert numbers == list(range(numbers[0], 20_000))


REFUSED = {
    "the host is lost": (NO_HOST, "not set up for the address", "pass on the Host header"),
    "the port is lost": (NO_PORT, "not set up for the address", "with its port"),
    "the scheme is wrong": (TLS_CLAIMED, "confuses HTTP and HTTPS", "HTTPS=true"),
    "the origin is lost": (NO_ORIGIN, "removed a part of the request", "Origin header"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_only_the_operator_can_mend_is_said_with_the_cause(
    notice: Callable[..., Locator], site: WebServer, name: str
) -> None:
    headers, sentence, advice = REFUSED[name]
    before = len(site.process.output())
    found = notice(headers)
    expect(found).to_contain_text(sentence)
    expect(found).to_contain_text("tell your teacher")
    details = found.locator("details p")
    expect(details).to_be_hidden()  # a student has nothing to do with it
    found.locator("summary").click()
    expect(details).to_contain_text(advice)
    log = site.process.output()[before:]
    if name != "the origin is lost":
        assert re.search(r"WARNING .*Origin 'http://127.0.0.1:\d+', Host '", log), log


def test_it_is_said_in_the_language_of_the_reader(
    context: BrowserContext, notice: Callable[..., Locator]
) -> None:
    context.set_extra_http_headers({"Accept-Language": "de"})
    found = notice(NO_HOST)
    expect(found).to_contain_text("Lehrkraft")
    found.locator("summary").click()
    expect(found.locator("details p")).to_contain_text("Host")


INTERCEPTED = {
    "a page of a filter": "return 200 '<h1>Blocked</h1>'",
    "a sign-in page": "return 302 http://wifi.example/",
    "no permission": "return 403",
    "no such page": "return 404",
}


@pytest.mark.parametrize("name", INTERCEPTED)
def test_what_answers_in_place_of_the_site_is_found_out(
    notice: Callable[..., Locator], name: str
) -> None:
    found = notice(GOOD, f"{BLOCKED} location /terminal/ {{ {INTERCEPTED[name]}; }}")
    expect(found).to_contain_text("answers in place of this site")


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_site_that_is_away_is_said_to_be_away(
    notice: Callable[..., Locator], status: int
) -> None:
    found = notice(GOOD, f"{BLOCKED} location /terminal/ {{ return {status}; }}")
    expect(found).to_contain_text("does not answer at the moment")


def test_when_the_fault_is_mended_the_notice_goes(
    context: BrowserContext, site: WebServer, new_student_name: str
) -> None:
    bad = f"{BLOCKED} location /terminal/ {{ return 404; }} {PASS}"
    with nginx(site.port, GOOD, bad) as proxy:
        context.add_cookies(site.sign_in(new_student_name).in_browser(proxy.url))
        workspace = Workspace(context.new_page())
        workspace.page.goto(proxy.url)
        notice = workspace.page.get_by_test_id("way-problem")
        expect(notice).to_contain_text("answers in place of this site", timeout=SOON_MS)
    with nginx(site.port, listen=proxy.port):
        workspace.wait_for_connection()
        expect(notice).to_be_hidden()


def test_signing_in_through_such_a_proxy_names_the_cause(
    page_through: Callable[..., Page], new_student_name: str
) -> None:
    page = page_through(NO_HOST)
    page.get_by_label("User name").or_(page.locator("[name=login]")).first.fill(new_student_name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    expect(page.get_by_role("heading")).to_have_text("The form was not accepted")
    expect(page.locator("main")).to_contain_text("not set up for the address")
    expect(page.locator("main")).not_to_contain_text("cookie")
    page.locator("main summary").click()
    expect(page.locator("main")).to_contain_text("proxy_set_header Host $http_host")


@pytest.fixture
def page_through(context: BrowserContext, site: WebServer) -> Iterator[Callable[..., Page]]:
    proxies = []

    def open_it(headers: dict[str, str]) -> Page:
        proxy = nginx(site.port, headers)
        proxies.append(proxy)
        page = context.new_page()
        page.goto(f"{proxy.__enter__().url}/accounts/login/")
        return page

    yield open_it
    for proxy in proxies:
        proxy.__exit__(None, None, None)
