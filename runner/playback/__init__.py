"""How programs were written: edits that pages of a class send, kept as a bounded timeline.

Other packages use the names listed here. `timeline.py` is pure; `store.py` keeps timelines in rows.
"""

from runner.playback.own_data import OWN_WRITINGS
from runner.playback.store import forget_old, is_recorded

__all__ = ["OWN_WRITINGS", "forget_old", "is_recorded"]
