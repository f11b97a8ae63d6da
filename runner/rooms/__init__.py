"""Rooms: a snippet that several people edit together (decision 090).

The server keeps no documents. `store.py` numbers and stores updates, `saving.py` writes their text
to the snippet, `desk.py` is one open page, `keeper.py` repeats what may have been lost, `guests.py`
admits people without an account. Other packages use the names listed here.
"""

from runner.rooms.consumer import RoomConsumer
from runner.rooms.deadline import end_all_runs, end_runs
from runner.rooms.guests import (
    LINK_HOURS,
    TicketAuth,
    check_room_for_one_more,
    forget_guests,
    invite,
    remove,
    removed_guests,
    token_of,
    valid_links,
)
from runner.rooms.past import PastUpdate
from runner.rooms.past import read as read_past
from runner.rooms.people import admit_again, change_link, say_removed
from runner.rooms.saving import program_of, save_text
from runner.rooms.store import make_room, name_of
from runner.rooms.terminal import RoomTerminal

__all__ = [
    "LINK_HOURS",
    "PastUpdate",
    "RoomConsumer",
    "RoomTerminal",
    "TicketAuth",
    "admit_again",
    "change_link",
    "check_room_for_one_more",
    "end_all_runs",
    "end_runs",
    "forget_guests",
    "invite",
    "make_room",
    "name_of",
    "program_of",
    "read_past",
    "remove",
    "removed_guests",
    "save_text",
    "say_removed",
    "token_of",
    "valid_links",
]
