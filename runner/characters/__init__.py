"""What a character is, and how many columns of a terminal it takes. Pure.

The page has the same rules in `static/src/common/screen/character_widths.ts`, and a test compares
the two.
"""

from runner.characters.graphemes import Character, characters, last_character

__all__ = ["Character", "characters", "last_character"]
