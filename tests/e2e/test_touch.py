"""What a finger does on the terminal, on four phones and tablets."""

import pytest
from playwright.sync_api import Browser, expect

from runner.protocol.messages import Outcome
from tests.e2e.fingers import Finger, box, device, first_line
from tests.e2e.workspace import Workspace
from tests.product import WebServer

LINES = "for i in range(300):\n    print('line', i)\ninput('The end ')\n"
KEYS = """
import os, sys, termios, tty
before = termios.tcgetattr(0)
tty.setcbreak(0)
sys.stdout.write({modes!r} + "ready\\r\\n")
sys.stdout.flush()
got = b""
while not got.endswith(b"q"):
    got += os.read(0, 1000)
termios.tcsetattr(0, termios.TCSANOW, before)
print({end!r} + "got", repr(got[:60].decode()), "all", len(got))
"""
NUMBER = (
    "terminal => Number(terminal.querySelector('.xterm-rows').textContent.match(/line (\\d+)/)[1])"
)


def run(workspace: Workspace, source: str, until: str) -> Finger:
    workspace.write(source)
    workspace.run.tap()
    workspace.wait_for(until)
    return Finger(workspace.page)


def first_number(workspace: Workspace) -> int:
    return int(workspace.terminal.evaluate(NUMBER))


def upper_third(workspace: Workspace) -> tuple[float, float]:
    left, top, width, height = box(workspace.terminal.locator(".xterm-screen"))
    return left + width / 2, top + height / 3


def test_a_finger_scrolls_and_the_text_goes_on_for_a_while(touched: Workspace) -> None:
    finger = run(touched, LINES, "The end")
    touched.wait_until(
        "() => document.querySelector('.xterm-rows').textContent.includes('The end')"
    )
    before = first_number(touched)
    finger.down(*upper_third(touched))
    finger.move(0, 200)
    finger.rest(200)
    dragged = first_number(touched)
    assert before - 20 < dragged < before - 2, "the text is under the finger"
    finger.up()
    touched.page.wait_for_timeout(300)
    assert first_number(touched) == dragged, "a finger that rests throws nothing"
    finger.swipe(*upper_third(touched), 0, 200, steps=3)
    touched.wait_until(
        "before => Number(document.querySelector('.xterm-rows').textContent"
        ".match(/line (\\d+)/)[1]) < before",
        dragged - (before - dragged) - 2,  # farther than the finger went
    )
    finger.down(*upper_third(touched))  # stops it; what was scrolled before is drawn with the frame
    touched.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    stopped = first_number(touched)
    touched.page.wait_for_timeout(200)
    assert first_number(touched) == stopped
    finger.up()
    for _ in range(4):
        finger.swipe(*upper_third(touched), 0, -220, steps=5)
    touched.wait_until(
        "() => document.querySelector('.xterm-rows').textContent.includes('The end')"
    )


def test_the_first_line_is_reached_and_nothing_happens_beyond(touched: Workspace) -> None:
    finger = run(touched, "for i in range(60): print('line', i)\ninput('The end ')", "The end")
    for _ in range(8):
        finger.swipe(*upper_third(touched), 0, 250, steps=4)
        touched.page.wait_for_timeout(100)
    touched.wait_until(
        "() => /^line 0(?!\\d)/.test(document.querySelector('.xterm-rows').textContent)"
    )
    finger.swipe(*upper_third(touched), 0, 250)
    assert first_number(touched) == 0
    assert touched.page.evaluate("() => document.scrollingElement.scrollTop") == 0


def test_the_scroll_bar_is_moved_by_a_finger(touched: Workspace) -> None:
    finger = run(touched, LINES, "The end")
    slider = touched.terminal.locator(".scrollbar.vertical .slider")
    expect(slider).to_be_visible()
    left, top, width, height = box(slider)
    before = first_number(touched)
    finger.swipe(left + width / 2, top + height / 2, 0, -150)
    assert first_number(touched) < before - 40


