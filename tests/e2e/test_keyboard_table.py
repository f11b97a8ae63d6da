"""Every key of the world's keyboards, on every platform: what it types arrives, in the terminal and
in a field of the page, and no shortcut takes it."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from runner.protocol.messages import Outcome
from tests.e2e.keyboards.layouts import GERMAN, LAYOUTS, US, Layout
from tests.e2e.keyboards.strokes import (
    ALT,
    CONTROL,
    ON_PLATFORM,
    PLATFORMS,
    Keyboard,
    Platform,
)
from tests.e2e.workspace import Workspace
from tests.product import WebServer

# Reads keys as they come, until Ctrl+D; then prints its lines.
RAW = """
import json, os, sys, termios, tty
before = termios.tcgetattr(0)
tty.setraw(0)
print("ready", end="", flush=True)
keys = b""
while not keys.endswith(b"\\x04"):
    keys += os.read(0, 4096)
termios.tcsetattr(0, termios.TCSADRAIN, before)
print("\\n<", json.dumps(keys[:-1].decode(errors="backslashreplace").split("\\r")), ">", sep="")
"""

Open = Callable[[Platform], Workspace]


@pytest.fixture
def on_platform(
    browser: Browser, site: WebServer, new_student: Callable[[], str]
) -> Iterator[Open]:
    """A workspace in a browser that says it is on a platform."""
    contexts = []

    def open_it(platform: Platform) -> Workspace:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(15_000)
        context.add_init_script(ON_PLATFORM.format(platform=platform))
        contexts.append(context)
        return Workspace.open(context, site.url, site.sign_in(new_student()))

    yield open_it
    for context in contexts:
        context.close()


def lines_typed(workspace: Workspace) -> list[str]:
    """What the program got, line by line."""
    workspace.press("Control+d")
    workspace.wait_for_end(Outcome.COMPLETED)
    shown = workspace.shown()
    lines = shown[shown.index("\n<") + 2 : shown.rindex(">")]
    return [str(line) for line in json.loads(lines.replace("\n", ""))]


def first_difference(got: str, wanted: str) -> str:
    same = next(
        (at for at, pair in enumerate(zip(got, wanted, strict=False)) if pair[0] != pair[1]),
        min(len(got), len(wanted)),
    )
    before, missing = wanted[max(0, same - 8) : same], wanted[same : same + 8]
    return f"after {before!a}: {missing!a} was typed as {got[same : same + 8]!a}"


def differences(got: list[str], wanted: dict[str, str]) -> list[str]:
    rows = zip(wanted.items(), got, strict=True)
    return [
        f"{name}: {first_difference(line, text)}" for (name, text), line in rows if line != text
    ]


def type_all(workspace: Workspace, layouts: list[Layout], platform: Platform) -> dict[str, str]:
    wanted = {}
    for layout in layouts:
        keyboard = Keyboard(workspace.page, layout, platform)
        wanted[layout.name] = keyboard.type_all(CONTROL | ALT, 0)
        workspace.press("Enter")
    return wanted | {"": ""}  # after the last Enter


@pytest.mark.parametrize("platform", ["Win32", "MacIntel"])
def test_a_program_gets_what_a_german_keyboard_types(on_platform: Open, platform: Platform) -> None:
    workspace = on_platform(platform)
    workspace.start(RAW)
    workspace.wait_for("ready")
    wanted = type_all(workspace, [GERMAN], platform)
    assert differences(lines_typed(workspace), wanted) == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_program_gets_what_the_keys_of_every_layout_type(
    on_platform: Open, platform: Platform
) -> None:
    workspace = on_platform(platform)
    workspace.wait_for_everything()
    workspace.start(RAW)
    workspace.wait_for("ready")
    wanted = type_all(workspace, LAYOUTS, platform)
    assert differences(lines_typed(workspace), wanted) == []
    assert workspace.complaints == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_no_shortcut_takes_a_character_that_a_layout_types(
    on_platform: Open, platform: Platform
) -> None:
    workspace = on_platform(platform)
    workspace.wait_for_everything()
    workspace.start("print('kept'); input()")
    workspace.wait_for("kept")
    field = workspace.title
    field.evaluate("field => { field.maxLength = 10_000 }")
    missing = []
    for layout in LAYOUTS:
        field.fill("")
        field.focus()
        wanted = Keyboard(workspace.page, layout, platform).type_all()
        got = field.input_value()
        if got != wanted:
            missing.append(f"{layout.name}: {first_difference(got, wanted)}")
    assert missing == []
    workspace.wait_for_state("running")  # nothing has stopped it


def test_option_is_meta_for_who_wants_it(on_platform: Open) -> None:
    workspace = on_platform("MacIntel")
    page = workspace.page
    workspace.press("Meta+,")
    with page.expect_response("**/preferences/"):
        page.get_by_label("Option key").check()
    workspace.press("Escape")
    workspace.reload()
    workspace.start(RAW)
    workspace.wait_for("ready")
    keyboard = Keyboard(page, US, "MacIntel")
    keyboard.press(keyboard.stroke("KeyF", "ƒ", 1))
    keyboard.press(keyboard.stroke("KeyB", "∫", 1))
    assert lines_typed(workspace) == ["\x1bf\x1bb"]


def test_other_platforms_have_no_option_key(on_platform: Open) -> None:
    workspace = on_platform("Win32")
    workspace.press("Control+,")
    dialog = workspace.page.get_by_role("dialog")
    dialog.get_by_label("Copy on select").wait_for()
    assert dialog.get_by_label("Option key").count() == 0
