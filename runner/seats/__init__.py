"""Who a socket belongs to in a class, and the hand that a member raises there.

Terminals and the pages of a class use the names listed here.
"""

from runner.seats import hands
from runner.seats.seat import (
    NoSuchMember,
    Seat,
    joined,
    name_of,
    note_watching,
    records_writing,
    run_to_stop,
    seat_of,
    shown_name,
)

__all__ = [
    "NoSuchMember",
    "Seat",
    "hands",
    "joined",
    "name_of",
    "note_watching",
    "records_writing",
    "run_to_stop",
    "seat_of",
    "shown_name",
]
