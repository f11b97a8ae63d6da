"""The debugger and the view of steps under a thumb."""

import pytest
from playwright.sync_api import Locator, expect

from runner.protocol.messages import Outcome
from tests.debugging.debugged import requires_debugger
from tests.e2e.fingers import box
from tests.e2e.pages import serious_violations
from tests.e2e.test_debugger import CALLS, panel, stopped, value
from tests.e2e.workspace import Workspace

pytestmark = requires_debugger
THUMB = 44  # px: what a thumb hits
STEPS = ("debug-continue", "debug-step-over", "debug-step-in", "debug-step-out")


@pytest.fixture
def phone(touched: Workspace) -> Workspace:
    return touched


def debug(phone: Workspace, line: int) -> None:
    """With a breakpoint that is set where a thumb sets one: beside the number of the line."""
    phone.write(CALLS)
    gutter = phone.editor.locator(".breakpoint-gutter")
    expect(gutter).to_be_visible()
    number = phone.editor.locator(".cm-lineNumbers .cm-gutterElement", has_text=str(line)).first
    left, _, width, _ = box(gutter)
    _, top, _, height = box(number)
    phone.page.touchscreen.tap(left + width / 2, top + height / 2)
    expect(phone.editor.locator(".breakpoint:visible")).to_have_count(1)
    phone.page.get_by_test_id("debug").tap()
    stopped(phone, line)


def test_the_number_of_a_line_is_large_enough_for_a_thumb(phone: Workspace) -> None:
    phone.write(CALLS)
    number = phone.editor.locator(".cm-lineNumbers .cm-gutterElement", has_text="7").first
    gutter, breakpoints = phone.editor.locator(".breakpoint-gutter"), ".breakpoint:visible"
    expect(gutter).to_be_visible()
    assert box(gutter)[2] + box(number)[2] >= THUMB
    for count in (1, 0, 1):
        number.tap()
        expect(phone.editor.locator(breakpoints)).to_have_count(count)


def assert_under_the_thumb(phone: Workspace, control: Locator) -> None:
    _, top, width, height = box(control)
    view = phone.page.viewport_size
    assert view is not None
    assert min(width, height) >= THUMB, control
    assert top + height <= view["height"], control


def test_a_thumb_steps_and_looks_at_variables(phone: Workspace) -> None:
    page = phone.page
    debug(phone, 7)
    for name in STEPS:
        assert_under_the_thumb(phone, page.get_by_test_id(name))
    row = page.locator('[data-testid=variables] [data-name="numbers"]')
    assert_under_the_thumb(phone, row)
    row.tap()
    expect(value(phone, "len()")).to_have_text("3")
    row.tap()
    expect(value(phone, "len()")).to_have_count(0)
    page.get_by_test_id("debug-step-in").tap()
    stopped(phone, 2)
    assert_line_is_seen(phone)
    page.get_by_test_id("debug-step-over").tap()
    stopped(phone, 3)
    result = value(phone, "result")
    expect(result).to_have_text("42")
    result.tap()
    result.tap()
    page.locator(".debug-edit").fill("5")
    phone.press("Enter")
    expect(value(phone, "result")).to_have_text("5")
    page.get_by_test_id("debug-step-out").tap()
    stopped(phone, 7)
    page.get_by_test_id("debug-continue").tap()
    phone.wait_for("answer 5")
    phone.wait_for_end(Outcome.COMPLETED)
    expect(panel(phone)).to_be_hidden()


def assert_line_is_seen(phone: Workspace) -> None:
    """Above the panel, which leaves some of the code."""
    _, top, _, height = box(phone.editor.locator(".execution-line"))
    assert top + height <= box(panel(phone))[1] + 1


def test_the_panel_keeps_nobody_on_a_phone_from_using_it(phone: Workspace) -> None:
    debug(phone, 3)
    expect(value(phone, "result")).to_have_text("42")
    assert_usable(phone)


def test_a_thumb_goes_through_the_steps(phone: Workspace) -> None:
    page = phone.page
    phone.write("names = ['Ada']\nalias = names\nalias.append('Grace')\nprint(names)\n")
    page.get_by_test_id("debug").wait_for()
    phone.press("F1")
    page.keyboard.type("step by step")
    phone.press("Enter")
    view = page.get_by_test_id("trace")
    expect(view).to_be_visible(timeout=30_000)
    forward = page.get_by_test_id("trace-forward")
    assert_under_the_thumb(phone, forward)
    for _ in range(3):
        forward.tap()
    expect(view.locator(".debug-status")).to_contain_text("line 4 of main.py")
    expect(page.get_by_test_id("trace-objects")).to_contain_text("'Grace'")
    expect(page.get_by_test_id("trace-names").locator("[data-changed=true] th")).to_have_text(
        ["names", "alias"]
    )
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert_usable(phone)


def assert_usable(phone: Workspace) -> None:
    phone.page.emulate_media(reduced_motion="reduce")  # no colour is between two others
    for theme in ("light", "dark"):
        phone.page.evaluate("one => { document.documentElement.dataset.theme = one }", theme)
        assert serious_violations(phone.page) == []
