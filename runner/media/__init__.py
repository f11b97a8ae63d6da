"""What programs hand over beside text, as far as it can be known without drawing it. Pure.

Nothing is believed that a program says of it: pictures and sounds are what their first bytes show,
within sizes that browsers can draw, and names are cleaned.
"""

from runner.media.kinds import INLINE, KINDS, Kind, Media, NotAccepted, inspect
from runner.media.names import clean_name
from runner.media.pictures import Bytes

__all__ = ["INLINE", "KINDS", "Bytes", "Kind", "Media", "NotAccepted", "clean_name", "inspect"]
