"""A bounded timeline of edits. Pure.

Offsets count UTF-16 units, as browsers do. An edit is stored as `[ms, path, at, removed, text,
mark]`, a paste as `[ms, path, characters, outside, begins]`. Edits that follow each other are
joined; when the timeline is full, its older half is folded into the text that it made, and what is
known of pastes stays.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from runner.protocol.classes.writing import PASTE_CHARACTERS, Edit

JOIN_MS = 3000  # between two edits that are joined
MOST_BYTES = 256 * 1024  # of the edits, as JSON
MOST_TEXT = 128 * 1024  # characters of all files; larger programs are not recorded
MOST_PASTES = 200
MOST_FILES = 40
CLIPBOARD = 4  # removed texts that may come back
OUTSIDE_CHARACTERS = 20  # pasted from elsewhere, and marked in an exam
BEGINS = 80
_UNSEEN = re.compile(r"[\s,;()'\"]+")  # what formatting adds, removes and replaces


class WrongEdit(ValueError):
    """It does not fit the text."""


class Full(Exception):
    """The program is too large to be recorded."""


@dataclass(slots=True)
class Timeline:
    edits: list[list[Any]] = field(default_factory=list)
    pastes: list[list[Any]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    clipboard: list[str] = field(default_factory=list)

    def add(
        self,
        edit: Edit,
        given: frozenset[str] = frozenset(),
        saved: frozenset[str] = frozenset(),
        *,
        exam: bool = False,
    ) -> None:
        """Raises `WrongEdit` and `Full`.

        `given`: texts that were handed out to the student; they may come at any time. `saved`:
        those that may be opened now.
        """
        before = self.texts.get(edit.path, "")
        if edit.kind == "open" and before:
            raise WrongEdit(edit.path)
        after, removed = replaced(before, edit.at, edit.removed, edit.text)
        others = sum(len(text) for path, text in self.texts.items() if path != edit.path)
        if others + len(after) > MOST_TEXT or len(self.texts) >= MOST_FILES:
            raise Full
        mark = self._mark(edit, removed, given, saved, exam=exam)
        if mark in ("paste", "outside") and len(self.pastes) < MOST_PASTES:
            told = [edit.ms, edit.path, len(edit.text), mark == "outside", edit.text[:BEGINS]]
            self.pastes.append(told)
        if len(removed) >= OUTSIDE_CHARACTERS:
            self.clipboard = [*self.clipboard, removed][-CLIPBOARD:]
        self.texts[edit.path] = after
        self._append([edit.ms, edit.path, edit.at, edit.removed, edit.text, mark])

    def _mark(
        self, edit: Edit, removed: str, given: frozenset[str], saved: frozenset[str], *, exam: bool
    ) -> str:
        text = edit.text
        opens = edit.kind == "open"
        if opens and (text in given | saved or len(text) <= PASTE_CHARACTERS):
            return "open"
        asked = exam and edit.kind == "paste" and len(text.strip()) >= OUTSIDE_CHARACTERS
        if (len(text) <= PASTE_CHARACTERS and not asked) or _same(removed, text):
            return ""
        words = text.strip()
        if not any(words in place for place in (*self.texts.values(), *self.clipboard, *given)):
            return "outside"
        if opens:
            return "open"  # it was renamed or copied
        return "paste" if len(text) > PASTE_CHARACTERS else ""

    def _append(self, new: list[Any]) -> None:
        last = self.edits[-1] if self.edits else None
        if last is not None and _follows(last, new):
            last[4] += new[4]
        else:
            self.edits.append(new)

    def fit(self) -> int:
        """Folds what is too much; the size of the edits in bytes, which are more than `MOST_BYTES`
        where nothing but texts is left: each step leaves fewer edits, or folded ones alone."""
        while (size := _size(self.edits)) > MOST_BYTES and not self._is_folded:
            self._fold(len(self.edits) // 2 or 1)
        return size

    @property
    def _is_folded(self) -> bool:
        return all(edit[5] == "folded" for edit in self.edits)

    @property
    def size(self) -> int:
        """Of all that is kept, in bytes."""
        return _size([self.edits, self.pastes, self.texts, self.clipboard])

    def _fold(self, count: int) -> None:
        old, texts = self.edits[:count], dict[str, str]()
        for _ms, path, at, removed, text, _mark in old:
            texts[path], _ = replaced(texts.get(path, ""), at, removed, text)
        until = old[-1][0]
        folded = [[until, path, 0, 0, text, "folded"] for path, text in texts.items()]
        self.edits = [*folded, *self.edits[count:]]
        if len(folded) >= count:  # nothing is gained any more
            self.edits = [[until, path, 0, 0, text, "folded"] for path, text in self.texts.items()]


def _size(kept: object) -> int:
    return len(json.dumps(kept, ensure_ascii=False).encode(errors="surrogatepass"))


def replaced(text: str, at: int, removed: int, by: str) -> tuple[str, str]:
    """The new text, and what was removed. Raises `WrongEdit`."""
    if text.isascii():
        if at + removed > len(text):
            raise WrongEdit(at)
        return text[:at] + by + text[at + removed :], text[at : at + removed]
    units = text.encode("utf-16-le")
    start, end = 2 * at, 2 * (at + removed)
    if end > len(units):
        raise WrongEdit(at)
    try:
        before, gone, after = (
            part.decode("utf-16-le") for part in (units[:start], units[start:end], units[end:])
        )
    except UnicodeDecodeError as error:  # through the middle of a character
        raise WrongEdit(at) from error
    return before + by + after, gone


def _follows(last: list[Any], new: list[Any]) -> bool:
    """Typed on, where the last edit ended."""
    end = last[2] + len(last[4].encode("utf-16-le")) // 2
    plain = last[5] == "" == new[5] and not new[3] and last[1] == new[1]
    return plain and new[2] == end and new[0] - last[0] <= JOIN_MS


def _same(removed: str, text: str) -> bool:
    """Formatted, not pasted."""
    return bool(removed) and _UNSEEN.sub("", removed) == _UNSEEN.sub("", text)
