"""Keys that are pressed before a program runs."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from runner.protocol.messages import Outcome
from tests.e2e.severable import Severable
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer

ASKS = "print('got', repr(input('> ')))\n"
TYPED = "text => window.coderunner.terminalText().trim() === text"


@pytest.fixture
def busy_site(small_product: Product) -> WebServer:
    """Runs one program at a time."""
    small_product.create_users("first", "second")
    server = small_product.serve("--capacity", "1")
    server.wait_until_ready()
    return server


@pytest.fixture
def busy(busy_site: WebServer, browser: Browser) -> Iterator[Workspace]:
    """Somebody's program that runs until Enter."""
    context = browser.new_context()
    workspace = Workspace.open(context, busy_site.url, busy_site.sign_in("first"))
    workspace.start("input('busy')")
    workspace.wait_for("busy")
    yield workspace
    context.close()


def queued(context: BrowserContext, site: WebServer, url: str) -> Workspace:
    workspace = Workspace.open(context, url, site.sign_in("second"))
    workspace.start(ASKS * 2)
    workspace.wait_for_state("queued")
    return workspace


def test_what_is_typed_while_a_run_waits_is_shown_and_reaches_the_program_once(
    busy: Workspace, busy_site: WebServer, context: BrowserContext
) -> None:
    workspace = queued(context, busy_site, busy_site.url)
    workspace.type("Adx")
    workspace.press("Backspace")
    workspace.page.keyboard.type("a\n36\n")
    workspace.wait_until(TYPED, "Ada\n36")
    expect(workspace.state).to_have_attribute("data-state", "queued")
    busy.type("\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    shown = workspace.shown()
    assert shown.count("got 'Ada'") == 1, shown
    assert shown.count("got '36'") == 1, shown
    assert shown.count("Ada") <= 3, shown  # the program's terminal echoes it before, as any does
    assert workspace.complaints == []


def test_it_survives_a_lost_connection(
    busy: Workspace, busy_site: WebServer, context: BrowserContext
) -> None:
    with Severable(busy_site.port) as line:
        workspace = queued(context, busy_site, line.url)
        workspace.type("Ada\n")
        line.cut()
        workspace.wait_for_connection("reconnecting")
        workspace.page.keyboard.type("36\n")
        line.mend()
        workspace.wait_for_connection()
        busy.type("\n")
        workspace.wait_for_end(Outcome.COMPLETED)
    shown = workspace.shown()
    assert (shown.count("got 'Ada'"), shown.count("got '36'")) == (1, 1), shown


def test_it_survives_a_reload(
    busy: Workspace, busy_site: WebServer, context: BrowserContext
) -> None:
    workspace = queued(context, busy_site, busy_site.url)
    workspace.type("Ada\n3")
    workspace.reload()
    workspace.wait_until(TYPED, "Ada\n3")
    workspace.reload()
    workspace.wait_for_state("queued")
    workspace.type("6\n")
    workspace.wait_until(TYPED, "Ada\n36")
    busy.type("\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    shown = workspace.shown()
    assert (shown.count("got 'Ada'"), shown.count("got '36'")) == (1, 1), shown
    kept = "() => Object.keys(sessionStorage).filter((key) => key.endsWith(':typed'))"
    workspace.reload()
    assert workspace.page.evaluate(kept) == []


def test_a_paste_is_kept_too(
    busy: Workspace, busy_site: WebServer, context: BrowserContext
) -> None:
    workspace = queued(context, busy_site, busy_site.url)
    workspace.terminal.click()
    workspace.paste("Ada\r\n36\r\n")
    busy.type("\n")
    workspace.wait_for("got '36'")
    assert "got 'Ada'" in workspace.shown()


def test_what_is_typed_for_a_run_that_is_stopped_goes_to_no_other(
    busy: Workspace, busy_site: WebServer, context: BrowserContext
) -> None:
    workspace = queued(context, busy_site, busy_site.url)
    workspace.type("Ada\n")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)
    busy.type("\n")
    workspace.start(ASKS)
    workspace.wait_for(">")
    assert "Ada" not in workspace.shown()
    workspace.type("Eve\n")
    workspace.wait_for("got 'Eve'")


@pytest.mark.smoke
def test_keys_right_after_run_reach_the_program(workspace: Workspace) -> None:
    """Three times, as the program starts within some 50 ms."""
    for name in ("Ada", "Eve", "Max"):
        workspace.start(ASKS)
        workspace.page.keyboard.type(f"{name}\n")
        workspace.wait_for_end(Outcome.COMPLETED)
        assert f"got '{name}'" in workspace.shown()
        workspace.clear.click()


def slowly(route: Route) -> None:
    answer = route.fetch()
    route.request.frame.page.wait_for_timeout(300)
    route.fulfill(response=answer)


def test_keys_are_kept_while_a_new_snippet_is_saved_first(workspace: Workspace) -> None:
    page = workspace.page
    page.route("**/snippets/", slowly)
    workspace.press("Alt+n")
    workspace.start(ASKS)
    page.keyboard.type("Ada\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    assert "got 'Ada'" in workspace.shown()


def test_keys_after_restart_are_for_the_new_program(workspace: Workspace) -> None:
    workspace.start("input('old')")
    workspace.wait_for("old")
    workspace.write(ASKS)
    workspace.terminal.click()
    workspace.press("Control+Shift+Enter")
    workspace.page.keyboard.type("Ada\n")
    workspace.wait_for("got 'Ada'")
    assert "old" not in workspace.shown()


def test_a_phone_keeps_keys_of_its_own_keyboard(
    busy: Workspace, busy_site: WebServer, browser: Browser
) -> None:
    context = browser.new_context(
        viewport={"width": 412, "height": 915}, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(15_000)
    workspace = queued(context, busy_site, busy_site.url)
    field = workspace.terminal.locator("textarea")
    expect(field).to_be_editable()
    field.focus()
    workspace.page.keyboard.insert_text("Ada")
    workspace.press("Enter")
    workspace.wait_until(TYPED, "Ada")
    busy.type("\n")
    workspace.wait_for("got 'Ada'")
    context.close()


def test_nothing_is_typed_into_a_program_that_could_not_start(
    context: BrowserContext, site: WebServer, new_student: Callable[[], str]
) -> None:
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    workspace.start("#" + "x" * 600_000)
    workspace.page.keyboard.type("lost\n")
    workspace.wait_for("too large to run")
    workspace.start(ASKS)
    workspace.wait_for(">")
    assert "lost" not in workspace.shown()
