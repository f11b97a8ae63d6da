"""Interviews: a candidate writes in a room while a timer runs (decision 092).

`store.py` begins, ends and deletes them, `testing.py` runs test cases with the candidate's program,
`playback.py` tells how it was written. `retention.py` and pages import what they need: executors
load this package, and need none of that.
"""

from runner.interviews.own_data import OWN_INTERVIEWS, OWN_LINES

__all__ = ["OWN_INTERVIEWS", "OWN_LINES"]
