"""How a program becomes a queued run of a user, and what is not allowed in it."""
