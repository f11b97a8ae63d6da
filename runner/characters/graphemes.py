"""Characters as people see them (UAX #29, extended grapheme clusters), and their columns. Pure.

A character takes two columns if one of its code points is wide (UAX #11), if it is a flag, if
U+FE0F asks for the emoji form, or if a vowel sign or a second consonant stands beside the first
letter; else one. What has no width of its own belongs to the character before.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

# Kinds of code points, as `scripts/character_kinds.py` writes them.
ORDINARY, WIDE, CONSONANT = " ", "w", "c"
MARK, PLAIN_MARK, LINKER, SPACING = "m", "x", "k", "s"  # LINKER: joins two consonants
JOINER, EMOJI_MARK, MODIFIER = "j", "v", "t"  # U+200D, U+FE0F, skin tones
FORMAT, PREPENDED, REGIONAL = "f", "p", "r"  # invisible; belongs to the next; half a flag
LEADING, VOWEL, TRAILING, SYLLABLE, CLOSED_SYLLABLE = "L", "V", "T", "H", "Z"  # of Hangul
PICTURE, WIDE_PICTURE = "i", "I"
EMOJI_BASE, EMOJI_PICTURE = "e", "E"  # narrow, and wide before U+FE0F
FLAG = "R"  # after the second half

LONGEST = 256  # code points that are looked at to find the last character

_ALWAYS_JOINS = frozenset((MARK, PLAIN_MARK, LINKER, SPACING, JOINER, EMOJI_MARK, FORMAT))
_TWO_COLUMNS = frozenset((WIDE, WIDE_PICTURE, LEADING, SYLLABLE, CLOSED_SYLLABLE, MODIFIER))
_PICTURES = frozenset((PICTURE, WIDE_PICTURE, EMOJI_PICTURE))
_HANGUL = {
    LEADING: (LEADING, VOWEL, SYLLABLE, CLOSED_SYLLABLE),
    VOWEL: (VOWEL, TRAILING),
    SYLLABLE: (VOWEL, TRAILING),
    TRAILING: (TRAILING,),
    CLOSED_SYLLABLE: (TRAILING,),
}
_FIRST_SYLLABLE, _AFTER_SYLLABLES, _SYLLABLES_OF_A_VOWEL = 0xAC00, 0xD7A4, 28


class Character(NamedTuple):
    text: str  # its code points
    columns: int  # 1 or 2


class _Before(NamedTuple):
    """What precedes a code point within its character."""

    kind: str
    columns: int
    picture: str = ""  # a picture with its marks; then also a JOINER
    conjunct: str = ""  # a CONSONANT with its marks; then also a LINKER


def characters(text: str) -> Iterator[Character]:
    """The characters of a text without control characters.

    A mark at the beginning, with nothing to stand on, is a character of one column.
    """
    start, before = 0, None
    for at, sign in enumerate(text):
        after = _joined(before, _kind(sign))
        if after is None:
            if before is not None:
                yield Character(text[start:at], before.columns)
            start, after = at, _first(_kind(sign))
        before = after
    if before is not None:
        yield Character(text[start:], before.columns)


def last_character(text: str) -> str:
    """The code points of the last character of `text`; empty if there is none."""
    last = Character("", 0)
    for last in characters(text[-LONGEST:]):  # noqa: B007  only the last one is wanted
        pass
    return last.text


def _first(kind: str) -> _Before:
    columns = 2 if kind in _TWO_COLUMNS else 1
    picture = PICTURE if kind in _PICTURES else ""
    return _Before(kind, columns, picture, CONSONANT if kind == CONSONANT else "")


def _joined(before: _Before | None, kind: str) -> _Before | None:
    """The character with one more code point; None if that begins another character."""
    if before is None:
        return None
    if kind in _ALWAYS_JOINS:
        return _with_mark(before, kind)
    own = _first(kind)
    columns = max(before.columns, own.columns)
    if before.kind == FORMAT:
        return None
    if kind == MODIFIER:
        return before._replace(kind=kind, columns=2) if before.picture == PICTURE else None
    if before.kind == PREPENDED or kind in _HANGUL.get(before.kind, ()):
        return own._replace(columns=columns)
    if before.picture == JOINER and kind in _PICTURES:
        return own._replace(columns=columns)
    if before.conjunct == LINKER and kind == CONSONANT:
        return own._replace(columns=2)
    if before.kind == kind == REGIONAL:
        return own._replace(kind=FLAG, columns=2)
    return None


def _with_mark(before: _Before, kind: str) -> _Before:
    if kind == FORMAT:
        return _Before(FORMAT, before.columns)
    columns, picture, conjunct = before.columns, before.picture, before.conjunct
    widens = kind == EMOJI_MARK and before.kind in (EMOJI_BASE, EMOJI_PICTURE)
    if widens or (kind == SPACING and before.kind != FORMAT):
        columns = 2
    if kind in (JOINER, SPACING) or picture == JOINER:
        picture = JOINER if kind == JOINER and picture == PICTURE else ""
    if kind == LINKER and conjunct:
        conjunct = LINKER
    elif kind in (PLAIN_MARK, SPACING):
        conjunct = ""
    return _Before(kind, columns, picture, conjunct)


@lru_cache(maxsize=4096)
def _kind(sign: str) -> str:
    code = ord(sign)
    if _FIRST_SYLLABLE <= code < _AFTER_SYLLABLES:
        closed = (code - _FIRST_SYLLABLE) % _SYLLABLES_OF_A_VOWEL
        return CLOSED_SYLLABLE if closed else SYLLABLE
    starts, stops, kinds = _table()
    at = bisect_right(starts, code) - 1
    return kinds[at] if at >= 0 and code < stops[at] else ORDINARY


@lru_cache(maxsize=1)
def _table() -> tuple[list[int], list[int], str]:
    """Where each run of code points of one kind begins and ends."""
    runs = (files("runner.characters") / "kinds.txt").read_text("utf-8").split()
    starts: list[int] = []
    stops: list[int] = []
    kinds = []
    ended = 0
    for run in runs:
        numbers, kind = run.split(":")
        gap, length = (int(number, 16) for number in numbers.split(","))
        starts.append(ended + gap)
        ended = starts[-1] + length
        stops.append(ended)
        kinds.append(kind)
    return starts, stops, "".join(kinds)
