"""A hostile member of a room: what the server lets through of ten thousand mutated updates ends no
page of the others."""

import json
import random
from itertools import islice

from playwright.sync_api import expect
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from runner.protocol.rooms.frames import SENT_HEADER_BYTES
from tests.a_copy import Copy
from tests.cast import SignedIn
from tests.e2e.room_pages import PHONE, Together, wait_for_text
from tests.mutations import mutated

MUTATED = 300
TOLD_HEADER_BYTES = 13


def admit(room: int, user: str) -> None:
    """In a process of the site: as an editor."""
    from accounts.models import User
    from runner.models import Room
    from tests.a_room import admitted

    admitted(Room.objects.get(pk=room), User.objects.get(username=user))


def open_socket(together: Together, user: SignedIn) -> ClientConnection:
    return connect(
        f"{together.server.url.replace('http', 'ws', 1)}/ws/room/{together.room}/",
        origin=Origin(together.server.url),
        additional_headers={"Cookie": user.cookie},
        max_size=None,
        proxy=None,
    )


def send_mutated(together: Together, user: SignedIn) -> int:
    """How many of them the server has taken."""
    chance, copy = random.Random(24), Copy()
    with open_socket(together, user) as socket:
        epoch = int(json.loads(socket.recv(10))["epoch"])
        socket.send(json.dumps({"type": "sync", "epoch": epoch, "seq": 0}))
        while isinstance(frame := socket.recv(10), str):
            pass
        seed = frame[TOLD_HEADER_BYTES:]
        copy.take(seed)
        good = [seed, *(copy.type(chance.randrange(5), "abc🙂") for _ in range(20))]
        good.append(copy.delete(2, 9))
        for number, update in enumerate(islice(mutated(chance, good), MUTATED), 1):
            head = b"\x01" + epoch.to_bytes(4, "big") + number.to_bytes(4, "big")
            assert len(head) == SENT_HEADER_BYTES
            socket.send(head + update)
        answers: list[str] = []
        while len(answers) < MUTATED:
            if isinstance(frame := socket.recv(30), str):
                kind = json.loads(frame)["type"]
                answers += [kind] if kind in {"confirmed", "error"} else []
    return answers.count("confirmed")


def test_pages_go_on_after_mutated_updates(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    attacker = together.users.student()
    together.product.call(admit, together.room, attacker.username)
    assert 10 < send_mutated(together, attacker) < MUTATED
    owner.get_by_role("button", name="Add a file").click()
    owner.get_by_label("Name of the file").fill("alive.txt")
    owner.keyboard.press("Enter")
    owner.get_by_test_id("editor").locator(".view-lines").click()
    owner.keyboard.type("still here")
    guest.get_by_role("button", name="alive.txt", exact=True).click()
    wait_for_text(guest, "still here")
    guest.reload()
    together.wait_until_open(guest)
    guest.get_by_role("button", name="alive.txt", exact=True).click()
    wait_for_text(guest, "still here")
    expect(owner.get_by_test_id("connection")).to_have_attribute("data-state", "connected")
