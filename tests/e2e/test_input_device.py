"""Whether a page is used by fingers or by a mouse: what it finds out, and what its user chooses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import surfaces
from tests.e2e.fingers import DEVICES, device
from tests.e2e.test_phone import compose
from tests.e2e.workspace import Workspace
from tests.product import WebServer

DESKTOP: dict[str, Any] = {
    "viewport": {"width": 1440, "height": 900}, "device_scale_factor": 1, "is_mobile": False,
    "has_touch": False, "user_agent": None,
}  # fmt: skip
# What devices say that cannot be bought for a test: media queries, touch points, platform.
TOUCH: dict[str, tuple[str, dict[str, Any]]] = {
    "a Samsung phone that reports hovering": ("Galaxy S9+", {}),
    "a phone whose pointer is said to be fine": (
        "Pixel 7", {"pointer:coarse": False, "pointer:fine": True},
    ),
    "a phone that hides its touch points": ("Pixel 7", {"touchPoints": 0}),
    "an iPad that says that it is a Mac": ("iPad Pro 11", {}),
    "an iPad with a keyboard and a trackpad": (
        "iPad Pro 11",
        {"hover:hover": True, "hover:none": False, "pointer:coarse": False, "pointer:fine": True},
    ),
    "a Windows tablet without its keyboard": ("iPad Pro 11", {"platform": "Win32"}),
}  # fmt: skip
MOUSE: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "a desktop": ("Pixel 7", DESKTOP, {}),
    "a laptop with a touch screen": (
        "Pixel 7", {**DESKTOP, "has_touch": True},
        {"hover:hover": True, "hover:none": False, "pointer:coarse": False, "pointer:fine": True,
         "touchPoints": 10, "platform": "Win32"},
    ),
    "an Android tablet with a mouse": (
        "Pixel 7", {"viewport": {"width": 1280, "height": 800}},
        {"hover:hover": True, "hover:none": False, "pointer:coarse": False, "pointer:fine": True,
         "touchPoints": 10},
    ),
    "a television with a remote control": (
        "Pixel 7", DESKTOP, {"pointer:coarse": True, "hover:hover": True, "touchPoints": 0},
    ),
}  # fmt: skip


@pytest.fixture
def opened(browser: Browser, site: WebServer, new_student: Callable[[], str]) -> Any:
    @contextmanager
    def open_it(name: str, says: dict[str, object], **options: Any) -> Iterator[Workspace]:
        with device(browser, name, **options, says=says) as context:
            workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
            yield workspace
            assert workspace.complaints == []

    return open_it


def has_touch_editor(workspace: Workspace) -> None:
    expect(workspace.editor.locator(".cm-content")).to_be_visible(timeout=20_000)
    expect(workspace.page.locator("html")).to_have_attribute("data-input", "touch")


def has_mouse_editor(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    expect(workspace.page.locator("html")).to_have_attribute("data-input", "mouse")


def composes_letter_by_letter(workspace: Workspace) -> None:
    workspace.write("print('got', input('> '))\ninput()")
    workspace.run.click()
    workspace.wait_for(">")
    workspace.terminal.click()
    keyboard = workspace.page.context.new_cdp_session(workspace.page)
    key = {"windowsVirtualKeyCode": 229, "key": "Unidentified"}
    for word in ("h", "he", "hel"):
        keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
        where = {"selectionStart": len(word), "selectionEnd": len(word)}
        keyboard.send("Input.imeSetComposition", {"text": word, **where})
        workspace.wait_for(f"> {word}")
    keyboard.send("Input.insertText", {"text": "hel"})
    compose(keyboard, "lo")
    workspace.press("Enter")
    workspace.wait_for("got hello")


@pytest.mark.parametrize("name", TOUCH)
def test_a_touch_device_has_the_touch_editor_and_gets_letters_one_by_one(
    opened: Any, name: str
) -> None:
    base, says = TOUCH[name]
    with opened(base, {**DEVICES[base]["says"], **says}) as workspace:
        has_touch_editor(workspace)
        expect(workspace.terminal.locator("canvas")).to_have_count(0)
        composes_letter_by_letter(workspace)


@pytest.mark.parametrize("name", MOUSE)
def test_what_has_a_mouse_has_monaco(opened: Any, name: str) -> None:
    base, options, says = MOUSE[name]
    with opened(base, says, **options) as workspace:
        has_mouse_editor(workspace)


def choose(workspace: Workspace, choice: str) -> None:
    workspace.press("Control+,")
    surfaces.dialog(workspace).get_by_label("Input").select_option(choice)
    workspace.press("Escape")


def test_its_user_chooses_and_this_browser_remembers_it(workspace: Workspace) -> None:
    has_mouse_editor(workspace)
    workspace.write("kept = 1\n")
    choose(workspace, "touch")
    has_touch_editor(workspace)
    assert workspace.text() == "kept = 1\n"
    expect(workspace.page.get_by_role("toolbar", name="Keys")).to_be_visible()
    workspace.wait_for_save()
    workspace.reload()
    has_touch_editor(workspace)
    composes_letter_by_letter(workspace)
    workspace.stop.click()
    choose(workspace, "auto")
    has_mouse_editor(workspace)
    assert "got" in workspace.text()
    expect(workspace.page.get_by_role("toolbar", name="Keys")).to_be_hidden()


def test_a_tablet_with_a_keyboard_can_be_used_like_a_laptop(opened: Any) -> None:
    with opened("iPad Pro 11", {}) as workspace:
        has_touch_editor(workspace)
        choose(workspace, "mouse")
        has_mouse_editor(workspace)
        workspace.reload()
        has_mouse_editor(workspace)


def test_a_tablet_has_the_key_row_for_the_pane_that_is_used(opened: Any) -> None:
    with opened("iPad Pro 11", {}) as workspace:
        has_touch_editor(workspace)
        page = workspace.page
        row = page.get_by_role("toolbar", name="Keys")
        workspace.write("")
        workspace.editor.tap()
        row.get_by_role("button", name="(", exact=True).tap()
        workspace.wait_until("() => window.coderunner.getText().startsWith('(')")
        workspace.write("print('got', repr(input('> ')))\ninput()")
        workspace.run.tap()
        workspace.wait_for(">")
        workspace.terminal.tap()
        row.get_by_role("button", name="*", exact=True).tap()
        workspace.wait_for("> *")
        row.get_by_role("button", name="Ctrl, for the next key").tap()
        page.keyboard.insert_text("c")
        workspace.wait_for("KeyboardInterrupt")
