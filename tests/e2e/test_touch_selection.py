"""A finger selects, copies and pastes text of the terminal, on four phones and tablets."""

from playwright.sync_api import Browser, expect

from runner.protocol.messages import Outcome
from tests.e2e.conftest import LAN
from tests.e2e.fingers import box, device, place_of
from tests.e2e.test_touch import LINES, first_number, run, upper_third
from tests.e2e.workspace import Workspace
from tests.product import WebServer


def test_a_held_word_is_selected_and_copied(touched: Workspace) -> None:
    touched.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    finger = run(touched, "print('a wombat, asleep')\ninput()", "asleep")
    finger.down(*place_of(touched.terminal, "wombat"))
    bar = touched.page.locator(".selection-bar")
    expect(bar).to_be_hidden()
    finger.rest(700)
    finger.up()
    expect(bar).to_be_visible()
    expect(bar.get_by_role("button")).to_have_text(["Copy", "Paste", "Select all"])
    expect(touched.page.locator(".selection-handle:visible")).to_have_count(2)
    bar.get_by_role("button", name="Copy").tap()
    expect(bar).to_be_hidden()
    touched.wait_until("async () => (await navigator.clipboard.readText()) === 'wombat'")
    expect(touched.page.locator(".toast")).to_contain_text("Copied")


def test_handles_and_the_finger_itself_select_more(touched: Workspace) -> None:
    touched.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lines = "print('one two three')\nprint('four five six')\nprint('seven eight nine')\ninput()"
    finger = run(touched, lines, "nine")
    two, five, nine = (place_of(touched.terminal, word) for word in ("two", "five", "nine"))
    finger.down(*two)
    finger.rest(700)
    finger.move(five[0] - two[0], five[1] - two[1])
    finger.up()
    copied(touched, "two three\nfour fi")
    finger.down(*two)
    finger.rest(700)
    finger.up()
    end = touched.page.locator(".selection-handle[data-end=end]")
    expect(end).to_be_visible()
    left, top, width, height = box(end)
    place = (left + width / 2, top + height / 2)
    finger.down(*place)
    finger.move(nine[0] - two[0] - 12, nine[1] - two[1])
    finger.up()
    assert "four five six\nseven eight" in copied(touched, "two three")
    start = touched.page.locator(".selection-handle[data-end=start]")
    expect(start).to_be_hidden()


def copied(workspace: Workspace, beginning: str) -> str:
    workspace.page.locator(".selection-bar").get_by_role("button", name="Copy").tap()
    workspace.wait_until(
        "async text => (await navigator.clipboard.readText()).startsWith(text)", beginning
    )
    return str(workspace.page.evaluate("() => navigator.clipboard.readText()"))


def test_a_selection_stays_with_its_text_while_the_output_scrolls(touched: Workspace) -> None:
    finger = run(touched, LINES, "The end")
    left, top, _, height = box(touched.terminal.locator(".xterm-screen"))
    finger.down(left + 12, top + height / 3)
    finger.rest(700)
    finger.up()
    handle = touched.page.locator(".selection-handle[data-end=end]")
    expect(handle).to_be_visible()
    before = box(handle)[1]
    finger.swipe(*upper_third(touched), 0, 60, steps=20)
    touched.wait_until(
        "before => document.querySelector('.selection-handle[data-end=end]')"
        ".getBoundingClientRect().top > before + 20",
        before,
    )
    finger.rest(1200)  # the text has stopped: now a touch is a tap
    finger.tap(left + 150, top + height * 0.9)
    expect(touched.page.locator(".selection-bar")).to_be_hidden()
    expect(handle).to_be_hidden()


def test_all_is_selected_and_pasted_by_the_bar(pixel: Workspace) -> None:
    pixel.page.evaluate("() => navigator.clipboard.writeText('Ada')")
    finger = run(pixel, "print('Hello', input('Name? '))\ninput('More? ')", "Name?")
    left, top, width, height = box(pixel.terminal.locator(".xterm-screen"))
    bar = pixel.page.locator(".selection-bar")
    finger.down(left + width / 2, top + height * 0.7)  # nothing is there
    finger.rest(700)
    finger.up()
    expect(pixel.page.locator(".selection-handle:visible")).to_have_count(0)
    bar.get_by_role("button", name="Paste").tap()
    pixel.wait_for("Name? Ada")
    expect(bar).to_be_hidden()
    pixel.press("Enter")
    pixel.wait_for("More?")
    finger.down(*place_of(pixel.terminal, "Hello"))
    finger.rest(700)
    finger.up()
    bar.get_by_role("button", name="Select all").tap()
    assert "Name? Ada\nHello Ada\nMore?" in copied(pixel, "Name?")


