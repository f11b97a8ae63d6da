"""Presses keys of a layout as a keyboard does, by events of the browser (CDP).

Playwright's own keyboard is a US one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import CDPSession, Page

from tests.e2e.keyboards.layouts import DEAD, NOTHING, Layout

Platform = Literal["Win32", "MacIntel", "Linux x86_64"]
PLATFORMS: tuple[Platform, ...] = ("Win32", "MacIntel", "Linux x86_64")
ON_PLATFORM = "Object.defineProperty(navigator, 'platform', {{ get: () => '{platform}' }});"
ALT, CONTROL, META, SHIFT = 1, 2, 4, 8
MODIFIERS = {
    "Alt": (ALT, "AltLeft", 18),
    "Control": (CONTROL, "ControlLeft", 17),
    "Meta": (META, "MetaLeft", 91),
    "Shift": (SHIFT, "ShiftLeft", 16),
}
NAMED = {
    "Enter": 13, "Tab": 9, "Escape": 27, "Backspace": 8, "ArrowUp": 38, "ArrowDown": 40,
    "Insert": 45, "Delete": 46, "PageDown": 34, "PageUp": 33, "Home": 36, "End": 35, "F1": 112,
}  # fmt: skip
# Codes of Windows for keys: those of signs belong to places, and others of them to characters.
PLACES = {
    "Backquote": 192, "Minus": 189, "Equal": 187, "BracketLeft": 219, "BracketRight": 221,
    "Semicolon": 186, "Quote": 222, "Backslash": 220, "IntlBackslash": 226, "Comma": 188,
    "Period": 190, "Slash": 191, "IntlYen": 220, "IntlRo": 226, "Space": 32,
}  # fmt: skip
CHARACTERS = {"+": 187, ",": 188, "-": 189, ".": 190}
GERMAN_CODES = {"ü": 186, "#": 191, "ö": 192, "ß": 219, "ä": 222}
COMPOSED = "ê"  # of a dead key and the next letter, whichever accent it is


@dataclass(frozen=True)
class Stroke:
    """One key, pressed and released, with what the layout types; and the modifiers."""

    code: str
    key: str
    modifiers: int = 0
    key_code: int = 0
    text: str = ""
    unmodified: str = ""
    repeat: bool = False
    location: int = 0

    def events(self) -> Iterator[dict[str, Any]]:
        named = {"code": self.code, "key": self.key, "modifiers": self.modifiers}
        named |= {"windowsVirtualKeyCode": self.key_code, "location": self.location}
        typed = {"text": self.text, "unmodifiedText": self.unmodified}
        if len(self.text) == 1:
            yield named | typed | {"type": "keyDown", "autoRepeat": self.repeat}
        else:
            yield named | {"type": "rawKeyDown", "autoRepeat": self.repeat}
            for character in self.text:  # Windows gives them one by one
                yield char(character)
        yield named | {"type": "keyUp"}


def char(text: str) -> dict[str, Any]:
    """What the system types, without a key."""
    return {"type": "char", "text": text, "unmodifiedText": text}


class Keyboard:
    """Of one layout, at a page that believes to be on a platform."""

    def __init__(self, page: Page, layout: Layout, platform: Platform) -> None:
        self.layout, self.platform = layout, platform
        self._page = page
        self._session: CDPSession = page.context.new_cdp_session(page)

    def press(self, stroke: Stroke) -> None:
        for event in stroke.events():
            self.send(event)

    def send(self, event: dict[str, Any]) -> None:
        self._session.send("Input.dispatchKeyEvent", event)

    def hold(self, name: str, modifiers: int) -> None:
        _, code, number = MODIFIERS[name]
        self.send(self._modifier("rawKeyDown", name, code, number, modifiers))

    def release(self, name: str, modifiers: int = 0) -> None:
        _, code, number = MODIFIERS[name]
        self.send(self._modifier("keyUp", name, code, number, modifiers))

    def alt_gr(self, kind: str, modifiers: int = 0) -> None:
        self.send(self._modifier(kind, "AltGraph", "AltRight", 18, modifiers))

    def _modifier(
        self, kind: str, name: str, code: str, number: int, modifiers: int
    ) -> dict[str, Any]:
        named = {"key": name, "code": code, "windowsVirtualKeyCode": number}
        return named | {"type": kind, "modifiers": modifiers}

    def compose(self, text: str, committed: str) -> None:
        """As input methods do, and dead keys on a Mac."""
        self._session.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
        self._session.send("Input.insertText", {"text": committed})
        # xterm.js looks at what was composed in the next turn. People type slower than that.
        self._page.evaluate("() => new Promise((done) => setTimeout(() => setTimeout(done)))")

    # --- All keys ----------------------------------------------------------------------------
    def type_all(self, *ways: int) -> str:
        """Presses every key alone, with Shift, and with what types other characters. What the
        layout types thereby. `ways`: the modifiers that are reported for AltGr."""
        typed = "".join(self._type(code, row[0]) for code, row in self.layout.keys().items())
        self.hold("Shift", SHIFT)
        for code, row in self.layout.keys().items():
            typed += self._type(code, row[1], SHIFT)
        self.release("Shift")
        if self.platform == "MacIntel":
            return typed + self._type_option()
        return typed + "".join(self._type_altgr(way) for way in ways or (0,))

    def _type(self, code: str, character: str, modifiers: int = 0) -> str:
        if character == NOTHING:
            return ""
        if character == DEAD:
            return self._type_dead(code, modifiers)
        self.press(self.stroke(code, character, modifiers))
        return character

    def _type_dead(self, code: str, modifiers: int) -> str:
        if self.platform == "MacIntel":
            self.press(Stroke(code, "Dead", modifiers, 229))
            self.compose("^", COMPOSED)
        else:
            self.press(Stroke(code, "Dead", modifiers, self.code_of(code)))
            letter = Stroke("KeyE", COMPOSED, 0, 69, COMPOSED, "e")
            self.press(letter)
        return COMPOSED

    def _type_altgr(self, modifiers: int) -> str:
        """Windows reports AltGr as Control and Alt to some browsers, and to others as AltGraph."""
        typed = ""
        if self.platform == "Win32":
            self.hold("Control", CONTROL)
        self.alt_gr("rawKeyDown", modifiers)
        for code, character in self.layout.altgr.items():
            self.press(self.stroke(code, character, modifiers))
            typed += character
        self.alt_gr("keyUp")
        if self.platform == "Win32":
            self.release("Control")
        return typed

    def _type_option(self) -> str:
        typed = ""
        self.hold("Alt", ALT)
        for name, character in self.layout.option.items():
            code = name.removeprefix("Shift+")
            modifiers = ALT | (SHIFT if code != name else 0)
            self.press(self.stroke(code, character, modifiers))
            typed += character
        self.release("Alt")
        return typed

    # --- Strokes -----------------------------------------------------------------------------
    def stroke(
        self, code: str, character: str, modifiers: int = 0, text: str | None = None
    ) -> Stroke:
        """A key that types; with Control or ⌘, it types nothing."""
        shown = character if text is None else text
        alone = self.layout.keys()[code][0]
        key = character if len(character) == 1 else "Unidentified"
        return Stroke(code, key, modifiers, self.code_of(code), shown, alone)

    def shortcut(self, character: str, modifiers: int) -> Stroke | None:
        """A character with Control, Alt or ⌘: pressed where the layout types it, or else where a US
        keyboard does; None if that needs AltGr."""
        place = self.layout.code_of(character.lower())
        if place is None:
            return None
        code, shifted = place
        return self.stroke(code, character.lower(), modifiers | SHIFT * shifted, text="")

    def code_of(self, code: str) -> int:
        """As browsers tell it: of the Latin character that the key types, or else of its place."""
        alone = self.layout.keys().get(code, ("", ""))[0]
        if len(alone) == 1 and alone.isascii() and alone.isalpha():
            return ord(alone.upper())
        if alone in CHARACTERS:
            return CHARACTERS[alone]
        if self.layout.name == "German" and alone in GERMAN_CODES:
            return GERMAN_CODES[alone]
        if code.startswith(("Key", "Digit")):
            return ord(code[-1])
        return PLACES[code]
