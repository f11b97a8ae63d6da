# ruff: noqa: RUF001 (letters of other scripts)
"""Keys that other terminals in browsers lose, double or mistake."""

import pytest

from tests.e2e.keyboards.layouts import FRENCH, GERMAN, RUSSIAN, SPANISH, SWEDISH, US
from tests.e2e.keyboards.strokes import ALT, CONTROL, SHIFT, Keyboard, Platform, Stroke, char
from tests.e2e.test_keyboard_table import RAW, Open, lines_typed, on_platform
from tests.e2e.workspace import Workspace

__all__ = ["on_platform"]  # a fixture

SPACE = Stroke("Space", " ", 0, 32, " ", " ")
ENTER = Stroke("Enter", "Enter", 0, 13, "\r", "\r")
UP = Stroke("ArrowUp", "ArrowUp", 0, 38)


def typing(workspace: Workspace) -> Workspace:
    workspace.start(RAW)
    workspace.wait_for("ready")
    return workspace


@pytest.mark.parametrize("platform", ["Win32", "Linux x86_64"])
def test_alt_gr_alone_swallows_no_key(on_platform: Open, platform: Platform) -> None:
    workspace = typing(on_platform(platform))
    keyboard = Keyboard(workspace.page, GERMAN, platform)
    for stroke in (ENTER, UP, Stroke("KeyA", "a", CONTROL, 65), keyboard.stroke("KeyX", "x")):
        keyboard.alt_gr("rawKeyDown")
        keyboard.alt_gr("keyUp")
        keyboard.press(stroke)
    assert lines_typed(workspace) == ["", "\x1b[A\x01x"]


def test_a_dead_key_swallows_no_other_key(on_platform: Open) -> None:
    workspace = typing(on_platform("Win32"))
    keyboard = Keyboard(workspace.page, FRENCH, "Win32")
    for stroke in (ENTER, UP):
        keyboard.press(Stroke("BracketLeft", "Dead", 0, 221))
        keyboard.press(stroke)
    keyboard.press(Stroke("BracketLeft", "Dead", 0, 221))
    keyboard.press(Stroke("Space", "^", 0, 32, "^", " "))
    assert lines_typed(workspace) == ["", "\x1b[A^"]


def test_a_dead_key_of_alt_gr_types_once(on_platform: Open) -> None:
    """Windows gives both characters when the next letter has no such accent."""
    workspace = typing(on_platform("Win32"))
    keyboard = Keyboard(workspace.page, SPANISH, "Win32")
    keyboard.alt_gr("rawKeyDown", CONTROL | ALT)
    keyboard.press(Stroke("Digit4", "Dead", CONTROL | ALT, 52))
    keyboard.alt_gr("keyUp")
    down, up = Stroke("KeyQ", "q", 0, 81).events()
    for event in (down, char("~"), char("q"), up):
        keyboard.send(event)
    keyboard.press(keyboard.stroke("KeyW", "w"))
    assert lines_typed(workspace) == ["~qw"]


@pytest.mark.parametrize("platform", ["Win32", "Linux x86_64"])
def test_control_and_alt_are_alt_gr_where_the_layout_types_with_them(
    on_platform: Open, platform: Platform
) -> None:
    """Also on Linux, where remote desktops and virtual machines send them so."""
    workspace = typing(on_platform(platform))
    keyboard = Keyboard(workspace.page, SWEDISH, platform)
    for code, character in SWEDISH.altgr.items():
        keyboard.press(keyboard.stroke(code, character, CONTROL | ALT))
    assert lines_typed(workspace) == ["".join(SWEDISH.altgr.values())]


def test_the_numeric_pad_types(on_platform: Open) -> None:
    workspace = typing(on_platform("Linux x86_64"))
    keyboard = Keyboard(workspace.page, GERMAN, "Linux x86_64")
    for code, key, number, text in (
        ("Numpad5", "5", 101, "5"),
        ("NumpadDecimal", ",", 110, ","),  # the German one
        ("Numpad7", "Unidentified", 103, "7"),  # Chromium 142
        ("NumpadAdd", "+", 107, "+"),
        ("NumpadEnter", "Enter", 13, "\r"),
        ("Numpad8", "ArrowUp", 38, ""),  # without NumLock
        ("NumpadEnter", "Unidentified", 13, "\r"),
    ):
        keyboard.press(Stroke(code, key, 0, number, text, text, location=3))
    assert lines_typed(workspace) == ["5,7+", "\x1b[A", ""]