def test_a_tap_opens_the_keyboard_and_a_swipe_does_not(touched: Workspace) -> None:
    finger = run(touched, LINES, "The end")
    field = touched.terminal.locator("textarea")
    expect(touched.terminal).to_have_attribute("data-waiting", "true")
    field.evaluate("field => field.blur()")
    finger.swipe(*upper_third(touched), 0, 120)
    expect(field).not_to_be_focused()
    touched.page.wait_for_timeout(600)  # the text has stopped: now a touch is a tap
    finger.tap(*upper_third(touched))
    expect(field).to_be_focused()
    touched.page.keyboard.insert_text("x")
    touched.wait_for("The end x")


@pytest.mark.parametrize(
    ("modes", "end", "up", "down"),
    [
        ("\x1b[?1049h", "\x1b[?1049l", "\x1b[A", "\x1b[B"),
        ("\x1b[?1049h\x1b[?1h", "\x1b[?1l\x1b[?1049l", "\x1bOA", "\x1bOB"),
        ("\x1b[?1049h\x1b[?1000;1006h", "\x1b[?1000;1006l\x1b[?1049l", "\x1b[<64;", "\x1b[<65;"),
        ("\x1b[?1000;1006h", "\x1b[?1000;1006l", "\x1b[<64;", "\x1b[<65;"),
    ],
    ids=["keys", "application keys", "mouse", "mouse on the normal screen"],
)
def test_a_swipe_reaches_a_full_screen_program(
    touched: Workspace, modes: str, end: str, up: str, down: str
) -> None:
    finger = run(touched, KEYS.format(modes=modes, end=end), "ready")
    finger.swipe(*upper_third(touched), 0, 100)
    touched.page.wait_for_timeout(300)  # nothing may follow
    finger.swipe(*upper_third(touched), 0, -60)
    touched.terminal.locator("textarea").focus()
    touched.page.keyboard.type("q")
    touched.wait_for("all")
    text = touched.shown().partition("got")[2].replace("\n", "")
    shown = up.replace("\x1b", "\\x1b")
    assert text.startswith(f" '{shown}"), text
    size = int(text.partition("all ")[2].split()[0].rstrip("─"))
    each = 12 if "[<" in up else 3
    assert 3 * each <= size <= 20 * each, text


def test_two_fingers_are_the_browsers(touched: Workspace) -> None:
    finger = run(touched, LINES, "The end")
    before = first_number(touched)
    finger.two(*upper_third(touched), 150)
    touched.page.wait_for_timeout(300)
    assert first_number(touched) == before
    expect(touched.page.locator(".selection-bar")).to_be_hidden()


def test_a_program_that_prints_meanwhile_does_not_move_what_is_read(pixel: Workspace) -> None:
    source = "import time\nfor i in range(2000):\n    print('line', i)\n    time.sleep(.02)\n"
    finger = run(pixel, source, "line 80")
    finger.swipe(*upper_third(pixel), 0, 150, steps=20)
    pixel.page.wait_for_timeout(600)
    there = first_line(pixel.terminal)
    pixel.wait_until("() => window.coderunner.terminalText().split('\\n').length > 150", seconds=15)
    assert first_line(pixel.terminal) == there
    pixel.stop.tap()
    pixel.wait_for_end(Outcome.STOPPED)


def test_with_less_motion_the_text_stops_with_the_finger(
    browser: Browser, site: WebServer, new_student_name: str
) -> None:
    with device(browser, "Pixel 7", reduced_motion="reduce") as context:
        pixel = Workspace.open(context, site.url, site.sign_in(new_student_name))
        finger = run(pixel, LINES, "The end")
        finger.swipe(*upper_third(pixel), 0, 200, steps=5)
        there = first_number(pixel)
        pixel.page.wait_for_timeout(400)
        assert first_number(pixel) == there
