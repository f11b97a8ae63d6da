"""Terminal output as plain text for reading. Pure.

What a terminal would show line by line: colours and cursor tricks are gone, a line that was
overwritten (progress bars, corrected typing) shows its last state. Screens drawn by moving the
cursor up or to a place are not redrawn; the recording replays those.

Every step is linear in the length of the output: programs of students, and of attackers, write it.
"""

import re

from runner.history.edited_line import edited

_ESCAPES = re.compile(
    r"\x1b(?:"
    r"\[[0-?]*+[ -/]*+[@-~]"  # CSI: colours, cursor, erasing
    r"|[\]PX^_][^\x1b\x07]*+(?:\x07|\x1b\\)?"  # OSC, DCS, SOS, PM, APC: a string and its end
    r"|[ -/]*+[0-~]"  # all others
    r")?"
)
# What editing a line consists of: erase to its end, erase it, go left. Only these are kept.
_LINE_EDIT = re.compile(r"\x1b\[[0-9]{0,4}[KD]")
_EDITED = re.compile(r"[\x1b\r\b]")

PIECE_CHARACTERS = 32 * 1024

# Not shown: the C0 and C1 control characters but tab, newline and those that edit a line.
_CONTROLS = {
    code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r\b\x1b"
}


def plain_text(output: bytes | memoryview) -> str:
    """`output` without control sequences; bytes that are not UTF-8 become U+FFFD."""
    text = _ESCAPES.sub(_keep_line_edit, bytes(output).decode(errors="replace"))
    # In pieces: Python's lock is held during one, and terminals wait for it.
    pieces = (text[at : at + PIECE_CHARACTERS] for at in range(0, len(text), PIECE_CHARACTERS))
    lines = "".join(piece.translate(_CONTROLS) for piece in pieces).split("\n")
    return "\n".join(_last_state(line.rstrip("\r")) for line in lines)


def _keep_line_edit(escape: re.Match[str]) -> str:
    return escape[0] if _LINE_EDIT.fullmatch(escape[0]) else ""


def _last_state(line: str) -> str:
    """The line after its carriage returns, backspaces and erasures."""
    return edited(line) if _EDITED.search(line) else line
