# size: one table of layouts, and what is asked of each
"""The page's shortcuts on every layout and platform: they do what the list of commands says."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from runner.protocol.messages import Outcome
from tests.e2e import surfaces
from tests.e2e.keyboards.layouts import (
    ARABIC,
    DVORAK,
    FRENCH,
    GERMAN,
    GREEK,
    HEBREW,
    HUNGARIAN,
    LAYOUTS,
    RUSSIAN,
    US,
    Layout,
)
from tests.e2e.keyboards.shortcuts import on_layout, press
from tests.e2e.keyboards.strokes import (
    ALT,
    CONTROL,
    META,
    ON_PLATFORM,
    PLATFORMS,
    SHIFT,
    Keyboard,
    Platform,
    Stroke,
)
from tests.e2e.workspace import Workspace
from tests.product import WebServer

PREVENTED = """() => window.addEventListener("keydown", (event) => {
    window.prevented = null;
    setTimeout(() => { window.prevented = event.defaultPrevented; });
}, { capture: true })"""
TEXT = "text => window.coderunner.getText() === text"
CODE = "a = 1"

Open = Callable[..., Workspace]


@pytest.fixture
def open_on(browser: Browser, site: WebServer, new_student: Callable[[], str]) -> Iterator[Open]:
    contexts = []

    def open_it(platform: Platform, layout: Layout | None = None) -> Workspace:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.add_init_script(ON_PLATFORM.format(platform=platform))
        context.add_init_script(f"({PREVENTED})()")
        if layout:
            context.add_init_script(on_layout(layout))
        workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
        workspace.wait_for_everything()
        return workspace

    yield open_it
    for context in contexts:
        context.close()


def edit(workspace: Workspace, text: str = CODE) -> None:
    workspace.write(text)
    workspace.editor.locator(".view-line").first.click()


def font_size(workspace: Workspace, pixels: int) -> None:
    expect(workspace.editor.locator(".view-line").first).to_have_css("font-size", f"{pixels}px")


def keys_of_text_size(platform: Platform) -> str:
    return "Alt" if platform == "Win32" else "Mod+Alt"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_shortcuts_work_on_every_layout(open_on: Open, platform: Platform) -> None:
    workspace = open_on(platform)
    for layout in LAYOUTS:
        try:
            use_shortcuts(workspace, layout, platform)
        except AssertionError as error:
            error.add_note(f"on a {layout.name} keyboard")
            raise
    assert workspace.complaints == []


def use_shortcuts(workspace: Workspace, layout: Layout, platform: Platform) -> None:
    page = workspace.page

    def do(keys: str) -> None:
        assert press(workspace.page, layout, platform, keys), f"no key for {keys}"

    edit(workspace)
    with page.expect_request("**/snippets/**"):
        do("Mod+S")
    sidebar = page.locator("#sidebar")
    for _ in range(2):
        shown = sidebar.is_visible()
        do("Mod+B")
        expect(sidebar).to_be_visible(visible=not shown)
    do("Mod+/")
    workspace.wait_until(TEXT, f"# {CODE}")
    do("Mod+/")
    workspace.wait_until(TEXT, CODE)
    do(f"{keys_of_text_size(platform)}++")
    font_size(workspace, 15)
    do(f"{keys_of_text_size(platform)}+-")
    font_size(workspace, 14)
    for keys, shown_text in {"Mod+,": "Theme", "Mod+Shift+F": "Find in all files"}.items():
        do(keys)
        expect(surfaces.dialog(workspace)).to_contain_text(shown_text)
        workspace.press("Escape")
        edit(workspace)
    workspace.start("input('wait')")
    workspace.wait_for("wait")
    edit(workspace)
    do("Mod+.")
    workspace.wait_for_end(Outcome.STOPPED)
    do("Mod+Alt+N" if platform == "MacIntel" else "Alt+N")
    expect(workspace.title).to_be_focused()


@pytest.mark.parametrize(
    ("platform", "stroke", "pixels"),
    [
        ("Linux x86_64", Stroke("Equal", "+", CONTROL | ALT | SHIFT, 187), 15),
        ("Linux x86_64", Stroke("Equal", "=", CONTROL | ALT, 187), 15),
        ("MacIntel", Stroke("Equal", "≠", META | ALT, 187), 15),
        ("MacIntel", Stroke("Minus", "–", META | ALT, 189), 13),  # noqa: RUF001
        ("Linux x86_64", Stroke("NumpadSubtract", "-", CONTROL | ALT, 109, location=3), 13),
    ],
)
def test_the_size_of_text_is_changed_by_place_or_character(
    open_on: Open, platform: Platform, stroke: Stroke, pixels: int
) -> None:
    workspace = open_on(platform)
    edit(workspace)
    Keyboard(workspace.page, US, platform).press(stroke)
    font_size(workspace, pixels)
    workspace.wait_until("() => window.prevented === true")


def test_option_types_in_the_terminal_and_in_the_editor(open_on: Open) -> None:
    workspace = open_on("MacIntel")
    keyboard = Keyboard(workspace.page, GERMAN, "MacIntel")
    workspace.start("print('got', repr(input('> ')))")
    workspace.wait_for(">")
    keyboard.press(keyboard.stroke("KeyN", "~", ALT))
    keyboard.press(keyboard.stroke("KeyP", "π", ALT))
    workspace.press("Enter")
    workspace.wait_for("got '~π'")
    edit(workspace, "")
    keyboard.press(keyboard.stroke("KeyN", "~", ALT))
    workspace.wait_until(TEXT, "~")
    workspace.title.click()
    workspace.press("End")
    keyboard.press(keyboard.stroke("KeyP", "π", ALT))
    expect(workspace.title).to_have_value(re.compile("π$"))
    edit(workspace)
    for _ in range(2):  # begins and ends Present mode
        keyboard.press(Stroke("KeyP", "π", ALT | META, 80))
        workspace.wait_until("() => window.prevented === true")
    keyboard.press(Stroke("KeyN", "Dead", ALT | META, 78))
    expect(workspace.title).to_be_focused()


def test_stop_needs_shift_on_a_french_keyboard(open_on: Open) -> None:
    workspace = open_on("Linux x86_64", FRENCH)
    workspace.start("input('wait')")
    workspace.wait_for("wait")
    edit(workspace)
    Keyboard(workspace.page, FRENCH, "Linux x86_64").press(
        Stroke("Comma", ".", CONTROL | SHIFT, 190)
    )
    workspace.wait_for_end(Outcome.STOPPED)


@pytest.mark.parametrize(
    ("layout", "outdent", "indent"),
    [
        (US, "Ctrl+[", "Ctrl+]"),
        (GERMAN, "Ctrl+Ü", None),  # its + makes the page larger
        (HUNGARIAN, "Ctrl+Ő", "Ctrl+Ú"),
        (FRENCH, "Ctrl+^", "Ctrl+$"),
        (RUSSIAN, "Ctrl+[", "Ctrl+]"),
        (GREEK, "Ctrl+[", "Ctrl+]"),
        (ARABIC, "Ctrl+[", "Ctrl+]"),
        (HEBREW, "Ctrl+[", "Ctrl+]"),
        (DVORAK, "Ctrl+[", "Ctrl+]"),
    ],
    ids=lambda value: value.name if isinstance(value, Layout) else None,
)
def test_the_list_names_keys_that_the_keyboard_has(
    open_on: Open, layout: Layout, outdent: str, indent: str | None
) -> None:
    workspace = open_on("Win32", layout)
    workspace.press("F1")
    row = workspace.page.locator("#palette-list [data-id=outdent] kbd")
    expect(row).to_have_text(outdent)
    row = workspace.page.locator("#palette-list [data-id=indent] kbd")
    expect(row).to_have_text(indent) if indent else expect(row).to_have_count(0)
    workspace.press("Escape")
    edit(workspace, "    " + CODE)
    assert press(workspace.page, layout, "Win32", "Mod+[")
    workspace.wait_until(TEXT, CODE)
    if indent:
        assert press(workspace.page, layout, "Win32", "Mod+]")
        workspace.wait_until(TEXT, "    " + CODE)


def test_a_layout_is_learnt_from_what_is_typed(open_on: Open) -> None:
    """Firefox and Safari do not tell it."""
    workspace = open_on("Win32")
    outdent = workspace.page.locator("#palette-list [data-id=outdent] kbd")
    edit(workspace)
    keyboard = Keyboard(workspace.page, GERMAN, "Win32")
    keyboard.press(keyboard.stroke("BracketLeft", "ü"))
    workspace.press("F1")
    expect(outdent).to_have_text("Ctrl+Ü")


def test_a_key_that_types_another_latin_letter_is_left_alone(open_on: Open) -> None:
    """Where a US keyboard has B, a Dvorak one has X, and O where that one has S."""
    workspace = open_on("Linux x86_64")
    edit(workspace)
    keyboard = Keyboard(workspace.page, DVORAK, "Linux x86_64")
    keyboard.press(keyboard.stroke("KeyS", "o", CONTROL, text=""))  # opens a file
    workspace.wait_until("() => window.prevented === false")
    keyboard.press(keyboard.stroke("KeyB", "x", CONTROL, text=""))  # cuts
    workspace.wait_until(TEXT, "")
    expect(workspace.page.locator("#sidebar")).to_be_visible()


def test_windows_names_no_keys_that_are_alt_gr(open_on: Open) -> None:
    workspace = open_on("Win32", GERMAN)
    workspace.press("F1")
    larger = workspace.page.locator("#palette-list [data-id=larger] kbd")
    expect(larger).to_have_text("Alt++")
    workspace.press("Escape")
    edit(workspace, "")
    keyboard = Keyboard(workspace.page, GERMAN, "Win32")
    keyboard.press(keyboard.stroke("BracketRight", "~", CONTROL | ALT))
    workspace.wait_until("() => window.prevented === false")
    font_size(workspace, 14)
    keyboard.press(keyboard.stroke("BracketRight", "+", ALT, text=""))
    font_size(workspace, 15)
