"""Which characters a name may have that people type and others read: titles, names of people.

Control characters and invisible ones, such as those that change the direction of text, let a name
look like another one in lists, logs and tables. What was stored before is shown as it is.
"""

import re
import unicodedata

# They join what stands beside them into one sign: families of emoji, letters of Persian or Hindi.
_JOINER = re.compile("(?<=[^\x00-\x7f\u200c\u200d])[\u200c\u200d](?=[^\x00-\x7f\u200c\u200d])")
# Signs that were added to Unicode after this Python have no category yet.
_PICTURES = range(0x1F000, 0x1FB00)


def is_printable(name: str) -> bool:
    """False if `name` has a character of category C (other), which shows nothing of its own."""
    return not any(_is_hidden(character) for character in _JOINER.sub("", name))


def printable(name: str) -> str:
    """`name` without such characters."""
    kept = "".join(
        character for character in name if character in "\u200c\u200d" or not _is_hidden(character)
    )
    return kept if is_printable(kept) else re.sub("[\u200c\u200d]", "", kept)


def _is_hidden(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "C" and not (category == "Cn" and ord(character) in _PICTURES)
