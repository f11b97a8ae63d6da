"""Windows of programs in a browser: one is shown, clicked, and there after a reload."""

import re
from contextlib import nullcontext

import pytest
from playwright.sync_api import Browser, Locator, expect

from runner.protocol.messages import Outcome
from tests.e2e.appearance import save_picture
from tests.e2e.fingers import device
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


# It does not wait: its window closes when it has drawn.
DRAWS = """import turtle
turtle.speed(0)
turtle.pensize(40)
turtle.color("red")
turtle.forward(100)
turtle.backward(200)
"""


def test_a_window_that_closed_with_its_program_says_what_keeps_it_open(
    workspace: Workspace,
) -> None:
    """Duroktar/Wolf#31, PTVS#7755: the window of who does not know `mainloop` is gone at once."""
    for _ in range(2):
        workspace.start(DRAWS)
        workspace.wait_for_end(Outcome.COMPLETED, seconds=30)
        expect(window(workspace)).to_be_visible(timeout=LOADS)
        note = workspace.page.locator(".screen-note")
        expect(note).to_contain_text("turtle.done() or root.mainloop() keeps the window open")


SAYS_WHERE = """import tkinter
root = tkinter.Tk()
root.geometry("800x600+0+0")
field = tkinter.Canvas(root, width=800, height=600, highlightthickness=0)
field.pack()
field.bind("<Button-1>", lambda event: print(f"at {event.x} {event.y}", flush=True))
print("ready", flush=True)
root.mainloop()
"""
PLACES = ((30, 40), (770, 40), (400, 300), (30, 560))  # in the window


@pytest.mark.parametrize("screen", ["desktop", "Pixel 7", "iPad Pro 11"])
def test_a_click_is_where_it_was_made(
    screen: str, browser: Browser, site: WebServer, new_student_name: str
) -> None:
    """cockpit-machines#900: in a window that is drawn smaller, clicks arrive beside their place."""
    if screen == "desktop":
        made = nullcontext(browser.new_context(viewport={"width": 1000, "height": 560}))
    with made if screen == "desktop" else device(browser, screen) as context:
        workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
        workspace.start(SAYS_WHERE)
        workspace.wait_for("ready", seconds=30)
        canvas = window(workspace)
        expect(canvas).to_be_visible(timeout=LOADS)
        box = canvas.bounding_box()
        assert box is not None
        scale = box["width"] / canvas.evaluate("canvas => canvas.width")
        for number, (x, y) in enumerate(PLACES, 1):
            canvas.click(position={"x": x * scale, "y": y * scale})
            heard = "n => window.coderunner.terminalText().split('at ').length > n"
            workspace.wait_until(heard, number)
        said = [line.split()[1:] for line in workspace.shown().split("\n") if "at " in line]
        most = 2 / scale + 1  # pixels of the window that one of the page is
        for (x, y), (found_x, found_y) in zip(PLACES, said, strict=True):
            assert abs(int(found_x) - x) <= most
            assert abs(int(found_y) - y) <= most
        workspace.stop.click()
        context.close()


def test_a_window_fills_the_screen_and_is_used_there(workspace: Workspace) -> None:
    page = workspace.page
    workspace.start(SAYS_WHERE)
    workspace.wait_for("ready", seconds=30)
    canvas, whole = window(workspace), page.get_by_test_id("side-whole")
    expect(canvas).to_be_visible(timeout=LOADS)
    width = "canvas => canvas.getBoundingClientRect().width"
    before = canvas.evaluate(width)
    whole.click()
    workspace.wait_until("() => document.fullscreenElement?.id === 'side-panel'")
    workspace.wait_until(
        """before => document.querySelector("[data-testid=screen] canvas")
            .getBoundingClientRect().width > 1.2 * before""",
        before,
    )
    scale = canvas.evaluate(width) / canvas.evaluate("canvas => canvas.width")
    canvas.click(position={"x": 705 * scale, "y": 505 * scale})
    workspace.wait_for("at 70")
    whole.click()
    workspace.wait_until("() => document.fullscreenElement === null")
    expect(canvas).to_be_visible()
    workspace.stop.click()


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


HOLDS = """import tkinter
root = tkinter.Tk()
root.geometry("800x600+0+0")
held = set()
def changed(event):
    (held.add if event.type is tkinter.EventType.KeyPress else held.discard)(event.keysym)
    print("held:", *sorted(held), ".", flush=True)
root.bind("<KeyPress>", changed)
root.bind("<KeyRelease>", changed)
root.focus_force()
print("ready", flush=True)
root.mainloop()
"""


def test_who_leaves_the_window_lets_go_of_its_keys(workspace: Workspace) -> None:
    """noVNC#1354, turbovnc#88: a key stays pressed, as its end goes somewhere else."""
    workspace.start(HOLDS)
    workspace.wait_for("ready", seconds=30)
    expect(window(workspace)).to_be_visible(timeout=LOADS)
    window(workspace).click()
    for key, name in (("ArrowRight", "Right"), ("Shift", "Shift_L")):
        workspace.page.keyboard.down(key)
        workspace.wait_for(f"held: {name} .")
        workspace.page.locator("#terminal-pane .pane-head").click()
        workspace.wait_until("() => window.coderunner.terminalText().trimEnd().endsWith('held: .')")
        workspace.page.keyboard.up(key)
        window(workspace).click()
    workspace.stop.click()


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
