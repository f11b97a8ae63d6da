"""What a program finds that depends on the page, and what the page says about a program's time."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer

CLOCK = 'import time\nprint("now", time.strftime("%H:%M %z"))'
POLLS = """import curses
def main(screen):
    screen.nodelay(True)
    while screen.getch() != ord("q"):
        pass
curses.wrapper(main)
"""
WARNED = {
    "en-GB": r"has used \d seconds? of processor time; it may use 5 seconds.*time\.sleep",
    "de-DE": r"hat \d Sekunden? Rechenzeit verbraucht; es darf 5 Sekunden.*time\.sleep",
}


@pytest.mark.parametrize(
    "zone",
    [pytest.param("Europe/Berlin", marks=pytest.mark.smoke), "Asia/Kathmandu", "America/St_Johns"],
)
def test_the_clock_of_a_program_is_the_browsers(
    zone: str, browser: Browser, site: WebServer, new_student: Callable[[], str]
) -> None:
    context = browser.new_context(timezone_id=zone)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    workspace.start(CLOCK)
    workspace.wait_for_end(Outcome.COMPLETED)
    shown = re.search(r"now (\d\d:\d\d) ([+-]\d{4})", workspace.shown())
    assert shown is not None
    minute = "Math.floor(Date.now() / 60000)"
    script = f"""() => {{
        const [now, offset] = [{minute}, new Date().getTimezoneOffset()];
        const local = ((now - offset) % 1440 + 1440) % 1440;
        return [local, -offset];
    }}"""
    local, offset = workspace.page.evaluate(script)
    hours, minutes = map(int, shown[1].split(":"))
    assert (local - (60 * hours + minutes)) % 1440 <= 2
    sign = -1 if shown[2][0] == "-" else 1
    assert sign * (60 * int(shown[2][1:3]) + int(shown[2][3:])) == offset
    assert workspace.complaints == []
    context.close()


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with Product(tmp_path_factory.mktemp("impatient")) as product:
        product.migrate()
        product.create_users(*WARNED)
        server = product.serve(LIMIT_CPU_SECONDS="5")
        server.wait_until_ready()
        yield server


@pytest.mark.parametrize("language", WARNED)
def test_a_game_that_looks_for_keys_without_a_pause_is_warned(
    language: str, browser: Browser, impatient: WebServer
) -> None:
    context: BrowserContext = browser.new_context(locale=language)
    workspace = Workspace.open(context, impatient.url, impatient.sign_in(language))
    workspace.start(POLLS)
    notice = workspace.page.get_by_text(re.compile(WARNED[language]))
    expect(notice).to_be_visible(timeout=60_000)  # a program has the lowest priority
    expect(workspace.state).to_have_attribute("data-state", "running")
    workspace.wait_for_end(Outcome.CPU_LIMIT)
    workspace.wait_for("(time.sleep)")
    context.close()
