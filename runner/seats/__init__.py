"""Who a socket belongs to in a class, and the hand that a member raises there.

Terminals and the pages of a class use the names listed here.
"""

from runner.seats import hands
from runner.seats.own_data import OWN_QUESTIONS, forget_old
from runner.seats.seat import (
    NoSuchMember,
    Seat,
    is_quiet,
    joined,
    name_of,
    note_watching,
    records_writing,
    run_to_stop,
    seat_of,
    shown_name,
)

__all__ = [
    "OWN_QUESTIONS",
    "NoSuchMember",
    "Seat",
    "forget_old",
    "hands",
    "is_quiet",
    "joined",
    "name_of",
    "note_watching",
    "records_writing",
    "run_to_stop",
    "seat_of",
    "shown_name",
]
