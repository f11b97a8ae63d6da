"""Shortcuts, as somebody presses them who reads their names and finds the keys."""

import json
import re

from playwright.sync_api import Page

from tests.e2e.keyboards.layouts import DEAD, US, Layout
from tests.e2e.keyboards.strokes import ALT, CONTROL, META, SHIFT, Keyboard, Platform, Stroke

# As Chromium tells the layout over HTTPS: what each key types alone.
TELL = """keys => Object.defineProperty(navigator, "keyboard", {
    value: { getLayoutMap: () => Promise.resolve(new Map(Object.entries(keys))) },
    configurable: true,
})"""


def on_layout(layout: Layout) -> str:
    """A script that lets a page know the layout."""
    keys = {code: row[0] for code, row in layout.keys().items() if len(row[0]) == 1}
    told = json.dumps({code: "^" if key == DEAD else key for code, key in keys.items()})
    return f"({TELL})({told})"


def mod(platform: Platform) -> int:
    return META if platform == "MacIntel" else CONTROL


def press(page: Page, layout: Layout, platform: Platform, keys: str) -> bool:
    """As somebody does who reads `Mod+/`, and finds the key; false if no key gives it."""
    *held, character = re.split(r"\+(?=.)", keys)
    names = {"Mod": mod(platform), "Alt": ALT, "Shift": SHIFT, "Control": CONTROL}
    modifiers = sum(names[name] for name in held)
    keyboard = Keyboard(page, layout, platform)
    stroke = keyboard.shortcut(character, modifiers) or at_us_place(keyboard, character, modifiers)
    if stroke is None:
        return False
    keyboard.press(stroke)
    return True


def at_us_place(keyboard: Keyboard, character: str, modifiers: int) -> Stroke | None:
    place = US.code_of(character.lower())
    assert place
    code, _ = place
    alone = keyboard.layout.keys()[code][0]
    if alone == DEAD:
        return Stroke(code, "Dead", modifiers, keyboard.code_of(code))
    if alone.isascii() and (alone.isalnum() or alone in "+-="):
        return None
    return keyboard.stroke(code, alone, modifiers, text="")
