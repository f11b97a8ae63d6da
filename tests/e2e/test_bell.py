"""The bell of a program is seen or heard, as its user chooses."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from runner.protocol.messages import Outcome
from tests.e2e import surfaces
from tests.e2e.workspace import Workspace

# Notes what the page does for a bell: tones, and attributes of the terminal.
WATCH = """() => {
    window.bells = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...given) {
        window.bells.push(`tone ${this.context.constructor.name}`);
        return start.apply(this, given);
    };
    const terminal = document.querySelector("[data-testid=terminal]");
    new MutationObserver(() => {
        if (terminal.dataset.bell) window.bells.push(terminal.dataset.bell);
    }).observe(terminal, { attributeFilter: ["data-bell"] });
}"""
BELLS = "() => window.bells"


def ring(workspace: Workspace, source: str = 'print("\\a")') -> list[str]:
    workspace.page.evaluate(WATCH)
    workspace.start(source)
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.page.wait_for_timeout(200)  # nothing may follow
    return list(workspace.page.evaluate(BELLS))


def choose(workspace: Workspace, choice: str) -> None:
    workspace.press("Control+,")
    with workspace.page.expect_response("**/preferences/"):
        surfaces.dialog(workspace).get_by_label("Bell of programs").select_option(choice)
    workspace.press("Escape")


def test_it_flashes(workspace: Workspace) -> None:
    assert ring(workspace) == ["flash"]
    expect(workspace.terminal).not_to_have_attribute("data-bell", "flash")


@pytest.mark.parametrize(
    ("choice", "expected"), [("sound", ["tone AudioContext"]), ("off", []), ("flash", ["flash"])]
)
def test_its_user_chooses_and_it_stays_so(
    workspace: Workspace, choice: str, expected: list[str]
) -> None:
    choose(workspace, choice)
    assert ring(workspace) == expected
    workspace.reload()
    assert ring(workspace) == expected


@pytest.mark.parametrize(
    "source",
    [
        "import sys\nsys.stdout.write('\\a')",
        "import curses\ncurses.initscr(); curses.beep(); curses.endwin()",
        "import os\nos.system(\"printf '\\\\007'\")",
        "print('before', end='\\a')\nprint('\\x1b[31mafter\\a\\x1b[0m')",
    ],
    ids=["write", "curses", "shell", "in the middle"],
)
def test_however_a_program_rings_it(workspace: Workspace, source: str) -> None:
    assert ring(workspace, source) == ["flash"]


def test_the_title_of_a_window_ends_with_the_same_character_and_is_no_bell(
    workspace: Workspace,
) -> None:
    assert ring(workspace, "print('\\x1b]0;a title\\a')") == []


def test_with_less_motion_it_is_a_frame_that_stays(
    context: BrowserContext, workspace: Workspace
) -> None:
    workspace.page.emulate_media(reduced_motion="reduce")
    assert ring(workspace) == ["frame"]
    expect(workspace.terminal).not_to_have_attribute("data-bell", "frame")


def test_ten_thousand_cost_nothing_and_are_few(workspace: Workspace) -> None:
    choose(workspace, "sound")
    found = ring(workspace, "print('\\a' * 10_000)\nprint('\\a' * 10_000)")
    assert 1 <= len(found) <= 4


def test_output_that_is_shown_again_rings_no_bell(workspace: Workspace) -> None:
    workspace.start("print('\\a' * 3)\ninput('asks ')")
    workspace.wait_for("asks")
    workspace.page.add_init_script(f"document.addEventListener('DOMContentLoaded', {WATCH})")
    workspace.reload()
    workspace.wait_for("asks")
    assert workspace.page.evaluate(BELLS) == []
    workspace.type("\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    assert workspace.page.evaluate(BELLS) == []


def test_a_browser_without_sound_flashes(context: BrowserContext, open_workspace: Any) -> None:
    context.add_init_script("delete window.AudioContext; delete window.webkitAudioContext;")
    workspace = open_workspace()
    choose(workspace, "sound")
    assert ring(workspace) == ["flash"]