def test_the_key_row_copies_all_output_and_pastes(pixel: Workspace) -> None:
    run(pixel, "print('before')\n1 / 0", "ZeroDivisionError")
    pixel.wait_for_end(Outcome.FAILED)
    row = pixel.page.get_by_role("toolbar", name="Keys")
    row.get_by_role("button", name="Copy", exact=True).tap()
    pixel.wait_until(
        "async () => /before[^]*ZeroDivisionError/.test(await navigator.clipboard.readText())"
    )
    pixel.page.evaluate("() => navigator.clipboard.writeText('by clipboard')")
    pixel.page.get_by_role("button", name="Code", exact=True).tap()
    expect(row.get_by_role("button", name="Paste", exact=True)).to_be_hidden()
    run(pixel, "print('got', input('> '))", ">")
    row.get_by_role("button", name="Paste", exact=True).tap()
    pixel.wait_for("> by clipboard")


def test_it_works_over_plain_http_too(
    browser: Browser, site: WebServer, new_student_name: str
) -> None:
    with device(browser, "Galaxy S9+") as context:
        url = f"http://{LAN}:{site.port}"
        pixel = Workspace.open(context, url, site.sign_in(new_student_name))
        assert pixel.page.evaluate("isSecureContext") is False
        finger = run(pixel, "print('a wombat')\nprint('got', input('> '))\ninput()", ">")
        finger.down(*place_of(pixel.terminal, "wombat"))
        finger.rest(700)
        finger.up()
        bar = pixel.page.locator(".selection-bar")
        bar.get_by_role("button", name="Copy").tap()
        expect(pixel.page.locator(".toast")).to_contain_text("Copied")
        pixel.page.get_by_role("toolbar", name="Keys").get_by_role("button", name="Paste").tap()
        field = pixel.page.get_by_label("Text for the program")
        expect(field).to_be_focused()
        pixel.press("Control+v")  # as the browser's own menu does
        expect(field).to_have_count(0)
        pixel.wait_for("> wombat")
        pixel.press("Enter")
        pixel.wait_for("got wombat")


def test_text_is_typed_into_the_field_where_nothing_pastes(pixel: Workspace) -> None:
    pixel.page.evaluate("() => { navigator.clipboard.readText = () => Promise.reject(); }")
    run(pixel, "print('got', input('> '))\ninput()", ">")
    pixel.page.get_by_role("toolbar", name="Keys").get_by_role("button", name="Paste").tap()
    pixel.page.keyboard.insert_text("by hand")
    pixel.page.get_by_role("button", name="Send to the program").tap()
    pixel.wait_for("> by hand")


def test_where_the_browser_refuses_to_copy_the_text_can_be_selected(pixel: Workspace) -> None:
    run(pixel, "print('a wombat')", "a wombat")
    pixel.wait_for_end(Outcome.COMPLETED)
    pixel.page.evaluate(
        "() => { document.execCommand = () => false;"
        " navigator.clipboard.writeText = () => Promise.reject(); }"
    )
    pixel.page.get_by_role("toolbar", name="Keys").get_by_role("button", name="Copy").tap()
    field = pixel.page.get_by_label("Text from the terminal")
    expect(field).to_be_focused()
    assert "a wombat" in field.input_value()
    assert field.evaluate("field => field.selectionEnd - field.selectionStart") > 8


def test_a_phone_reads_back_copies_and_pastes(pixel: Workspace) -> None:
    finger = run(pixel, LINES.replace("input", "print('got', input") + ")", "The end")
    before = first_number(pixel)
    finger.swipe(*upper_third(pixel), 0, 200)
    assert first_number(pixel) < before - 4
    finger.rest(900)
    left, top, _, height = box(pixel.terminal.locator(".xterm-screen"))
    finger.down(left + 12, top + height / 3)
    finger.rest(700)
    finger.up()
    pixel.page.locator(".selection-bar").get_by_role("button", name="Copy").tap()
    pixel.wait_until("async () => /^(line|\\d+)$/.test(await navigator.clipboard.readText())")
    pixel.page.get_by_role("toolbar", name="Keys").get_by_role("button", name="Paste").tap()
    pixel.wait_until("() => /The end (line|\\d+)/.test(window.coderunner.terminalText())")
