"""What the tests need of a browser that is not Chromium. Both are driven by WebDriver's actions."""

import json
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

KEYS = {
    "Control": "\ue009", "Shift": "\ue008", "Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004",
    "F1": "\ue031", "F6": "\ue036", "Home": "\ue011", "End": "\ue010", "Down": "\ue015",
    "Space": " ", "Backspace": "\ue003",
}  # fmt: skip
WAIT_SECONDS = 30.0
PLACE = """
const element = document.querySelector(args[0]);
if (!element || !element.getClientRects().length) return null;
element.scrollIntoView({ block: "nearest" });
const { x, y, width, height } = element.getBoundingClientRect();
return [Math.round(x + width / 2), Math.round(y + height / 2)];
"""


class Engine(ABC):
    name: str

    @abstractmethod
    def go(self, url: str) -> None:
        """Returns when the page has loaded."""

    @abstractmethod
    def run(self, body: str, *args: Any) -> Any:
        """What an async function with this body returns; it knows `args`."""

    @abstractmethod
    def act(self, *sources: dict[str, Any]) -> None:
        """WebDriver's actions: https://www.w3.org/TR/webdriver2/#actions."""

    @abstractmethod
    def picture(self, path: Path) -> None: ...

    @abstractmethod
    def close(self) -> None: ...

    # --- What a person does --------------------------------------------------------------------
    def wait(self, body: str, *args: Any, seconds: float = WAIT_SECONDS) -> Any:
        """Until the function returns something."""
        deadline = time.monotonic() + seconds
        while not (found := self.run(body, *args)):
            if time.monotonic() > deadline:
                raise AssertionError(f"{self.name}: not within {seconds} s: {body} {args}")
            time.sleep(0.05)
        return found

    def press(self, *keys: str) -> None:
        """All at once, such as `press("Control", "a")`."""
        codes = [KEYS.get(key, key) for key in keys]
        down = [{"type": "keyDown", "value": code} for code in codes]
        up = [{"type": "keyUp", "value": code} for code in reversed(codes)]
        self.act({"type": "key", "id": "keyboard", "actions": [*down, *up]})

    def type(self, text: str) -> None:
        """Where the focus is; a line feed is Enter."""
        for character in text:
            self.press("Enter" if character == "\n" else character)

    def click(self, selector: str, times: int = 1, button: int = 0) -> None:
        x, y = self.wait(PLACE, selector)
        press = [
            {"type": "pointerDown", "button": button},
            {"type": "pointerUp", "button": button},
        ]
        move = {"type": "pointerMove", "x": x, "y": y}
        self.act({"type": "pointer", "id": "mouse", "actions": [move, *press * times]})

    def fill(self, selector: str, text: str) -> None:
        self.click(selector)
        self.type(text)

    def shows(self, selector: str) -> None:
        """Until there is such an element, and it can be seen."""
        self.wait(PLACE, selector)


def called(body: str, args: tuple[Any, ...]) -> str:
    """An expression: a promise of what the function returns, as JSON."""
    return (
        f"(async (...args) => {{ {body} }})(...{json.dumps(args)})"
        ".then((value) => JSON.stringify(value ?? null))"
    )
