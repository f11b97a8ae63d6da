"""What code help shows, in Monaco and in CodeMirror: the same questions, asked by the same keys."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.workspace import Workspace

# A package that is installed, as its stubs tell the page.
STUBS = {
    "measures/__init__.pyi": '''
from .units import Length as Length
def convert(value: float, unit: str = "m") -> Length:
    """Converts a **value** to a length."""
''',
    "measures/units.pyi": '''
class Length:
    """A length in metres."""
    metres: float
    def in_feet(self) -> float: ...
''',
}
VERSION = "0123456789ab"
LOADED_SECONDS = 60


def serve_stubs(page: Page) -> None:
    def answer(route: Route) -> None:
        index = route.request.url.endswith("/stubs/")
        body = {"packages": {"measures": VERSION}} if index else {"files": STUBS}
        route.fulfill(body=json.dumps(body), content_type="application/json")

    page.route("**/languages/stubs/**", answer)


@dataclass
class CodeEditor:
    """One of the two editors, with code help that is loaded."""

    workspace: Workspace
    name: str  # "monaco" or "codemirror"

    @classmethod
    def of(cls, workspace: Workspace, name: str) -> Self:
        page = workspace.page
        serve_stubs(page)
        workspace.wait_for_everything()
        if name == "codemirror":
            workspace.press("Control+,")
            page.get_by_label("Input").select_option("touch")
            workspace.press("Escape")
            expect(workspace.editor.locator(".cm-content")).to_be_visible(timeout=20_000)
        made = cls(workspace, name)
        made.write("import math\nmath.sqr", "")
        made.suggestions()
        workspace.wait_until(
            "() => document.querySelector('[data-testid=editor]').dataset.codeHelp === 'ready'",
            seconds=LOADED_SECONDS,
        )
        made.close()
        return made

    @property
    def page(self) -> Page:
        return self.workspace.page

    def write(self, before: str, after: str = "") -> None:
        """With the cursor between both."""
        self.workspace.write(before + after)
        self.focus()
        self.page.keyboard.press("Control+End")
        for _ in after:
            self.page.keyboard.press("ArrowLeft")

    def focus(self) -> None:
        line = ".view-line" if self.name == "monaco" else ".cm-line"
        self.workspace.editor.locator(line).first.click()

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    def close(self) -> None:
        self.press("Escape")

    @property
    def suggested(self) -> Locator:
        if self.name == "monaco":
            return self.page.locator(".suggest-widget.visible")
        return self.page.locator(".cm-tooltip-autocomplete")

    def suggestions(self) -> list[str]:
        """The names in the list that Ctrl+Space opens, as far as it shows them."""
        self.press("Control+Space")
        names = ".label-name" if self.name == "monaco" else ".cm-completionLabel"
        shown = self.suggested.locator(names)
        expect(shown.first).to_be_visible()
        return [name.strip() for name in shown.all_inner_texts()]

    def description(self) -> str:
        """What is said of the name at the cursor."""
        self.press("Alt+i")
        monaco = ".monaco-hover:not(.hidden)"
        widget = monaco if self.name == "monaco" else ".code-help"
        shown = self.page.locator(widget).first
        expect(shown).to_be_visible()
        return plain(shown.inner_text())

    def signature(self) -> str:
        self.press("Control+Shift+Space")
        widget = (
            ".parameter-hints-widget.visible .signature"
            if self.name == "monaco"
            else ".code-help pre"
        )
        shown = self.page.locator(widget).first
        expect(shown).to_be_visible()
        return plain(shown.inner_text())

    def text(self) -> str:
        return self.workspace.text()

    def add_file(self, name: str, text: str) -> None:
        self.page.locator("#upload").set_input_files(
            {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
        )
        expect(self.page.get_by_role("tab", name=name)).to_be_visible()

    def show(self, name: str) -> None:
        tab = self.page.get_by_role("tab", name=name)
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")

    def shown_file(self) -> str:
        return self.page.locator("[role=tab][aria-selected=true]").inner_text().strip()


def plain(text: str) -> str:
    """Editors put lines and spaces as they like."""
    return " ".join(text.replace("\u00a0", " ").split())


def lines(*texts: str) -> str:
    return "\n".join(texts)


def split(code: str) -> Iterator[str]:
    """At the cursor, which is written as |."""
    yield from code.split("|")
