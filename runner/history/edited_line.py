"""One line of a terminal, of which parts were overwritten or erased. Pure.

A cell holds a character, or is empty where the character to the left takes it, too: wide characters
take two columns, a tab as many as there are up to the next stop. Every step is linear.
"""

import re

from runner.characters import characters

_PIECES = re.compile(r"\x1b\[([0-9]*)([KD])|\x08 \x08|\r|\x08|\t|[^\x1b\r\x08\t]+")
# Characters of one column, of which none joins another.
_NARROW = re.compile(r"[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2500-\u25a9]*")
_TAB_STOP = 8
# In front of a mark, to find out whether it stands alone.
_LETTER = "a"
_MOST_SIGNS = 64  # code points that are kept of one character


def edited(line: str) -> str:
    """What is seen of a line, which may contain CR, BS, tabs, `CSI n K` and `CSI n D`."""
    cells = _Cells()
    for match in _PIECES.finditer(line):
        piece = match[0]
        if piece == "\r":
            cells.column = 0
        elif piece == "\b":
            cells.column = max(0, cells.column - 1)
        elif piece == "\b \b":
            cells.take_back()
        elif piece == "\t":
            cells.tab()
        elif match[2]:
            cells.edit(int(match[1] or 0), match[2])
        else:
            cells.print(piece)
    return "".join(cells.shown)


class _Cells:
    def __init__(self) -> None:
        self.shown: list[str] = []
        self.column = 0  # never beyond the end

    def print(self, text: str) -> None:
        if _NARROW.fullmatch(text):
            self._put(text, len(text))
            return
        if self.column and len(marks := next(characters(_LETTER + text)).text) > 1:
            start = self._start(self.column - 1)
            self.shown[start] = (self.shown[start] + marks[1:_MOST_SIGNS])[:_MOST_SIGNS]
            text = text[len(marks) - 1 :]
        for character, columns in characters(text):
            self._put([character[:_MOST_SIGNS], ""][:columns], columns)

    def _put(self, cells: str | list[str], count: int) -> None:
        end = self.column + count
        self._split(self.column)
        self._split(end)
        self.shown[self.column : end] = cells
        self.column = end

    def tab(self) -> None:
        stop = (self.column // _TAB_STOP + 1) * _TAB_STOP
        if stop > len(self.shown):
            self.shown += ["\t", *[""] * (stop - len(self.shown) - 1)]
        self.column = stop

    def take_back(self) -> None:
        """The last code point before the cursor, as the echo of a terminal erases it."""
        if not self.column:
            return
        start = self._start(self.column - 1)
        rest = self.shown[start][:-1]
        # What is erased at the end of a line leaves nothing.
        blank = [] if self.column == len(self.shown) else [" "] * (self.column - start)
        if rest:
            _, columns = next(characters(rest))
            blank = [rest, ""][:columns] + blank[columns:]
            self.shown[start : self.column] = blank
            self.column = start + columns
        else:
            self.shown[start : self.column] = blank
            self.column = start

    def edit(self, count: int, code: str) -> None:
        if code == "D":
            self.column = max(0, self.column - (count or 1))
            return
        if count == 0:
            self._split(self.column)
            del self.shown[self.column :]
        elif count == 2:
            self.shown.clear()
        self.column = min(self.column, len(self.shown))

    def _start(self, column: int) -> int:
        """Where the character begins that takes a column."""
        while column and not self.shown[column]:
            column -= 1
        return column

    def _split(self, column: int) -> None:
        """Where something begins or ends within a character, that one is gone."""
        if column >= len(self.shown) or self.shown[column]:
            return
        start = end = self._start(column)
        end += 1
        while end < len(self.shown) and not self.shown[end]:
            end += 1
        self.shown[start:end] = " " * (end - start)
