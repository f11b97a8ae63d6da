"""Files beside code: data that users have uploaded, and what programs have written.

Other packages use the names listed here and no module below.
"""

from runner.files.archives import BadArchive, Unpacked, packed, unpack
from runner.files.encoding import detect
from runner.files.placing import Placed, keep_changes, placed_in
from runner.files.preview import Preview, preview
from runner.files.ranges import ranged
from runner.files.served import ANYTHING, mime_of, preview_answer, protected, served
from runner.files.storage import (
    Missing,
    NotStored,
    content_of,
    forget_unused,
    remove_after_commit,
    stored_content,
)

__all__ = [
    "ANYTHING",
    "BadArchive",
    "Missing",
    "NotStored",
    "Placed",
    "Preview",
    "Unpacked",
    "content_of",
    "detect",
    "forget_unused",
    "keep_changes",
    "mime_of",
    "packed",
    "placed_in",
    "preview",
    "preview_answer",
    "protected",
    "ranged",
    "remove_after_commit",
    "served",
    "stored_content",
    "unpack",
]
