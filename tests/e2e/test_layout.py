"""The workspace on screens of several sizes."""

import pytest
from playwright.sync_api import expect

from tests.e2e.workspace import Workspace

SIZES = {"desktop": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_all_that_is_needed_is_on_the_screen(workspace: Workspace, size: tuple[int, int]) -> None:
    width, height = size
    workspace.page.set_viewport_size({"width": width, "height": height})
    parts = [workspace.run, workspace.stop, workspace.editor, workspace.terminal]
    for part in parts[:3] if size == SIZES["phone"] else parts:  # a phone has room for one pane
        expect(part).to_be_in_viewport(ratio=0.9)
    assert workspace.page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    ) == [width, height]


def test_wide_screens_have_the_terminal_beside_the_editor(workspace: Workspace) -> None:
    editor, terminal = workspace.editor.bounding_box(), workspace.terminal.bounding_box()
    assert editor
    assert terminal
    assert editor["x"] + editor["width"] <= terminal["x"]


def test_narrow_screens_have_it_below(workspace: Workspace) -> None:
    workspace.page.set_viewport_size({"width": 820, "height": 1180})
    editor, terminal = workspace.editor.bounding_box(), workspace.terminal.bounding_box()
    assert editor
    assert terminal
    assert editor["y"] + editor["height"] <= terminal["y"]
