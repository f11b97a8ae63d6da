"""Parts of `runner/access.py`, which offers them to others: rooms, passes of sockets."""
