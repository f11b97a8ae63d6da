"""Tables of rooms, and of interviews, which are held in rooms."""
