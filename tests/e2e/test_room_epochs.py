"""A room begins its document anew: what pages have written stays, and nothing is there twice."""

from playwright.sync_api import Page, expect

from tests.e2e.room_pages import (
    PHONE,
    PROGRAM,
    Together,
    saved_text,
    type_at_end,
    wait_for_text,
)
from tests.e2e.severable import Severable

PIECE_BYTES = 60_000


def fill(room: int) -> list[int]:
    """In a process of the site: by typing and deleting again, until merged updates begin a new
    document. The epoch before, and the bytes of the updates."""
    from runner.models import Room
    from runner.rooms import store
    from runner.rooms.saving import NEARLY_FULL
    from tests.a_copy import Copy

    found, copy = Room.objects.select_related("owner").get(pk=room), Copy()
    for update in store.since(room, 0)[1]:
        copy.take(update.data)
    while found.log_bytes < NEARLY_FULL - 2 * PIECE_BYTES:
        typed = copy.type(0, "x" * PIECE_BYTES)
        for data in (typed, copy.delete(0, PIECE_BYTES)):
            store.append(room, found.epoch, found.owner, data)
        found.refresh_from_db()
    return [found.epoch, found.log_bytes]


def begin_anew(together: Together) -> None:
    page = together.page(together.owner_user)
    page.goto(f"{together.address}people/")
    page.get_by_role("button", name="Begin anew from the saved text").click()
    together.wait_until_open(page)


def saved(page: Page) -> None:
    expect(page.locator("#room-saved")).to_have_attribute("data-state", "saved", timeout=30_000)


def test_pages_go_on_in_a_new_document(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    type_at_end(owner, "# before\n")
    wait_for_text(guest, f"{PROGRAM}# before\n")
    saved(owner)
    begin_anew(together)
    type_at_end(guest, "# after\n")
    for page in (owner, guest):
        wait_for_text(page, f"{PROGRAM}# before\n# after\n")
        saved(page)
        expect(page.locator(".room-lost")).to_have_count(0)
    # Undo ends where the document began: what was there before is no change of anybody's.
    owner.get_by_role("button", name="Undo my last change").click()
    wait_for_text(owner, f"{PROGRAM}# before\n# after\n")
    assert together.product.call(saved_text, together.room) == f"{PROGRAM}# before\n# after\n"


def test_who_was_away_meanwhile_gets_the_own_text_to_copy(together: Together) -> None:
    """It is of another document: merging the two would double the text."""
    owner, connection = together.owner(), Severable(together.server.port)
    guest = together.guest("Ann", connection.url, **PHONE)
    saved(owner)
    connection.cut()
    expect(guest.get_by_test_id("connection")).to_have_attribute("data-state", "reconnecting")
    type_at_end(guest, "# away\n")
    begin_anew(together)
    connection.mend()
    lost = guest.locator(".room-lost")
    expect(lost).to_have_value(f"# main.py\n{PROGRAM}# away\n", timeout=60_000)
    wait_for_text(guest, PROGRAM)
    type_at_end(guest, "# here\n")
    for page in (owner, guest):
        wait_for_text(page, f"{PROGRAM}# here\n")
    guest.get_by_role("button", name="Close").click()
    expect(lost).to_have_count(0)


def test_a_room_with_megabytes_of_updates_opens_and_begins_anew_by_itself(
    together: Together,
) -> None:
    epoch, log_bytes = together.product.call(fill, together.room)
    assert epoch == 1
    assert log_bytes > 2_000_000
    guest = together.guest("Ann", **PHONE)
    wait_for_text(guest, PROGRAM)
    owner = together.owner()
    type_at_end(owner, "# still there\n")
    wait_for_text(guest, f"{PROGRAM}# still there\n")
    saved(guest)
    assert together.product.call(saved_text, together.room) == f"{PROGRAM}# still there\n"
