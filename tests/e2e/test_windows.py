"""Windows of programs in a browser: one is shown, clicked, and there after a reload."""

import re

from playwright.sync_api import Locator, expect

from runner.protocol.messages import Outcome
from tests.e2e.appearance import save_picture
from tests.e2e.workspace import Workspace
from tests.product import WebServer
from tests.screens.viewer import requires_screen

pytestmark = requires_screen
LOADS = 30_000  # ms: noVNC, and turtle in the sandbox
TURTLE = """import turtle
screen = turtle.Screen()
screen.onclick(lambda x, y: print("clicked", flush=True))
screen.onkey(lambda: print("key", flush=True), "Right")
screen.listen()
turtle.forward(100)
print("drawn", flush=True)
turtle.mainloop()
"""


def window(workspace: Workspace) -> Locator:
    return workspace.page.get_by_test_id("screen").locator("canvas")


def test_a_turtle_is_shown_clicked_and_there_after_a_reload(workspace: Workspace) -> None:
    workspace.start(TURTLE)
    expect(window(workspace)).to_be_visible(timeout=LOADS)
    workspace.wait_for("drawn", seconds=30)
    window(workspace).click()
    workspace.wait_for("clicked")
    workspace.page.keyboard.press("ArrowRight")
    workspace.wait_for("key")
    workspace.page.reload()
    expect(window(workspace)).to_be_visible(timeout=LOADS)
    workspace.wait_for_state("running")
    window(workspace).click()
    workspace.wait_until("() => window.coderunner.terminalText().split('clicked').length > 2")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)
    expect(window(workspace)).to_be_visible()
    assert workspace.complaints == []


def test_the_replay_has_pictures_of_the_window(workspace: Workspace, site: WebServer) -> None:
    workspace.start(TURTLE)
    expect(window(workspace)).to_be_visible(timeout=LOADS)
    workspace.wait_for("drawn", seconds=30)
    run = workspace.state.get_attribute("data-run")
    page = workspace.page
    stills = f"{site.url}/runs/{run}/artifacts/?stills"
    workspace.wait_until(
        "async url => (await (await fetch(url)).json()).artifacts.length > 0", stills, 30
    )
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)
    page.goto(f"{site.url}/runs/{run}/?replay")
    picture = page.get_by_test_id("replay-window")
    expect(picture).to_be_visible(timeout=LOADS)
    expect(picture).to_have_js_property("naturalWidth", 800)
    expect(picture).to_have_attribute("alt", re.compile("^Window of the program, picture 1"))
    save_picture(page, "replay-window")
    page.get_by_test_id("replay-screen").press("0")
    expect(picture).to_be_hidden()


def test_keys_that_belong_to_the_page_lead_out_of_the_window(workspace: Workspace) -> None:
    workspace.start(TURTLE)
    expect(window(workspace)).to_be_visible(timeout=LOADS)
    window(workspace).click()
    expect(window(workspace)).to_be_focused()
    workspace.page.keyboard.press("F6")
    expect(window(workspace)).not_to_be_focused()
    workspace.stop.click()


def test_a_program_gets_a_window_never_if_the_user_says_so(workspace: Workspace) -> None:
    page = workspace.page
    workspace.write(TURTLE)
    page.locator("#run-options").click()
    page.locator("#windows-choice").select_option("off")
    page.keyboard.press("Escape")
    workspace.run.click()
    workspace.wait_for_end(Outcome.FAILED, seconds=30)
    assert "only a terminal" in workspace.shown()
    expect(window(workspace)).to_have_count(0)
