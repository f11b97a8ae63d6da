"""Rooms: a snippet that several people edit together (decision 090).

The server keeps no documents. `store.py` numbers and stores updates, `saving.py` writes their text
to the snippet, `desk.py` is one open page, `keeper.py` repeats what may have been lost, `guests.py`
admits people without an account. Other packages use the names listed here.
"""

from runner.rooms.consumer import RoomConsumer
from runner.rooms.guests import TicketAuth, forget_guests
from runner.rooms.terminal import RoomTerminal

__all__ = ["RoomConsumer", "RoomTerminal", "TicketAuth", "forget_guests"]
