"""The beginning of a file, as text or as a table. Pure."""

import csv
import io
import re
from dataclasses import dataclass
from typing import Literal

from runner.files.encoding import detect, text_of
from runner.media import INLINE, NotAccepted, inspect

TEXT_BYTES = 64 * 1024
ROWS, COLUMNS, CELL = 100, 50, 200  # characters of a cell
SEPARATORS = ";\t|,"  # a comma may be that of a number
SEPARATOR_SAID = re.compile(r"sep=([;,|\t])\r?\n", re.IGNORECASE)  # for Excel, in the first line
OF_TABLES = (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Preview:
    """`kind`: `text`, `table`, `picture` or `binary`. `cut`: there is more than is shown."""

    kind: Literal["text", "table", "picture", "binary"]
    encoding: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    cut: bool = False


def preview(name: str, data: bytes | memoryview) -> Preview:
    if not (encoding := detect(data)):
        return Preview("picture" if _is_picture(data) else "binary", "")
    text, cut = text_of(data[:TEXT_BYTES], encoding), len(data) > TEXT_BYTES
    if name.lower().endswith(OF_TABLES) and (table := _table(text, cut=cut)):
        return table_of(encoding, text, table, cut=cut)
    return Preview("text", encoding, text, cut=cut)


def table_of(encoding: str, text: str, rows: list[list[str]], *, cut: bool) -> Preview:
    shown = tuple(tuple(cell[:CELL] for cell in row[:COLUMNS]) for row in rows[:ROWS])
    wide = any(len(row) > COLUMNS for row in rows)
    return Preview("table", encoding, text, shown, cut=cut or wide or len(rows) > ROWS)


def _table(text: str, *, cut: bool) -> list[list[str]]:
    """Its rows; none where it is no table."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    if said := SEPARATOR_SAID.match(text):
        separator, text = said[1], text[said.end() :]
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if row:
                rows.append(row)
            if len(rows) > ROWS:
                return rows
    except csv.Error:
        return []
    return rows[:-1] if cut and len(rows) > 1 else rows  # the last one may lack its end


def _is_picture(data: bytes | memoryview) -> bool:
    try:
        return inspect("picture", bytes(data)).mime in INLINE
    except NotAccepted:
        return False
