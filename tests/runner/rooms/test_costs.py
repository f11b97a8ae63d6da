"""What one member costs: on however many pages, and however an update is made."""

import pytest
from django.conf import settings

from accounts.models import User
from runner.models import Room, RoomRole
from runner.protocol.refusals import BadMessage
from runner.rooms.reading import check_shape
from runner.rooms.reading.costs import COST_PARTS, Costs
from runner.terminal import Rates
from tests.a_room import a_room, admitted
from tests.runner.rooms.conftest import Opens, synced
from tests.runner.rooms.test_hostile_documents import SEED, number, update

GARBAGE = 30_000  # structs of two bytes: looking at them takes a fifth of a second
OF_GARBAGE = b"\x01" + number(GARBAGE) + b"\x01\x00" + b"\x00\x01" * GARBAGE
VALUES = update((8, number(GARBAGE) + b"\x7f" * GARBAGE))
RANGES = b"\x00\x01\x01" + number(GARBAGE) + b"\x01\x01" * GARBAGE
COSTLY = {
    "structs": OF_GARBAGE + b"\x00",
    "values": VALUES,
    "ranges": RANGES,
    "structs, and then no update": OF_GARBAGE + b"\x01",
}


def rates() -> Rates:
    return Rates(settings.LIMITS)


@pytest.mark.parametrize("made_of", list(COSTLY)[:3])
def test_the_parts_of_an_update_are_counted(made_of: str) -> None:
    assert check_shape(COSTLY[made_of]) == pytest.approx(GARBAGE, abs=3)
    assert check_shape(SEED) < 20


@pytest.mark.parametrize("made_of", COSTLY)
async def test_who_sends_many_parts_waits_on_all_pages(made_of: str) -> None:
    """64 KiB took a fifth of a second of the web worker, two of them a second were let in on each
    of twenty pages."""
    of_user = rates()
    pages = [Costs(room, of_user) for room in (1, 2)]
    try:
        await pages[0].look_at(COSTLY[made_of])
    except BadMessage:
        assert made_of == "structs, and then no update"
    updates = of_user.bucket("room updates", 0, 0)
    assert not updates.take()
    assert updates.wait_seconds > 0.8 * GARBAGE / COST_PARTS / 30


async def test_guests_pay_together_and_people_who_type_pay_nothing() -> None:
    first, second, elsewhere = Costs(1, rates()), Costs(1, rates()), Costs(2, rates())
    await first.look_at(COSTLY["structs"])
    assert second._of_room is first._of_room
    assert not second._of_room.take()
    assert elsewhere._of_room.take()
    await second.look_at(SEED)  # is not waited for


@pytest.mark.django_db(transaction=True)
async def test_a_second_page_has_no_rates_of_its_own(opens: Opens, transactional_db: None) -> None:
    from asgiref.sync import sync_to_async

    def cast() -> tuple[User, Room]:
        from tests.cast import someone

        ann = someone("ann")
        room = a_room(ann)
        admitted(room, bob := someone("bob"), RoomRole.VIEWER)
        return bob, room

    bob, room = await sync_to_async(cast)()
    pages = [await synced(opens, bob, room) for _ in range(2)]
    for page in pages:
        for _ in range(24):  # what one page may send at once
            await page.send("cursor", file="f0", anchor="", head="")
        await page.send("ping", id=1)
    for page in pages:
        await page.wait_for("pong")
    codes = [one["reason_code"] for one in pages[1].inbox if one["type"] == "error"]
    assert codes
    assert set(codes) == {"too_many_messages"}
