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
# At the beginning, or after what may end a cell, with what is left out before a cell.
FORMULA = re.compile(rf"(^|[;,\t\r\n|])([\s\"']*)(?=[{SIGNS}])")


def cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if _is_number(text) else FORMULA.sub(r"\1\2'", text)


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