def test_caps_lock_types_capitals_and_leaves_control_alone(on_platform: Open) -> None:
    workspace = typing(on_platform("Win32"))
    keyboard = Keyboard(workspace.page, GERMAN, "Win32")
    keyboard.press(keyboard.stroke("KeyA", "A"))
    keyboard.press(keyboard.stroke("Semicolon", "Ö"))
    keyboard.press(keyboard.stroke("KeyB", "b", SHIFT))
    keyboard.press(Stroke("KeyA", "A", CONTROL, 65))
    assert lines_typed(workspace) == ["AÖb\x01"]


def test_a_key_that_is_held_down_repeats(on_platform: Open) -> None:
    workspace = typing(on_platform("MacIntel"))
    keyboard = Keyboard(workspace.page, US, "MacIntel")
    for stroke in (keyboard.stroke("KeyA", "a"), keyboard.stroke("KeyL", "@", ALT)):
        down, up = stroke.events()
        for repeat in (False, True, True):
            keyboard.send(down | {"autoRepeat": repeat})
        keyboard.send(up)
    assert lines_typed(workspace) == ["aaa@@@"]


@pytest.mark.parametrize(
    ("composed", "committed"), [("にほん", "日本"), ("한", "한국"), ("´", "é")]
)
def test_what_an_input_method_composes_arrives_once(
    on_platform: Open, composed: str, committed: str
) -> None:
    workspace = typing(on_platform("Win32"))
    keyboard = Keyboard(workspace.page, US, "Win32")
    keyboard.press(keyboard.stroke("KeyX", "x"))
    down, up = Stroke("KeyN", "Process", 0, 229).events()
    keyboard.send(down)
    keyboard.compose(composed, committed)
    keyboard.send(up)
    keyboard.press(keyboard.stroke("KeyY", "y"))
    assert lines_typed(workspace) == [f"x{committed}y"]


def test_what_is_chosen_in_a_list_of_emoji_arrives(on_platform: Open) -> None:
    workspace = typing(on_platform("MacIntel"))
    workspace.page.keyboard.insert_text("🐍")
    assert lines_typed(workspace) == ["🐍"]


@pytest.mark.parametrize("platform", ["Win32", "Linux x86_64"])
def test_control_with_letters_and_signs_is_what_programs_know(
    on_platform: Open, platform: Platform
) -> None:
    workspace = typing(on_platform(platform))
    keyboard = Keyboard(workspace.page, RUSSIAN, platform)
    keyboard.press(Stroke("KeyF", "а", CONTROL, 70))
    keyboard.press(Stroke("KeyP", "з", CONTROL, 0))  # not every browser knows its code
    keyboard.press(Stroke("BracketRight", "]", CONTROL, 221))
    keyboard.press(Stroke("Digit6", "^", CONTROL | SHIFT, 54))
    keyboard.press(Stroke("Minus", "_", CONTROL | SHIFT, 189))
    keyboard.press(Stroke("Space", " ", CONTROL, 32))
    keyboard.press(Stroke("KeyB", "и", ALT, 66))
    keyboard.press(Stroke("Digit1", "&", ALT, 49))  # French
    assert lines_typed(workspace) == ["\x06\x10\x1d\x1e\x1f\x00\x1bb\x1b&"]


@pytest.fixture
def russian(on_platform: Open) -> tuple[Workspace, Keyboard]:
    workspace = on_platform("Linux x86_64")
    workspace.wait_for_everything()
    return workspace, Keyboard(workspace.page, RUSSIAN, "Linux x86_64")


def test_the_editor_undoes_and_finds_on_a_russian_keyboard(
    russian: tuple[Workspace, Keyboard],
) -> None:
    workspace, keyboard = russian
    says = "text => window.coderunner.getText() === text"
    workspace.write("")
    workspace.editor.locator(".view-line").first.click()
    for code in ("KeyA", "KeyS"):
        keyboard.press(keyboard.stroke(code, RUSSIAN.keys()[code][0]))
    workspace.wait_until(says, "фы")
    keyboard.press(Stroke("KeyZ", "я", CONTROL, 90))
    workspace.wait_until("text => window.coderunner.getText() !== text", "фы")
    keyboard.press(Stroke("KeyY", "н", CONTROL, 89))
    workspace.wait_until(says, "фы")
    keyboard.press(Stroke("KeyF", "а", CONTROL, 70))
    workspace.editor.locator(".find-widget.visible").wait_for()


def test_space_after_the_program_does_not_scroll_the_page(on_platform: Open) -> None:
    workspace = typing(on_platform("Win32"))
    lines_typed(workspace)
    keyboard = Keyboard(workspace.page, US, "Win32")
    keyboard.press(SPACE)
    assert workspace.page.evaluate("() => window.scrollY") == 0
