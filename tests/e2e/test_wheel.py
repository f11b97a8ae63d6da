"""The mouse wheel over the terminal: earlier output, full-screen programs, zooming."""

import pytest

from tests.e2e.fingers import box
from tests.e2e.test_touch import KEYS, LINES, first_number
from tests.e2e.workspace import Workspace

PREVENTED = """() => {
    window.prevented = [];
    const note = (event) => setTimeout(() => window.prevented.push(event.defaultPrevented));
    window.addEventListener("wheel", note, { capture: true });
}"""


def over_terminal(workspace: Workspace) -> None:
    left, top, width, height = box(workspace.terminal)
    workspace.page.mouse.move(left + width / 2, top + height / 2)


def wheel(workspace: Workspace, *turns: int) -> None:
    over_terminal(workspace)
    for turn in turns:
        workspace.page.mouse.wheel(0, turn)


@pytest.mark.parametrize(
    ("modes", "end", "turn", "key"),
    [
        ("\x1b[?1049h", "\x1b[?1049l", -120, "\\x1b[A"),
        ("\x1b[?1049h", "\x1b[?1049l", 120, "\\x1b[B"),
        ("\x1b[?1049h\x1b[?1h", "\x1b[?1l\x1b[?1049l", -120, "\\x1bOA"),
        ("\x1b[?1047h", "\x1b[?1047l", -120, "\\x1b[A"),
        ("\x1b[?47h", "\x1b[?47l", 120, "\\x1b[B"),
        ("\x1b[?1049h\x1b[?1000;1006h", "\x1b[?1006;1000l\x1b[?1049l", -120, "\\x1b[<64;"),
        ("\x1b[?1002;1006h", "\x1b[?1006;1002l", 120, "\\x1b[<65;"),
        ("\x1b[?1003h", "\x1b[?1003l", -120, "\\x1b[M`"),
        ("\x1b[?1049h\x1b[?9h", "\x1b[?9l\x1b[?1049l", -120, "\\x1b[A"),
    ],
)
def test_a_full_screen_program_gets_it(
    workspace: Workspace, modes: str, end: str, turn: int, key: str
) -> None:
    workspace.start(KEYS.format(modes=modes, end=end))
    workspace.wait_for("ready")
    wheel(workspace, turn)
    workspace.page.wait_for_timeout(200)
    workspace.terminal.locator("textarea").focus()
    workspace.page.keyboard.type("q")
    workspace.wait_for("all")
    text = workspace.shown().replace("\n", "")
    got = text.partition("got ")[2].partition("all")[0].strip(" '\"q")
    if modes == "\x1b[?1003h":
        assert key in got, text
        return
    assert got.startswith(key), text
    # A notch is three lines, as in other terminals; of a mouse, one report.
    assert got.count(key) == (1 if "[<" in key else 3), text


def test_small_steps_of_a_touchpad_add_up(workspace: Workspace) -> None:
    workspace.start(KEYS.format(modes="\x1b[?1049h", end="\x1b[?1049l"))
    workspace.wait_for("ready")
    wheel(workspace, *[5] * 16)
    workspace.page.wait_for_timeout(200)
    workspace.terminal.locator("textarea").focus()
    workspace.page.keyboard.type("q")
    workspace.wait_for("all")
    assert workspace.shown().count("\\x1b[B") == 2


def test_what_was_printed_scrolls(workspace: Workspace) -> None:
    workspace.start(LINES)
    workspace.wait_for("The end")
    before = first_number(workspace)
    wheel(workspace, -240)
    workspace.wait_until(
        "before => Number(document.querySelector('.xterm-rows').textContent"
        ".match(/line (\\d+)/)[1]) < before",
        before,
    )
    assert workspace.shown().rstrip().endswith("The end"), "the program got nothing"


@pytest.mark.parametrize("modes", ["", "\x1b[?1049h", "\x1b[?1049h\x1b[?1000;1006h", "\x1b[?1003h"])
def test_the_browser_zooms_with_control(workspace: Workspace, modes: str) -> None:
    workspace.start(f"print({modes!r})\n" + LINES)
    workspace.wait_for("The end")
    workspace.page.evaluate(PREVENTED)
    over_terminal(workspace)
    workspace.page.keyboard.down("Control")
    workspace.page.mouse.wheel(0, -120)
    workspace.wait_until("() => window.prevented.length > 0")
    workspace.page.keyboard.up("Control")
    assert workspace.page.evaluate("() => window.prevented") == [False]
    assert "[A" not in workspace.shown()
