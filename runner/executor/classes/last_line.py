"""The last line of a terminal's output, as text for a small place. Pure."""

import re

from runner.protocol.classes.messages import LINE_CHARACTERS

TAIL_BYTES = 2048  # of the end of the output; a longer line is cut at its beginning
# Sequences of ECMA-48: CSI, strings (OSC, DCS, APC, PM, SOS), and those of two characters.
_SEQUENCES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*(?:[@-~]|$)|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])?"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def last_line(output: bytes) -> str:
    """Of the end of some output, the last line with something in it. What a carriage return
    overwrites is not in it, and no character that could disturb the text around it."""
    text = _SEQUENCES.sub("", output.decode("utf-8", errors="ignore")).replace("\r\n", "\n")
    for line in reversed(text.split("\n")):
        parts = [_CONTROLS.sub("", part).strip() for part in line.split("\r")]
        if shown := next((part for part in reversed(parts) if part), ""):
            return shown.replace("\t", " ")[-LINE_CHARACTERS:]
    return ""
