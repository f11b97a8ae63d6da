"""Classes: who is in them, in which role, and by which rules. Pages are in `runner/classes/`."""
