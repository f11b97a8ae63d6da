"""What users of other products that are written in together report: sessions that end, input
methods, cursors, and who comes late."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.cast import SignedIn
from tests.e2e.room_pages import (
    PHONE,
    PROGRAM,
    Together,
    saved_text,
    text_of,
    type_at_end,
    wait_for_output,
    wait_for_text,
)
from tests.e2e.severable import Severable
from tests.e2e.test_room_attacks import admit

CARET = """() => {
    const lines = [...document.querySelectorAll(".cm-content .cm-line")];
    const at = lines.findIndex((line) => line.querySelector(".cm-ySelectionCaret"));
    if (at < 0) return null;
    const before = document.createRange();
    before.setStart(lines[at], 0);
    before.setEndBefore(lines[at].querySelector(".cm-ySelectionCaret"));
    const whole = lines.slice(0, at).reduce((sum, line) => sum + line.textContent.length + 1, 0);
    return whole + before.toString().length;
}"""
BOARD = """import sys
print("\\x1b[?1049h\\x1b[2J\\x1b[3;5HBoard\\x1b[5;9Hplayer 1", end="", flush=True)
sys.stdin.readline()
print("\\x1b[?1049l", end="")
print("over")
"""


def authors(room: int) -> list[str]:
    """In a process of the site: of all updates of that room."""
    from runner.models import RoomUpdate

    names = RoomUpdate.objects.filter(room=room).values_list("author__username", flat=True)
    return sorted({name for name in names if name})


def state(page: Page) -> Any:
    return expect(page.get_by_test_id("connection"))


def look_at(page: Page) -> None:
    """As somebody who comes back from another window."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


class SignedOut:
    """An owner who wrote without a connection, and signed out in another window meanwhile."""

    def __init__(self, together: Together) -> None:
        self.together, self.line = together, Severable(together.server.port)
        self.page = together.page(together.owner_user)
        self.page.goto(f"{self.line.url}/rooms/{together.room}/")
        together.wait_until_open(self.page)
        self.line.cut()
        state(self.page).to_have_attribute("data-state", "reconnecting")
        type_at_end(self.page, "# mine\n")
        other = self.page.context.new_page()
        other.goto(f"{together.server.url}/runs/")
        other.locator("details.menu summary").click()
        other.get_by_role("button", name="Sign out", exact=True).click()
        expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
        other.close()
        self.line.mend()
        state(self.page).to_have_attribute("data-state", "signed_out", timeout=60_000)
        expect(self.page.locator("#room-problem")).to_contain_text("Sign in in another window")

    def sign_in(self, user: SignedIn) -> None:
        self.page.context.add_cookies(user.in_browser(self.together.server.url))
        look_at(self.page)


def test_who_is_signed_out_signs_in_again_and_goes_on(together: Together) -> None:
    guest, owner = together.guest("Ann", **PHONE), SignedOut(together)
    look_at(owner.page)  # too early
    state(owner.page).to_have_attribute("data-state", "signed_out")
    name = together.owner_user.username
    owner.sign_in(SignedIn(name, together.product.call(cast.sign_in, [name])[name]))
    state(owner.page).to_have_attribute("data-state", "connected", timeout=30_000)
    expect(owner.page.locator("#room-problem")).to_be_hidden()
    wait_for_text(guest, f"{PROGRAM}# mine\n")
    type_at_end(owner.page, "# again\n")
    wait_for_text(guest, f"{PROGRAM}# mine\n# again\n")
    assert together.product.call(authors, together.room) == [name]


def test_nothing_that_one_has_written_is_sent_as_somebody_elses(together: Together) -> None:
    guest, owner = together.guest("Ann", **PHONE), SignedOut(together)
    user = together.users.student()
    together.product.call(admit, together.room, user.username)
    owner.sign_in(user)
    state(owner.page).to_have_attribute("data-state", "signed_out")  # of the page's user
    assert text_of(guest) == PROGRAM
    owner.page.on("dialog", lambda dialog: dialog.accept())  # something is not sent
    owner.page.reload()
    together.wait_until_open(owner.page)
    assert text_of(owner.page) == PROGRAM
    assert together.product.call(authors, together.room) == []


