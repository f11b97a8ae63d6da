"""Code help on touch screens covers nothing that is needed meanwhile, and is read out."""

from playwright.sync_api import Locator, expect

from tests.e2e.code_help import LOADED_SECONDS
from tests.e2e.fingers import box
from tests.e2e.workspace import Workspace

# CodeMirror empties what it announces after a moment.
LISTEN = """() => {
    window.heard = "";
    const announced = document.querySelector(".cm-announced");
    const listen = () => { window.heard += `${announced.textContent}\\n`; };
    new MutationObserver(listen).observe(announced, { childList: true, subtree: true });
}"""
HEARD = "words => window.heard.includes(words)"
CODE = "import random\nwinner = random.ch"


def overlap(one: Locator, other: Locator) -> bool:
    left, top, width, height = box(one)
    across, down, wide, high = box(other)
    return (
        left < across + wide
        and across < left + width
        and top + 1 < down + high
        and down + 1 < top + height
    )


def at_the_end(touched: Workspace, code: str) -> None:
    touched.write(code)
    touched.editor.locator(".cm-content").tap()
    touched.press("Control+End")


def test_a_description_covers_no_suggestion_and_not_the_line(touched: Workspace) -> None:
    at_the_end(touched, CODE)
    touched.press("Control+Space")
    described = touched.page.locator(".cm-completionInfo")
    expect(described).to_contain_text("choice", timeout=LOADED_SECONDS * 1000)
    suggestions = touched.page.locator(".cm-tooltip-autocomplete > ul")
    assert suggestions.locator("li").count() > 1
    for _ in range(2):
        assert not overlap(described, suggestions)
        assert not overlap(described, touched.editor.locator(".cm-line").last)
        left, top, width, height = box(described)
        view = touched.page.viewport_size
        assert view is not None
        assert min(left, top) >= 0
        assert left + width <= view["width"]
        assert top + height <= view["height"]
        assert height > 30
        touched.press("ArrowDown")
        expect(suggestions.locator("li[aria-selected]")).to_have_count(1)
        expect(described).to_be_visible()


def test_what_a_key_asks_for_is_read_out(pixel: Workspace) -> None:
    at_the_end(pixel, "print(len(")
    pixel.page.evaluate(LISTEN)
    pixel.press("Control+Shift+Space")
    expect(pixel.page.locator(".code-help")).to_be_visible(timeout=LOADED_SECONDS * 1000)
    pixel.wait_until(HEARD, "obj: Sized")
    pixel.press("Escape")
    expect(pixel.page.locator(".code-help")).to_have_count(0)
    pixel.press("ArrowLeft")
    pixel.press("ArrowLeft")
    pixel.press("Alt+i")
    pixel.wait_until(HEARD, "number of items")
