"""A run's page replays what its terminal showed, and types nothing anywhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace
from tests.product import WebServer

# It asks for a name, and would like to write into the clipboard. It answers late, so that half way
# through, the question is there and the answer is not, however slowly the machine ends a run.
PROGRAM = """
import time
print("\\033]52;c;b3duZWQ=\\007", end="")
name = input("Name? ")
time.sleep(1)
print("\\033[32mHello\\033[0m", name)
"""
WATCH_CLIPBOARD = """
    window.written = [];
    navigator.clipboard.writeText = async (text) => { window.written.push(text); };
    navigator.clipboard.write = async (items) => { window.written.push("items"); };
    const { setData } = DataTransfer.prototype;  // of a copy event
    DataTransfer.prototype.setData = function (type, text) {
        window.written.push(text);
        setData.call(this, type, text);
    };
"""


@pytest.fixture
def run_page(workspace: Workspace, context: BrowserContext, site: WebServer) -> Iterator[Page]:
    """The page of a run that has ended."""
    workspace.start(PROGRAM)
    workspace.wait_for("Name? ")
    workspace.type("Ada\n")
    workspace.wait_for("Hello Ada")
    workspace.wait_for_end(Outcome.COMPLETED)
    page = context.new_page()
    page.add_init_script(WATCH_CLIPBOARD)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(f"{site.url}/runs/")
    page.locator("table a").first.click()
    yield page
    assert complaints == []


def test_it_plays_pauses_seeks_changes_speed_and_types_nothing(run_page: Page) -> None:
    sockets: list[str] = []
    run_page.on("websocket", lambda socket: sockets.append(socket.url))
    run_page.get_by_test_id("replay").click()
    screen = run_page.get_by_test_id("replay-screen")
    text = screen.locator(".xterm-rows")
    expect(text).to_contain_text("Hello Ada", timeout=20_000)
    expect(run_page.get_by_test_id("transcript")).to_be_hidden()
    button = screen.locator(".replay-play")
    expect(button).to_have_attribute("data-playing", "false", timeout=20_000)

    run_page.keyboard.press("0")  # to the beginning; it stays paused after its end
    expect(text).not_to_contain_text("Hello Ada", timeout=15_000)
    run_page.keyboard.press("5")
    expect(text).to_contain_text("Name? ", timeout=15_000)
    expect(text).not_to_contain_text("Hello Ada")
    run_page.get_by_test_id("replay-speed").select_option("8")
    button.click()
    expect(text).to_contain_text("Hello Ada", timeout=20_000)
    assert run_page.evaluate("window.written") == []
    assert sockets == []


def test_its_text_is_copied_on_request_only(run_page: Page) -> None:
    button = run_page.get_by_role("button", name="Copy text")
    button.click()
    expect(run_page.get_by_role("button", name="Copied")).to_be_visible()
    (copied,) = run_page.evaluate("window.written")
    assert "Name? Ada\nHello Ada\n" in copied


def test_its_code_becomes_a_snippet(run_page: Page) -> None:
    run_page.get_by_role("button", name="Open this code as a new snippet").click()
    run_page.wait_for_url("**/snippets/*/")
    expect(run_page.get_by_test_id("run")).to_be_visible()
