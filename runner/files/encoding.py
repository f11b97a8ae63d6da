"""In which encoding bytes are text, as far as that can be known. Pure.

Programs in Python read UTF-8 unless they say otherwise, and spreadsheets of Windows write
Windows-1252 or UTF-16: who is told which one it is can write `encoding="cp1252"`.
"""

import codecs

# By the names that Python's `open()` takes. Longer marks come first.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOOKED_AT = 1 << 20  # bytes: of a longer file the rest is like its beginning
# What no text has, but files of programs: control characters other than tab, line ends and escape,
# and the end of a text of DOS.
CONTROLS = frozenset(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27}
# Letters and signs of Western languages in Windows-1252, beside ASCII.
UNDEFINED_IN_CP1252 = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})


def detect(data: bytes | memoryview) -> str:
    """`utf-8`, `utf-8-sig`, `utf-16`, `utf-32`, `cp1252` or `latin-1`; empty: this is no text.

    ASCII is UTF-8. A file with zeros in every other byte is UTF-16 without a mark.
    """
    head, whole = bytes(data[:LOOKED_AT]), len(data) <= LOOKED_AT
    for mark, name in MARKS:
        if head.startswith(mark):
            return name if _decodes(head, name, whole) else ""
    if head and (wide := _without_mark(head, whole)):
        return wide
    if not CONTROLS.isdisjoint(head):
        return ""
    if _decodes(head, "utf-8", whole):
        return "utf-8"
    return "latin-1" if not UNDEFINED_IN_CP1252.isdisjoint(head) else "cp1252"


def text_of(data: bytes | memoryview, encoding: str) -> str:
    """Of the beginning of a file, which may end within a character."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(bytes(data))


def _decodes(head: bytes, encoding: str, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head, whole)
    except UnicodeDecodeError:
        return False
    return True


def _without_mark(head: bytes, whole: bool) -> str:
    """By where the zeros are, in text that is mostly ASCII."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half < 2:
        return ""
    for zeros, others, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros > half * 0.7 and others == 0 and _decodes(head, name, whole):
            return name
    return ""
