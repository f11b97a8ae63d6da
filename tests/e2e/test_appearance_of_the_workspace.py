"""How everything that opens on the workspace page looks: each theme, a desktop and a phone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e import error_surfaces, problem_surfaces, surfaces, touch_surfaces
from tests.e2e.appearance import LEAST_FONT_PX, problems
from tests.e2e.pages import SET_THEME, THEMES
from tests.e2e.workspace import Workspace
from tests.product import WebServer

assert problem_surfaces.WRONG  # … and for problems in the code
assert touch_surfaces.REFUSE  # it adds what opens for a finger
assert error_surfaces.FAILING

SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 412, "height": 915}, "has_touch": True, "is_mobile": True},
}
# These lie above the page: nothing may shine through.
FLOATING = {
    "commands", "commands_none_found", "settings", "run_options", "run_options_unclosed",
    "examples", "share_off", "share_on", "file_menu", "tab_menu", "snippet_menu", "account_menu",
    "find_in_files_hint", "find_in_files_found", "find_in_files_none_found",
    "find_in_files_many_found", "problems", "problems_none",
    "touch_selection", "paste_field", "copy_field",
    "terminal_search", "undo_toast", "title_refused", "compare", "output_held",
}  # fmt: skip
# Of the whole page; the editor and the terminal's screen have tests of their own.
PARTS = (
    ".site-header", "#sidebar", "#editor-pane .pane-head", "#terminal-pane .pane-head",
    "#terminal-empty", ".status-line", ".key-row", ".phone-bar", "#pressed-keys",
)  # fmt: skip
CONTROLS = "button:not([tabindex='-1']), a, input, select"
ONLY_SHOWN = {"drop_target", "title_refused", "output_held"}
# Visible text that is smaller: a sentence for each.
SMALL = """least => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const element = node.parentElement;
        if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const { width, height } = range.getBoundingClientRect();
        const pixels = parseFloat(getComputedStyle(element).fontSize);
        if (width > 0 && height > 0 && pixels < least - 0.01)
            found.push(`${element.outerHTML.slice(0, 100)}: ${pixels} px`);
    }
    return found;
}"""


@pytest.fixture(
    scope="module",
    params=SCREENS,
)
def one_page(
    browser: Browser,
    site: WebServer,
    new_student: Callable[[], str],
    request: pytest.FixtureRequest,
) -> Iterator[Workspace]:
    context = browser.new_context(**SCREENS[request.param], reduced_motion="reduce")
    context.set_default_timeout(15_000)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    yield workspace
    context.close()


def parts(surface: Locator) -> list[Locator]:
    if surface.evaluate("element => element !== document.body"):
        return [surface]
    return [part for part in map(surface.locator, PARTS) if part.is_visible()]


def wrong(workspace: Workspace, surface: Locator, name: str) -> list[str]:
    found = [f"small type: {one}" for one in workspace.page.evaluate(SMALL, LEAST_FONT_PX)]
    floating = name in FLOATING
    for theme in THEMES:
        workspace.page.evaluate(SET_THEME, theme)
        for part in parts(surface):
            controls = part.locator(CONTROLS).filter(visible=True)
            keyboard = name not in ONLY_SHOWN and controls.count() > 0
            for one in problems(part, floating=floating, keyboard=keyboard):
                found.append(f"{theme}: {part}: {one}")
    return found


@pytest.mark.parametrize("name", surfaces.OPENERS)
def test_what_opens_is_legible_complete_and_reachable(
    one_page: Workspace, site: WebServer, name: str
) -> None:
    surfaces.start_anew(one_page, site.url)
    surface = surfaces.OPENERS[name](one_page)
    expect(surface).to_be_visible()
    assert wrong(one_page, surface, name) == []
    assert one_page.complaints == []
