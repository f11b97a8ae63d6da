"""The terminal, the replay and line editing agree on what a character is and how wide it is."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from runner.characters import characters
from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace
from tests.product import WebServer
from tests.runner.characters import examples

FAMILY = examples.KNOWN["family"]
# Measures each text by the cursor's position after it.
MEASURE = """
import os, re, sys, termios, tty
before = termios.tcgetattr(0)
tty.setcbreak(0)
different = []
for text, columns in TEXTS:
    os.write(1, b"\\r\\x1b[K" + text.encode() + b"\\x1b[6n")
    answer = b""
    while not answer.endswith(b"R"):
        answer += os.read(0, 100)
    found = int(re.search(rb";(\\d+)R", answer)[1]) - 1
    if found != columns:
        different.append((ascii(text), columns, found))
termios.tcsetattr(0, termios.TCSADRAIN, before)
print("\\r\\x1b[Kmeasured", len(TEXTS), "different", different)
"""
TABLE = ("--", "\U0001f40d", "\u2764\ufe0f", FAMILY, "时", "e\u0301-", "\U0001f1e9\U0001f1ea",
         "1\ufe0f\u20e3", "\U0001f44d\U0001f3fd", "\u1112\u1161\u11ab", "╔╗")  # fmt: skip
# Where the last border of each row of the table is, in pixels.
BORDERS = """element => [...element.querySelectorAll(".xterm-rows > div")].flatMap(row => {
    if (!row.textContent.startsWith("|")) return [];
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    let last = null;
    while (walker.nextNode()) {
        const at = walker.currentNode.data.lastIndexOf("|");
        if (at >= 0) last = [walker.currentNode, at];
    }
    const range = document.createRange();
    range.setStart(last[0], last[1]);
    range.setEnd(last[0], last[1] + 1);
    return [Math.round(range.getBoundingClientRect().left)];
})"""


def test_the_terminal_has_the_widths_that_transcripts_have(workspace: Workspace) -> None:
    texts = [(text, sum(width for _, width in characters(text))) for text in examples.texts(250)]
    workspace.start(f"TEXTS = {texts!r}\n{MEASURE}")
    workspace.wait_for(f"measured {len(texts)} different []", seconds=60)


def borders(page: Page, where: str) -> list[int]:
    found = page.locator(where).first.evaluate(BORDERS)
    assert len(found) == len(TABLE), found
    return [int(one) for one in found]


def test_borders_of_a_table_are_below_each_other_also_in_the_replay(
    workspace: Workspace, context: BrowserContext, site: WebServer
) -> None:
    workspace.start(f"for text in {TABLE!r}: print('|' + text + '|')")
    workspace.wait_for_end(Outcome.COMPLETED)
    shown = borders(workspace.page, ".terminal .xterm")
    assert max(shown) - min(shown) <= 1, shown  # rounded
    page = context.new_page()
    page.goto(f"{site.url}/runs/")
    page.locator("table a").first.click()
    page.get_by_test_id("replay").click()
    expect(page.get_by_test_id("replay-screen").locator(".xterm-rows")).to_contain_text(TABLE[-1])
    replayed = borders(page, "#replay .xterm")
    assert max(replayed) - min(replayed) <= 1, replayed  # rounded


LINES = {
    "Han": "时间",
    "emoji": "\U0001f40d\u2705",
    "a family": FAMILY,
    "marks": "e\u0301o\u0308\u0323",
    "flags": "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7",
    "keycaps": "1\ufe0f\u20e3#\ufe0f\u20e3",
    "Hangul of its parts": "\u1112\u1161\u11ab",
    "Devanagari": "क्षि",
    "tones": "\U0001f44d\U0001f3fd",
    "a tab": "a\tb",
    "tabs behind wide characters": "时间\te\u0301\tb",
    "all of it": f"a时{FAMILY}e\u0301\U0001f1e9\U0001f1ea",
}
ASKS = "while True: print('got', ascii(input('> ')))\n"


def typed_line(workspace: Workspace) -> str:
    """What stands behind the newest prompt."""
    return workspace.shown().splitlines()[-1].removeprefix("> ")


@pytest.mark.parametrize("name", LINES)
def test_backspace_erases_what_is_on_the_screen(workspace: Workspace, name: str) -> None:
    line = LINES[name]
    workspace.start(ASKS)
    workspace.wait_for("> ")
    workspace.paste(line)
    count = sum(1 for _ in characters(line))
    for _ in range(count):
        workspace.terminal.click()
        workspace.press("Backspace")
    workspace.wait_until("() => window.coderunner.terminalText().split('\\n').at(-1) === '> '")
    workspace.type("ok\n")
    workspace.wait_for("got 'ok'")
    assert workspace.shown().splitlines()[0] == "> ok"


@pytest.mark.parametrize("keys", ["Backspace", "Control+u", "Control+w"])
@pytest.mark.parametrize("name", ["all of it", "marks", "Han"])
def test_the_screen_equals_the_string(workspace: Workspace, name: str, keys: str) -> None:
    line = f"word {LINES[name]}"
    workspace.start("print('ready')\n" + ASKS)
    workspace.wait_for("> ")
    workspace.paste(line)
    workspace.wait_for(line)
    workspace.terminal.click()
    workspace.press(keys)
    workspace.wait_until("line => !window.coderunner.terminalText().includes(line)", line)
    workspace.type("|")
    workspace.wait_until("() => window.coderunner.terminalText().endsWith('|')")
    seen = typed_line(workspace)
    workspace.type("\n")
    workspace.wait_for(f"got {seen!a}")


def test_control_characters_are_erased_as_they_are_shown(workspace: Workspace) -> None:
    workspace.start(ASKS)
    workspace.wait_for("> ")
    workspace.paste("时")
    workspace.terminal.click()
    workspace.press("Control+a")
    workspace.press("Control+e")
    workspace.wait_for("> 时^A^E")
    for _ in range(3):
        workspace.press("Backspace")
    workspace.type("ok\n")
    workspace.wait_for("got 'ok'")
    assert workspace.shown().splitlines()[0] == "> ok"


def test_a_tab_behind_a_coloured_prompt_is_erased(workspace: Workspace) -> None:
    workspace.start("print('got', ascii(input('\\x1b[1;32m名字\\x1b[0m: ')))")
    workspace.wait_for("名字: ")
    workspace.paste("\t")
    workspace.terminal.click()
    workspace.press("Backspace")
    workspace.type("x")
    workspace.wait_for("名字: x")
    workspace.type("\n")
    workspace.wait_for("got 'x'")


def test_a_line_that_has_come_to_the_next_row_is_erased_to_its_beginning(
    workspace: Workspace,
) -> None:
    workspace.start(ASKS)
    workspace.wait_for("> ")
    workspace.paste("时间" * 60)
    workspace.wait_for("时间" * 60)
    workspace.terminal.click()
    workspace.press("Control+u")
    workspace.wait_until("() => window.coderunner.terminalText().split('\\n').at(-1) === '> '")
    workspace.type("ok\n")
    workspace.wait_for("got 'ok'")


def test_what_was_erased_is_not_in_the_transcript(
    workspace: Workspace, context: BrowserContext, site: WebServer
) -> None:
    workspace.start("print('got', input('> '))\n")
    workspace.wait_for("> ")
    workspace.paste("时间e\u0301")
    workspace.terminal.click()
    for _ in range(2):
        workspace.press("Backspace")
    workspace.type("!\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    page = context.new_page()
    page.goto(f"{site.url}/runs/")
    page.locator("table a").first.click()
    expect(page.get_by_test_id("transcript")).to_have_text("> 时!\ngot 时!\n")


def test_a_long_line_is_read_whole(workspace: Workspace) -> None:
    workspace.start("print('len', len(input('? ')))")
    workspace.wait_for("? ")
    workspace.paste("0123456789" * 1000)
    workspace.type("\n")
    workspace.wait_for("len 10000")
