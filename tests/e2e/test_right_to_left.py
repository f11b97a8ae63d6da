"""Text that is read from right to left stands in that direction, also in the replay."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace
from tests.product import WebServer

ARABIC = "\u0645\u0631\u062d\u0628\u0627"
HEBREW = "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd"
TEXTS = {
    "Arabic": ("say ", ARABIC, " now"),
    "Hebrew": ("", HEBREW, ""),
    "both": ("a ", f"{ARABIC} {HEBREW}", " z"),
    "in a table": ("│ ", ARABIC, " │"),
    "vowel signs": ("", "\u0645\u064e\u0631\u062d\u0628\u0627", ""),
    "coloured": ("\x1b[31m", ARABIC, "\x1b[0m|"),
}
# The left edges of the letters of a text, in the order of the text, and where what follows begins.
PLACES = """(rows, [text, after]) => {
    const row = [...rows.children].find(row => row.textContent.includes(text));
    if (!row) return null;
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const whole = nodes.map(node => node.data).join("");
    const rect = at => {
        let node = 0;
        while (at >= nodes[node].data.length) { at -= nodes[node].data.length; node += 1; }
        const range = document.createRange();
        range.setStart(nodes[node], at);
        range.setEnd(nodes[node], at + 1);
        return range.getBoundingClientRect();
    };
    const start = whole.indexOf(text);
    const letters = [...text].map((letter, at) => [letter, rect(start + at)]);
    const place = at => rect(at).left;
    return {
        letters: letters.filter(([letter]) => /\\p{L}/u.test(letter)).map(([, box]) => box.left),
        right: Math.max(...letters.map(([, box]) => box.right)),
        after: after ? place(start + text.length + after.search(/\\S/)) : null,
    };
}"""


def places(rows: Locator, text: str, after: str) -> dict[str, Any]:
    found: dict[str, Any] | None = rows.evaluate(PLACES, [text, after])
    assert found is not None, rows.inner_text()
    return found


def is_right_to_left(found: dict[str, Any]) -> None:
    letters = found["letters"]
    assert letters == sorted(letters, reverse=True), letters
    assert len(set(letters)) == len(letters)
    if found["after"] is not None:
        assert found["right"] <= found["after"] + 1, found


@pytest.mark.parametrize("name", TEXTS)
def test_letters_stand_from_right_to_left(
    workspace: Workspace, context: BrowserContext, site: WebServer, name: str
) -> None:
    before, text, after = TEXTS[name]
    visible = after.removeprefix("\x1b[0m")
    workspace.start(f"print({before + text + after!r})")
    workspace.wait_for_end(Outcome.COMPLETED)
    rows = workspace.page.locator(".terminal .xterm-rows")
    expect(rows).to_contain_text(text)
    is_right_to_left(places(rows, text, visible))
    expect(workspace.page.locator(".toast")).to_contain_text("right to left")
    page = context.new_page()
    page.goto(f"{site.url}/runs/")
    page.locator("table a").first.click()
    expect(page.get_by_test_id("transcript")).to_contain_text(text)
    page.get_by_test_id("replay").click()
    replayed = page.locator("#replay .xterm-rows")
    expect(replayed).to_contain_text(text)
    is_right_to_left(places(replayed, text, visible))


def test_columns_behind_such_a_word_stay_where_they_are(workspace: Workspace) -> None:
    workspace.start(f"print('|{ARABIC}|')\nprint('|' + '-' * {len(ARABIC)} + '|')")
    workspace.wait_for_end(Outcome.COMPLETED)
    rows = workspace.page.locator(".terminal .xterm-rows")
    first = places(rows, ARABIC, "|")["after"]
    second = places(rows, "-" * len(ARABIC), "|")["after"]
    assert abs(first - second) < 1.5


def test_other_programs_have_no_note(workspace: Workspace) -> None:
    workspace.start("print('hello', '时间', '\U0001f40d')")
    workspace.wait_for_end(Outcome.COMPLETED)
    expect(workspace.page.locator(".toast")).to_have_count(0)


def test_what_is_typed_is_read_from_right_to_left_when_it_is_done(workspace: Workspace) -> None:
    workspace.start("print('got', ascii(input('> ')))")
    workspace.wait_for("> ")
    workspace.paste(ARABIC)
    workspace.type("\n")
    workspace.wait_for(f"got {ARABIC!a}")
    rows = workspace.page.locator(".terminal .xterm-rows")
    is_right_to_left(places(rows, ARABIC, ""))
