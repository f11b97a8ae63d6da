"""The keyboard of a room's terminal: who asks is heard, and the terminal is as wide as theirs."""

import re
from collections.abc import Callable, Iterator
from itertools import count

from playwright.sync_api import Page, expect

from tests.e2e.room_pages import PHONE, Together, wait_for_output

MOST_LINES = 20
WIDTHS = """import os
count = 0
while True:
    input("? ")
    count += 1
    print("width", count, os.get_terminal_size().columns)
"""


def run_widths(together: Together) -> tuple[Page, Page]:
    """An owner at a desktop and a guest with a phone, while the program waits for a line."""
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    owner.evaluate("(text) => coderunner.setText(text)", WIDTHS)
    guest.get_by_role("button", name="Terminal").click()
    owner.get_by_test_id("run").click()
    for page in (owner, guest):
        wait_for_output(page, "? ")
    return owner, guest


def enter(page: Page, number: int) -> int:
    """One more line; how wide the program finds its terminal then."""
    page.get_by_test_id("terminal").locator("textarea").focus()
    page.keyboard.press("Enter")
    pattern = rf"width {number} (\d+)"
    said = "(pattern) => new RegExp(pattern).test(coderunner.terminalText())"
    page.wait_for_function(said, arg=pattern)
    found = re.search(pattern, page.evaluate("() => coderunner.terminalText()"))
    assert found is not None
    return int(found[1])


def enter_until(page: Page, count: Iterator[int], holds: Callable[[int], bool]) -> int:
    """Lines, until the terminal has the size of the window of who types; how wide it is then."""
    widths: list[int] = []
    while not widths or not holds(widths[-1]):
        assert len(widths) < MOST_LINES, widths
        widths.append(enter(page, next(count)))
    return widths[-1]


def test_the_terminal_is_as_wide_as_that_of_who_types(together: Together) -> None:
    owner, guest = run_widths(together)
    lines = count(1)
    wide = enter(owner, next(lines))
    guest.locator("[data-does=request_control]").click()
    owner.locator("[data-does=grant_control]").click()
    expect(guest.locator("#room-control")).to_contain_text("You type")
    enter_until(guest, lines, lambda width: width < wide)
    owner.locator("[data-does=release_control]").click()
    expect(owner.locator("#room-control")).to_contain_text("You type")
    enter_until(owner, lines, lambda width: width == wide)


def test_who_is_asked_for_the_keyboard_hears_of_it_beside_the_code(together: Together) -> None:
    owner, guest = run_widths(together)
    owner.set_viewport_size({"width": 390, "height": 844})
    expect(owner.get_by_test_id("terminal")).not_to_be_visible()  # the code is shown
    guest.locator("[data-does=request_control]").click()
    said = owner.get_by_role("status").filter(has_text="Ann (guest) asks for the keyboard.")
    expect(said).to_be_visible()


def test_a_control_stays_while_the_program_goes_on(together: Together) -> None:
    owner, guest = run_widths(together)
    ask = guest.locator("[data-does=request_control]")
    ask.evaluate("(button) => { button.kept = true; }")
    for number in (1, 2, 3):
        enter(owner, number)
        wait_for_output(guest, f"width {number}")
    assert ask.evaluate("(button) => button.kept") is True


def test_who_was_not_chosen_may_ask_again(together: Together) -> None:
    owner, ann = run_widths(together)
    bob = together.guest("Bob")
    wait_for_output(bob, "? ")
    for guest in (ann, bob):
        guest.locator("[data-does=request_control]").click()
        expect(guest.locator("#room-control")).to_contain_text("You have asked")
    owner.get_by_role("button", name="Let Ann (guest) type").click()
    expect(ann.locator("#room-control")).to_contain_text("You type")
    owner.locator("[data-does=release_control]").click()  # an answer to everybody who has asked
    expect(ann.locator("[data-does=request_control]")).to_be_visible()
    bob.locator("[data-does=request_control]").click()
    expect(owner.get_by_role("button", name="Let Bob (guest) type")).to_be_visible()
