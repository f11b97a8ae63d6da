"""A room in two browsers: an owner at a desktop, and a guest with a phone."""

from playwright.sync_api import expect

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


def test_a_desktop_and_a_phone_write_together_and_each_undoes_its_own(together: Together) -> None:
    owner = together.owner()
    guest = together.guest("Ann", **PHONE)
    for page in (owner, guest):
        expect(page.get_by_test_id("people").locator("li")).to_have_count(2)
    type_at_end(owner, "# by the owner\n")
    wait_for_text(guest, PROGRAM + "# by the owner\n")
    type_at_end(guest, "# by Ann\n")
    wait_for_text(owner, PROGRAM + "# by the owner\n# by Ann\n")
    expect(owner.locator(".room-label")).to_contain_text("Ann")
    owner.get_by_test_id("editor").locator(".view-lines").click()
    owner.keyboard.press("Control+z")
    wait_for_text(owner, PROGRAM + "# by Ann\n")
    wait_for_text(guest, PROGRAM + "# by Ann\n")
    expect(owner.locator("#room-saved")).to_have_attribute("data-state", "saved")
    assert together.product.call(saved_text, together.room) == text_of(guest)


def test_what_is_written_without_a_connection_is_merged(together: Together) -> None:
    owner = together.owner()
    connection = Severable(together.server.port)
    guest = together.guest("Ann", connection.url, **PHONE)
    connection.cut()
    type_at_end(guest, "# offline\n")
    type_at_end(owner, "# online\n")
    wait_for_text(owner, PROGRAM + "# online\n")
    connection.mend()
    owner.wait_for_function("() => coderunner.getText().includes('# offline')", timeout=60_000)
    wait_for_text(guest, text_of(owner))


def test_files_are_added_renamed_and_removed_for_all(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    owner.get_by_role("button", name="Add a file").click()
    owner.get_by_label("Name of the file").fill("data.txt")
    owner.keyboard.press("Enter")
    expect(guest.get_by_role("button", name="data.txt", exact=True)).to_be_visible()
    type_at_end(owner, "1 2 3")
    owner.get_by_role("button", name="Rename data.txt").click()
    owner.get_by_label("Name of the file").fill("numbers.txt")
    owner.keyboard.press("Enter")
    guest.get_by_role("button", name="numbers.txt", exact=True).click()
    wait_for_text(guest, "1 2 3")
    owner.on("dialog", lambda dialog: dialog.accept())
    owner.get_by_role("button", name="Remove numbers.txt").click()
    expect(guest.get_by_role("button", name="numbers.txt", exact=True)).to_have_count(0)
    wait_for_text(guest, PROGRAM)


def test_one_terminal_is_shown_to_all_and_the_keyboard_goes_round(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    expect(guest.get_by_test_id("run")).to_have_count(0)  # guests start no programs
    guest.get_by_role("button", name="Terminal").click()
    owner.get_by_test_id("run").click()
    for page in (owner, guest):
        wait_for_output(page, "Name:")
    guest.locator("[data-does=request_control]").click()
    grant = owner.locator("[data-does=grant_control]")
    expect(grant).to_contain_text("Ann")
    grant.click()
    expect(guest.locator("#room-control")).to_contain_text("You type")
    owner.get_by_test_id("terminal").click()
    owner.keyboard.type("nobody reads this\n")  # the owner has lent the keyboard
    guest.get_by_test_id("terminal").locator("textarea").focus()
    guest.keyboard.type("Grace\n")
    for page in (owner, guest):
        wait_for_output(page, "Hello Grace")
        expect(page.get_by_test_id("run-state")).to_have_attribute("data-state", "finished")
    assert "nobody" not in owner.evaluate("() => coderunner.terminalText()")


def test_a_chat_is_plain_text(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann <b>", **PHONE)
    guest.get_by_role("button", name="Chat").click()
    guest.locator("#room-say input").fill("<img src=x onerror=alert(1)>")
    guest.keyboard.press("Enter")
    line = owner.get_by_test_id("chat").locator("li")
    expect(line).to_contain_text("<img src=x onerror=alert(1)>")
    expect(line).to_contain_text("Ann <b>")
    expect(line.locator("img")).to_have_count(0)


def test_a_link_that_is_made_on_the_page_of_people_lets_a_guest_in(together: Together) -> None:
    owner, guest = together.page(together.owner_user), together.page(None, **PHONE)
    owner.goto(f"{together.address}people/")
    links = owner.get_by_test_id("guest-link")
    known = links.count()
    owner.get_by_test_id("invite-guest").click()
    expect(links).to_have_count(known + 1)
    guest.goto(links.first.input_value())
    guest.locator("input[name=name]").fill("Bea")
    guest.get_by_role("button", name="Join").click()
    together.wait_until_open(guest)


def test_a_removed_guest_leaves_within_three_seconds(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    owner.get_by_test_id("invite").click()
    owner.get_by_role("button", name="Remove").first.click()
    expect(guest.get_by_test_id("connection")).to_have_attribute(
        "data-state", "refused", timeout=10_000
    )
    guest.goto(together.address)
    expect(guest).to_have_url(f"{together.server.url}/accounts/login/?next=/rooms/{together.room}/")


def test_a_link_is_renewed_and_revoked_and_a_removed_guest_let_in_again(
    together: Together,
) -> None:
    guest, people = together.guest("Ann"), together.page(together.owner_user)
    people.goto(f"{together.address}people/")
    people.get_by_role("button", name="Remove Ann").click()
    expect(people.get_by_test_id("removed-guests").locator("li")).to_contain_text("Ann")
    expect(guest.get_by_test_id("connection")).to_have_attribute("data-state", "refused")
    people.get_by_role("button", name="Let in again: Ann").click()
    expect(people.get_by_test_id("removed-guests")).to_have_count(0)
    guest.reload()
    together.wait_until_open(guest)
    people.get_by_test_id("renew-link").click()
    expect(people.locator(".notice, .messages").first).to_contain_text("The link is renewed.")
    people.get_by_test_id("revoke-link").click()
    expect(people.get_by_test_id("guest-link")).to_have_count(0)
