"""Files of every language in both editors: colours, comments, indentation, folding."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, expect

from runner.languages import LANGUAGES, Language
from tests.e2e.workspace import Workspace
from tests.product import WebServer

PROGRAMS = {name: language for name, language in LANGUAGES.items() if not language.console}
# The colours of the characters of the shown file, and the lowest contrast of one.
COLOURS = """(editor) => {
    const numbers = (colour) => colour.match(/[0-9.]+/g).map(Number);
    const light = (colour) => {
        const [r, g, b] = numbers(colour).slice(0, 3).map((part) => {
            const one = part / 255;
            return one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const holder = editor.querySelector(".monaco-editor-background, .cm-editor");
    const behind = light(getComputedStyle(holder).backgroundColor);
    const found = {};
    for (const line of editor.querySelectorAll(".view-line, .cm-line")) {
        const words = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        while (words.nextNode()) {
            const text = words.currentNode.data.trim();
            if (!text || words.currentNode.parentElement.closest(".error-message")) continue;
            const colour = getComputedStyle(words.currentNode.parentElement).color;
            const [a, b] = [light(colour), behind].sort((x, y) => y - x);
            found[colour] = Math.min(found[colour] ?? 99, (a + 0.05) / (b + 0.05));
        }
    }
    return found;
}"""
COLOURED = f"""() =>
    Object.keys(({COLOURS})(document.querySelector("[data-testid=editor]"))).length > 2"""
EMPTY = """() => window.coderunner.getText() === ""
    && document.querySelectorAll("#tabs [role=tab]").length === 1"""
BLOCKS = {  # what a line is, and how deep the next one is after Enter
    "python": ("if x:", "    "),
    "ruby": ("if x", "    "),
    "lua": ("if x then", "    "),
    "bash": ("if x; then", "    "),
    "pascal": ("begin", "    "),
    "haskell": ("main = do", "    "),
    "sqlite": ("SELECT (", "    "),
    "go": ("if x {", "\t"),
}


class Files:
    """An editor that is given files."""

    def __init__(self, workspace: Workspace, line: str) -> None:
        self.workspace = workspace
        self.page = workspace.page
        self._line = line

    @property
    def lines(self) -> Locator:
        return self.workspace.editor.locator(self._line)

    def open(self, name: str, text: str) -> None:
        payload: FilePayload = {
            "name": name, "mimeType": "text/plain", "buffer": text.encode(),
        }  # fmt: skip
        self.page.locator("#upload").set_input_files(payload)
        shown = self.page.locator('#tabs [role=tab][aria-selected="true"]')
        expect(shown).to_contain_text(name.partition(".")[0])
        expect(self.lines.first).to_be_visible()

    def know(self, language: Language) -> None:
        """Until the editor has what it loads for that language, with its first file."""
        self.open(named(language), language.example)
        self.workspace.wait_until(COLOURED)

    def text(self) -> str:
        return self.workspace.text()

    def at_end(self) -> None:
        self.lines.first.click()
        self.workspace.press("Control+End")

    def close(self) -> None:
        """All files but one, that the next test has room."""
        self.page.reload()


@pytest.fixture(scope="module")
def desktop(browser: Browser, site: WebServer, new_student: Callable[[], str]) -> Iterator[Files]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield _opened(context, site, new_student(), ".view-line")
    context.close()


@pytest.fixture(scope="module")
def phone(browser: Browser, site: WebServer, new_student: Callable[[], str]) -> Iterator[Files]:
    context = browser.new_context(
        viewport={"width": 412, "height": 915}, has_touch=True, is_mobile=True
    )
    yield _opened(context, site, new_student(), ".cm-line")
    context.close()


def _opened(context: BrowserContext, site: WebServer, student: str, line: str) -> Files:
    context.set_default_timeout(30_000)
    workspace = Workspace.open(context, site.url, site.sign_in(student))
    expect(workspace.editor.locator(line).first).to_be_visible(timeout=60_000)
    return Files(workspace, line)


@pytest.fixture(params=["desktop", "phone"])
def files(request: pytest.FixtureRequest) -> Iterator[Files]:
    found: Files = request.getfixturevalue(request.param)
    found.page.keyboard.press("Alt+n")
    found.workspace.wait_until(EMPTY)
    yield found
    complaints, found.workspace.complaints = found.workspace.complaints, []
    assert complaints == []


def named(language: Language, stem: str = "more") -> str:
    return f"{stem}.{language.extensions[0]}"


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_example_is_coloured(name: str, files: Files) -> None:
    """By three colours at least, all of which can be read."""
    files.know(PROGRAMS[name])
    found: dict[str, float] = files.workspace.editor.evaluate(COLOURS)
    faint = {colour: contrast for colour, contrast in found.items() if contrast < 4.5}
    assert faint == {}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_line_becomes_a_comment_and_code_again(name: str, files: Files) -> None:
    language = PROGRAMS[name]
    files.know(language)
    files.open(named(language, "one"), "abc")
    files.at_end()
    files.workspace.press("Control+/")
    expect(files.lines.first).to_have_text(
        re.compile(r"^\s*(#|//|--|\(\*|\{|<!--|/\*|;;?|%)\s?abc")
    )
    files.workspace.press("Control+/")
    expect(files.lines.first).to_have_text("abc")


@pytest.mark.parametrize("name", PROGRAMS)
def test_enter_opens_a_block_as_the_language_does(name: str, files: Files) -> None:
    language = PROGRAMS[name]
    line, deeper = BLOCKS.get(name, ("if (x) {", "    "))
    files.know(language)
    files.open(named(language, "one"), line)
    files.at_end()
    files.workspace.press("Enter")
    files.page.keyboard.type("abc")
    assert files.text().split("\n")[1] == f"{deeper}abc"


@pytest.mark.parametrize("name", PROGRAMS)
def test_brackets_are_closed_and_words_suggested(name: str, files: Files) -> None:
    files.know(PROGRAMS[name])
    files.open(named(PROGRAMS[name], "one"), "wombatWord\n")
    files.at_end()
    files.page.keyboard.type("f(")
    assert files.text() == "wombatWord\nf()"
    files.page.keyboard.type("womb")
    files.workspace.press("Control+Space")
    suggestion = files.page.locator(
        ".suggest-widget .monaco-list-row, .cm-tooltip-autocomplete li"
    ).first
    expect(suggestion).to_contain_text("wombatWord")
    # CodeMirror takes no key for a list that has been there for less than 75 ms.
    files.page.evaluate("() => new Promise((done) => { setTimeout(done, 100); })")
    files.workspace.press("Enter")
    assert files.text() == "wombatWord\nf(wombatWord)"


@pytest.mark.parametrize("name", PROGRAMS)
def test_blocks_are_folded(name: str, files: Files) -> None:
    line, deeper = BLOCKS.get(name, ("if (x) {", "    "))
    end = {"{": "}", "(": ");"}.get(line[-1], "y")
    begin = "<?php " if name == "php" else ""  # outside of this is text
    files.open(named(PROGRAMS[name]), f"{begin}{line}\n{deeper}abc\n{deeper}ghi\n{end}\nlast\n")
    files.lines.first.click()
    files.workspace.press("F1")
    files.page.keyboard.type("Fold all")
    files.workspace.press("Enter")
    expect(files.workspace.editor.get_by_text("ghi", exact=True)).to_be_hidden()
    expect(files.lines.filter(has_text="last")).to_be_visible()


def test_files_beside_a_program_have_colours_of_their_own(files: Files) -> None:
    files.open("data.json", '{"name": "Ada", "age": 36, "null": null}')
    files.workspace.wait_until(
        f"() => Object.keys(({COLOURS})(document.querySelector('[data-testid=editor]'))).length > 2"
    )
    files.open("Makefile", "all:")
    files.at_end()
    files.workspace.press("Enter")
    files.workspace.press("Tab")
    files.page.keyboard.type("cc")
    assert files.text() == "all:\n\tcc"
