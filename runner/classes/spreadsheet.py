"""Tables for spreadsheets, which take a cell that begins like a formula for one.

Where cells end is not ours to say: a spreadsheet in German splits a file at semicolons, one that is
asked to at tabs, and one in Japan knows the wide signs, too. So a formula may begin nowhere.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

SIGNS = "=+@\uff1d\uff0b\uff0d\uff20-"
ENDS = ";,\t\r\n|"  # of cells
# What stands before a sign: all of it, so that each character is looked at once.
BEFORE = re.compile(rf"(^|[^{ENDS}\s\"'])([{ENDS}\s\"']*+)(?=[{SIGNS}])")


def cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if _is_number(text) else BEFORE.sub(_as_text, text)


def _as_text(found: re.Match[str]) -> str:
    begins = not found[1] or not set(ENDS).isdisjoint(found[2])
    return found[0] + "'" if begins else found[0]


def line(row: Iterable[Any]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(map(cell, row))
    return text.getvalue()


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
