"""What users of other products for writing together report: lost pastes, silent losses, strangers
with a known name, controls that vanish under a press."""

from typing import Any

from playwright.sync_api import Page, WebSocketRoute, expect

from runner.protocol.paths import MAX_SOURCE_BYTES
from tests.e2e.room_pages import (
    PHONE,
    PROGRAM,
    Together,
    paste_at_end,
    saved_text,
    text_of,
    type_at_end,
    wait_for_text,
)
from tests.e2e.severable import Severable

LONG = "".join(f"print({number:05d}, 'straße')\n" for number in range(4000))  # over 64 KiB
TOO_MUCH = f"{'#' * 79}\n" * (MAX_SOURCE_BYTES // 80 + 1)
FULL_CODE = 4409
TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}}


def saved(page: Page) -> Any:
    return expect(page.locator("#room-saved"))


def test_a_long_paste_reaches_everybody_from_either_editor(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    paste_at_end(owner, LONG)
    wait_for_text(guest, PROGRAM + LONG)
    paste_at_end(guest, LONG)
    wait_for_text(owner, PROGRAM + LONG + LONG)
    for page in (owner, guest):
        saved(page).to_have_attribute("data-state", "saved", timeout=30_000)
        expect(page.locator(".room-lost")).to_have_count(0)
    assert together.product.call(saved_text, together.room) == PROGRAM + LONG + LONG


def test_what_cannot_be_saved_is_said_so_until_it_can(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    paste_at_end(owner, TOO_MUCH)
    for page in (owner, guest):
        saved(page).to_have_attribute("data-state", "problem", timeout=60_000)
        saved(page).to_contain_text("Not saved: the files are too many or too large.")
    owner.get_by_role("button", name="Undo my last change").click()
    for page in (owner, guest):
        wait_for_text(page, PROGRAM)
        saved(page).to_have_attribute("data-state", "saved", timeout=30_000)
    assert together.product.call(saved_text, together.room) == PROGRAM


def test_who_leaves_with_text_that_nobody_has_is_asked(together: Together) -> None:
    connection = Severable(together.server.port)
    guest = together.guest("Ann", connection.url, **PHONE)
    connection.cut()
    expect(guest.get_by_test_id("connection")).to_have_attribute("data-state", "reconnecting")
    expect(guest.get_by_test_id("connection")).to_be_in_viewport()
    type_at_end(guest, "# offline\n")
    with guest.expect_event("dialog") as asked:
        guest.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    connection.mend()
    saved(guest).to_have_attribute("data-state", "saved", timeout=60_000)
    assert together.product.call(saved_text, together.room) == f"{PROGRAM}# offline\n"
    with guest.expect_event("close"):  # nobody is asked
        guest.close(run_before_unload=True)


def test_who_undoes_what_is_out_of_sight_sees_it(together: Together) -> None:
    owner = together.owner()
    paste_at_end(owner, "# a line\n" * 300)
    saved(owner).to_have_attribute("data-state", "saved")
    type_at_end(owner, "# the last")
    owner.keyboard.press("ControlOrMeta+Home")
    last = owner.get_by_test_id("editor").locator(".line-numbers", has_text="303")
    expect(last).to_have_count(0)
    owner.keyboard.press("ControlOrMeta+z")
    expect(last).to_be_visible()
    assert text_of(owner) == PROGRAM + "# a line\n" * 300


def test_a_guest_who_takes_a_members_name_is_still_a_guest(together: Together) -> None:
    owner = together.owner()
    name = together.owner_user.username
    guest = together.guest(name, **TABLET)
    person = owner.get_by_test_id("people").get_by_role("button")
    expect(person).to_have_text(f"{name} (guest)")
    type_at_end(guest, "# hello\n")
    expect(owner.locator(".room-label")).to_have_text(f"{name} (guest)")
    guest.locator("#room-say input").fill("I am the owner")
    guest.keyboard.press("Enter")
    expect(owner.get_by_test_id("chat").locator(".room-who")).to_contain_text(f"{name} (guest)")


def test_who_sees_another_pane_is_told_of_lines_of_the_chat(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    for line in ("first", "second"):
        owner.locator("#room-say input").fill(line)
        owner.keyboard.press("Enter")
        expect(owner.get_by_test_id("chat")).to_contain_text(line)
    chat = guest.get_by_role("button", name="Chat")
    expect(chat).to_have_text("Chat 2 new")
    chat.click()
    expect(guest.get_by_test_id("chat").get_by_text("second")).to_be_visible()
    expect(guest.locator("#room-unread")).to_be_hidden()
    guest.locator("#room-say input").fill("my draft")
    owner.locator("#room-say input").fill("third")
    owner.keyboard.press("Enter")
    expect(guest.get_by_test_id("chat").get_by_text("third")).to_be_visible()
    expect(guest.locator("#room-say input")).to_have_value("my draft")
    guest.reload()
    together.wait_until_open(guest)
    expect(guest.get_by_test_id("chat")).to_contain_text("third")
    expect(guest.locator("#room-unread")).to_be_hidden()  # it was said before


def test_who_uses_the_keyboard_stays_on_the_control(together: Together) -> None:
    owner = together.owner()
    together.guest("Ann", **PHONE)
    owner.get_by_role("button", name="Add a file").click()
    owner.get_by_label("Name of the file").fill("data.txt")
    owner.keyboard.press("Enter")
    tab = owner.get_by_role("button", name="data.txt", exact=True)
    expect(tab).to_be_focused()
    other = owner.get_by_role("button", name="main.py", exact=True)
    other.focus()
    owner.keyboard.press("Enter")
    expect(other).to_be_focused()
    expect(other).to_have_attribute("aria-pressed", "true")
    person = owner.get_by_test_id("people").get_by_role("button", name="Ann")
    person.focus()
    owner.keyboard.press("Enter")
    expect(person).to_be_focused()
    expect(person).to_have_attribute("aria-pressed", "true")


def test_a_room_that_is_full_says_so_and_lets_in_later(together: Together) -> None:
    full = [True]

    def answer(socket: WebSocketRoute) -> None:
        if full[0]:
            socket.close(code=FULL_CODE)
        else:
            socket.connect_to_server()

    page = together.page(together.owner_user)
    page.route_web_socket("**/ws/room/*/", answer)
    page.goto(together.address)
    connection = page.get_by_test_id("connection")
    expect(connection).to_have_attribute("data-state", "full")
    expect(connection).to_contain_text("This room is full.")
    full[0] = False
    together.wait_until_open(page)
