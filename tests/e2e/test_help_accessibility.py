"""axe-core finds no serious violation where errors, problems and names are explained."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.error_surfaces import error_card
from tests.e2e.pages import serious_violations
from tests.e2e.problem_surfaces import problems
from tests.e2e.surfaces import by_command
from tests.e2e.workspace import Workspace
from tests.product import WebServer

SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True, "is_mobile": True},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
# The page and its editor have the colours of that theme.
CHANGED = """theme => {
    const code = document.querySelector(
        "[data-testid=editor] :is(.cm-editor, .monaco-editor-background)");
    const ground = (one) => getComputedStyle(one).backgroundColor;
    return matchMedia(`(prefers-color-scheme: ${theme})`).matches
        && ground(code) === ground(document.documentElement);
}"""
IS_MARKED = """line => {
    const ground = (one) => getComputedStyle(one).backgroundColor;
    const mark = document.body.appendChild(document.createElement("i"));
    mark.style.background = "var(--bad-soft)";
    const same = ground(mark) === ground(line);
    mark.remove();
    return same;
}"""
SUGGESTED = ".suggest-widget.visible .monaco-list-row, .cm-tooltip-autocomplete li"


# There are some, each in a line of its own.
SIGNS = """name => {
    const drawn = (one, pseudo) => getComputedStyle(one, pseudo).content !== "none";
    const lines = [...document.querySelectorAll(`[data-testid=editor] .${name}`)]
        .filter((one) => drawn(one, "::before") || drawn(one, "::after"))
        .map((one) => Math.round(one.getBoundingClientRect().top));
    return lines.length > 0 && new Set(lines).size === lines.length;
}"""


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=SCREENS)
def workspace(
    browser: Browser,
    site: WebServer,
    new_student: Callable[[], str],
    language: str,
    request: pytest.FixtureRequest,
) -> Iterator[Workspace]:
    context = browser.new_context(**SCREENS[request.param], reduced_motion="reduce")
    context.set_default_timeout(15_000)
    cookie = {"name": "django_language", "value": language, "url": site.url}
    context.add_cookies([cookie])  # type: ignore[list-item]
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    lines = workspace.editor.locator(".view-line, .cm-line")
    expect(lines.first).to_be_visible(timeout=20_000)
    yield workspace
    assert workspace.complaints == []
    context.close()


def violations(workspace: Workspace) -> list[str]:
    """In both themes, which the page has from the system: its editor changes, too."""
    found = []
    for theme in ("light", "dark"):
        workspace.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        workspace.wait_until(CHANGED, theme)
        found += [f"{theme}: {one}" for one in serious_violations(workspace.page)]
    return found


def test_an_error_is_explained_to_everybody(workspace: Workspace) -> None:
    error_card(workspace)
    assert violations(workspace) == []
    by_command(workspace, "go-to-error")
    line = workspace.editor.locator(".error-line").first
    expect(line).to_be_visible()
    assert line.evaluate(IS_MARKED)  # the cursor is there, too
    assert violations(workspace) == []


def test_problems_are_told_to_everybody(workspace: Workspace) -> None:
    problems(workspace)
    assert violations(workspace) == []
    workspace.press("Enter")
    expect(workspace.page.locator("dialog[open]")).to_have_count(0)
    assert violations(workspace) == []


def test_names_are_suggested_to_everybody(workspace: Workspace) -> None:
    workspace.write("alphabet = 1\nalp")
    workspace.editor.locator(".view-line, .cm-line").last.click()
    workspace.press("Control+End")
    workspace.press("Control+Space")
    expect(workspace.page.locator(SUGGESTED).first).to_be_visible()
    assert violations(workspace) == []


# In the margin: the colours of its signs, of errors and of what is only advised.
COLOURS = """severity => {
    const signs = [...document.querySelectorAll(`.problem-sign.problem-${severity}`)];
    const drawn = signs.map((sign) => getComputedStyle(sign, "::after"));
    const shown = drawn.filter(({ content }) => content !== "none");
    return [...new Set(shown.map(({ backgroundColor }) => backgroundColor))];
}"""


def test_signs_of_errors_and_of_advice_differ(workspace: Workspace) -> None:
    problems(workspace)
    workspace.press("Escape")
    (error,), (advice,) = (workspace.page.evaluate(COLOURS, one) for one in ("error", "info"))
    assert error != advice


def test_each_line_has_one_sign(workspace: Workspace) -> None:
    problems(workspace)
    workspace.press("Escape")
    workspace.wait_until(SIGNS, "problem-sign")
    error_card(workspace)
    workspace.wait_until(SIGNS, "error-sign")