def test_a_connection_that_comes_back_as_somebody_else_says_so(together: Together) -> None:
    """The other one signed in while the connection was lost."""
    line, guest = Severable(together.server.port), together.guest("Ann", **PHONE)
    page, user = together.page(together.owner_user), together.users.student()
    together.product.call(admit, together.room, user.username)
    page.goto(f"{line.url}/rooms/{together.room}/")
    together.wait_until_open(page)
    line.cut()
    state(page).to_have_attribute("data-state", "reconnecting")
    type_at_end(page, "# mine\n")
    page.context.add_cookies(user.in_browser(together.server.url))
    line.mend()
    state(page).to_have_attribute("data-state", "other", timeout=60_000)
    expect(page.locator(".room-lost")).to_have_value(f"# main.py\n{PROGRAM}# mine\n")
    assert text_of(guest) == PROGRAM
    assert together.product.call(authors, together.room) == []


def test_an_input_method_goes_on_while_others_write_in_the_line(together: Together) -> None:
    composes, writes = together.owner(), together.guest("Ann", **PHONE)
    third = together.guest("Bea")
    type_at_end(composes, "# ")
    wait_for_text(writes, f"{PROGRAM}# ")
    keyboard = composes.context.new_cdp_session(composes)
    keyboard.send("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})
    type_at_end(writes, "")
    writes.keyboard.press("Home")
    writes.keyboard.type("## ")
    wait_for_text(third, f"{PROGRAM}## # ni")  # so the one who composes has been told
    keyboard.send(
        "Input.imeSetComposition", {"text": "nih", "selectionStart": 3, "selectionEnd": 3}
    )
    keyboard.send("Input.insertText", {"text": "你好"})
    for page in (composes, writes):
        wait_for_text(page, f"{PROGRAM}## # 你好")
    composes.keyboard.type(" ok")
    wait_for_text(writes, f"{PROGRAM}## # 你好 ok")


def test_a_cursor_is_where_its_owner_has_it_after_undo(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    type_at_end(owner, "# undone")
    wait_for_text(guest, f"{PROGRAM}# undone")
    owner.keyboard.press("Control+Home")
    guest.wait_for_function(f"() => ({CARET})() === 0")
    owner.keyboard.press("Control+z")
    wait_for_text(guest, PROGRAM)
    guest.wait_for_function(f"(at) => ({CARET})() === at", arg=len(PROGRAM))


def test_a_name_stays_at_its_cursor_while_somebody_types(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann")
    type_at_end(owner, "# a comment")
    wait_for_text(guest, f"{PROGRAM}# a comment")
    guest.wait_for_function("""() => {
        const [name, caret] = [".room-label", ".room-caret"].map((part) =>
            document.querySelector(part)?.getBoundingClientRect());
        return name && caret && Math.abs(name.left - caret.left) < 4
            && Math.abs(name.bottom - caret.top) < 4;
    }""")


@pytest.mark.parametrize("who", ["phone", "desktop"])
def test_the_own_cursor_stays_at_its_letter(together: Together, who: str) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    stays, writes = (guest, owner) if who == "phone" else (owner, guest)
    type_at_end(stays, "abc")
    stays.keyboard.press("ArrowLeft")
    wait_for_text(writes, f"{PROGRAM}abc")
    type_at_end(writes, "")
    writes.keyboard.press("Control+Home")
    writes.keyboard.type("# above\n# it\n")
    wait_for_text(stays, f"# above\n# it\n{PROGRAM}abc")
    stays.keyboard.type("-")
    for page in (stays, writes):
        wait_for_text(page, f"# above\n# it\n{PROGRAM}ab-c")


def test_who_comes_late_sees_a_full_screen_program_as_it_is(together: Together) -> None:
    owner = together.owner()
    owner.evaluate("(text) => coderunner.setText(text)", BOARD)
    expect(owner.locator("#room-saved")).to_have_attribute("data-state", "saved")
    owner.get_by_test_id("run").click()
    wait_for_output(owner, "player 1")
    late = together.guest("Ann", **PHONE)
    wait_for_output(late, "player 1")
    screens = [str(page.evaluate("() => coderunner.terminalText()")) for page in (owner, late)]
    assert [line.rstrip() for line in screens[1].splitlines()[2:5]] == [
        "    Board", "", "        player 1",
    ]  # fmt: skip
    assert screens[0].rstrip().splitlines()[2:5] == screens[1].rstrip().splitlines()[2:5]
    owner.get_by_test_id("terminal").click()
    owner.keyboard.press("Enter")
    for page in (owner, late):
        wait_for_output(page, "over")
    assert together.product.call(saved_text, together.room) == BOARD
