"""Every widget of the editor and of its panes looks right, in every theme."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Error, ViewportSize, expect

from tests.e2e.appearance import problems, save_picture
from tests.e2e.editor_widgets import PROGRAM, TOUCH_WIDGETS, WIDGETS, Widget
from tests.e2e.workspace import Workspace
from tests.product import WebServer

OTHER_THEMES = [pytest.param(theme, marks=pytest.mark.browsers) for theme in ("dark", "contrast")]
PHONE, TABLET = (412, 915), (820, 1180)
SELECT = """(select, theme) => {
    select.value = theme;
    select.dispatchEvent(new Event("change"));
}"""


def look_at(workspace: Workspace, widget: Widget, picture: str) -> Iterator[str]:
    """What is wrong with a widget, which is opened and closed; or why that did not work."""
    try:
        opened = widget.open(workspace)
        expect(opened).to_be_visible()
        save_picture(workspace.page, f"{picture} {widget.name}".replace(" ", "-"))
        for one in problems(opened, floating=widget.floating, keyboard=widget.keyboard):
            yield f"{widget.name}: {one}"
        workspace.press("Escape")
        workspace.page.mouse.move(5, 5)
        if widget.closes:
            expect(opened).to_be_hidden()
    except (AssertionError, Error) as error:
        yield f"{widget.name}: {error}"
        workspace.press("Escape")


@pytest.fixture
def editor(workspace: Workspace) -> Workspace:
    workspace.page.emulate_media(reduced_motion="reduce")  # no colour is between two others
    workspace.wait_for_everything()
    workspace.write(PROGRAM)
    return workspace


@pytest.mark.timeout(240)
@pytest.mark.parametrize("theme", ["light", *OTHER_THEMES])
def test_every_widget_looks_right(editor: Workspace, theme: str) -> None:
    editor.page.get_by_test_id("theme").select_option(theme)
    wrong = [one for widget in WIDGETS for one in look_at(editor, widget, f"editor {theme}")]
    assert not wrong, "\n".join(wrong)


@pytest.fixture(params=[PHONE, TABLET])
def touch(
    request: pytest.FixtureRequest,
    browser: Browser,
    site: WebServer,
    new_student: Callable[[], str],
) -> Iterator[Workspace]:
    width, height = request.param
    size = ViewportSize(width=width, height=height)
    context = browser.new_context(viewport=size, has_touch=True, is_mobile=True)
    context.set_default_timeout(15_000)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    expect(workspace.editor.locator(".cm-content")).to_be_visible(timeout=20_000)
    workspace.page.emulate_media(reduced_motion="reduce")
    workspace.write(PROGRAM)
    yield workspace
    assert workspace.complaints == []
    context.close()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("theme", ["light", *OTHER_THEMES])
def test_every_widget_looks_right_on_touch_screens(touch: Workspace, theme: str) -> None:
    touch.page.get_by_test_id("theme").evaluate(SELECT, theme)  # phones hide it
    width = touch.page.viewport_size["width"]  # type: ignore[index]
    picture = f"touch {width} {theme}"
    wrong = [one for widget in TOUCH_WIDGETS for one in look_at(touch, widget, picture)]
    assert not wrong, "\n".join(wrong)
