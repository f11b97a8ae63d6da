"""Where CodeMirror shows code, the Tab key reaches it and its keys scroll it, also for readers."""

from playwright.sync_api import Page, expect

from runner.models import RoomRole
from tests.e2e.pages import serious_violations
from tests.e2e.room_pages import PHONE, Together

LONG = "".join(f"print({number})\n" for number in range(200))
IN_CODE = "() => document.activeElement?.closest('.cm-editor') !== null"
SCROLLED = "() => document.querySelector('.cm-scroller').scrollTop > 0"


def invite_reader(room: int) -> str:
    """In a process of the site."""
    from runner.models import Room
    from runner.rooms import guests

    return guests.token_of(guests.invite(Room.objects.get(pk=room), RoomRole.VIEWER, 1))


def tab_into_the_code(page: Page) -> None:
    page.locator("body").press("Tab")
    for _ in range(40):
        if page.evaluate(IN_CODE):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the Tab key does not reach the code")


def test_who_may_only_read_a_room_scrolls_its_code_by_keys(together: Together) -> None:
    owner = together.owner()
    owner.evaluate("(text) => coderunner.setText(text)", LONG)
    together.token = together.product.call(invite_reader, together.room)
    reader = together.guest("Ann", **PHONE)
    code = reader.get_by_test_id("editor").locator(".cm-content")
    expect(code).to_have_attribute("contenteditable", "false")
    expect(code).to_contain_text("print(0)")
    tab_into_the_code(reader)
    reader.keyboard.press("PageDown")
    reader.wait_for_function(SCROLLED)
    reader.keyboard.type("x")
    assert reader.evaluate("() => coderunner.getText()") == LONG
    assert serious_violations(reader) == []


def test_a_small_phone_has_code_that_the_keyboard_scrolls(together: Together) -> None:
    together.owner().evaluate("(text) => coderunner.setText(text)", LONG)
    small = together.guest("Ann", **PHONE | {"viewport": {"width": 320, "height": 480}})
    tab_into_the_code(small)
    small.keyboard.press("Control+End")
    small.wait_for_function(SCROLLED)
    assert serious_violations(small) == []
