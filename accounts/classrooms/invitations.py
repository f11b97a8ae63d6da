"""Members from a list, as `accounts/staff/class_list.py` reads it: accounts are made or matched.

Every line has its own fate, and the report says it. A list may be sent again: who is a member stays
one. Accounts of others are matched by name, and by the email address where the line has one.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from accounts.classrooms.members import TooManyMembers, add_member, is_full
from accounts.classrooms.models import Classroom
from accounts.models import User
from accounts.staff import class_list
from accounts.staff.class_list import COLUMNS, TITLES, Entry

# Hashing a password takes a third of a second, and proxies wait half a minute.
MOST_NEW = 40
MOST_LINES = 2000
SHOWN_CHARACTERS = 60  # of a line that is wrong
LINES_OF_ROW = 5
LINE_END = re.compile(r"\r\n|\r|\n")


class Fate(StrEnum):
    CREATED = "created"
    ADDED = "added"
    MEMBER = "member"
    WRONG = "wrong"
    LATER = "later"  # the next time


@dataclass(frozen=True, slots=True)
class Line:
    """`password` is shown once, of an account that was made. `problem` is a sentence."""

    number: int
    name: str
    fate: Fate
    problem: str = ""
    password: str = ""


def invite(classroom: Classroom, text: str) -> list[Line]:
    """Does what the list asks for, as far as it can, and reports on each line of it."""
    lines, new, seen = [], 0, set[str]()
    for read in _read(text):
        if isinstance(read, Line):
            lines.append(read)
            continue
        name = read.username.lower()
        if name in seen:
            problem = _("%(name)s stands in the list twice.") % {"name": read.username}
            lines.append(_wrong(read, problem))
            continue
        seen.add(name)
        line = _invite_one(classroom, read, may_make=new < MOST_NEW)
        new += line.fate == Fate.CREATED
        lines.append(line)
    return lines


def _invite_one(classroom: Classroom, entry: Entry, *, may_make: bool) -> Line:
    if problem := next(class_list.problems_of(entry), ""):
        return _wrong(entry, problem)
    user, password = User.objects.filter(username__iexact=entry.username).first(), ""
    if user is None and not may_make:
        return Line(entry.line, entry.username, Fate.LATER)
    if user is not None and entry.email and user.email.lower() != entry.email.lower():
        problem = _("There is an account %(name)s already, with another email address.")
        return _wrong(entry, problem % {"name": entry.username})
    full = _("The class is full, or this account is in too many classes.")
    if user is None and is_full(classroom):
        return _wrong(entry, full)
    if user is None:
        (made,) = class_list.make_accounts([entry])
        user, password = User.objects.get(username=made.username), made.password
    try:
        _member, is_new = add_member(classroom, user)
    except TooManyMembers:
        return replace(_wrong(entry, full), password=password)
    fate = Fate.CREATED if password else Fate.ADDED if is_new else Fate.MEMBER
    return Line(entry.line, user.username, fate, password=password)


def _wrong(entry: Entry, problem: str) -> Line:
    return Line(entry.line, entry.username[:SHOWN_CHARACTERS], Fate.WRONG, problem)


def _read(text: str) -> Iterator[Entry | Line]:
    """Line by line, so that one that is broken takes no other with it."""
    lines = LINE_END.split(text.lstrip("\ufeff"))
    separator = next((one for one in ("\t", ";") if one in lines[0]), ",")
    at = 0
    while at < min(len(lines), MOST_LINES):
        number, shown = at + 1, lines[at][:SHOWN_CHARACTERS]
        try:
            cells, taken = _cells(lines, at, separator)
        except csv.Error:
            yield Line(number, shown, Fate.WRONG, _("A quotation mark is missing."))
            at += 1
            continue
        at += taken
        if not any(cells) or (number == 1 and cells[0].lower() in TITLES):
            continue
        if any("\0" in cell for cell in cells):
            yield Line(number, "", Fate.WRONG, _("This is not text."))
        elif any(cells[COLUMNS:]):
            yield Line(number, shown, Fate.WRONG, _("There are too many columns."))
        else:
            yield Entry(number, *cells[:COLUMNS])
    if len(lines) > MOST_LINES and any(lines[MOST_LINES:]):
        problem = _("At most %(most)d lines at a time: this and the following were not read.")
        yield Line(MOST_LINES + 1, "", Fate.WRONG, problem % {"most": MOST_LINES})


def _cells(lines: list[str], at: int, separator: str) -> tuple[list[str], int]:
    """Of the row that begins there, and of how many lines it is: cells may be quoted, and have line
    ends in them. Raises `csv.Error`."""
    for count in range(1, LINES_OF_ROW + 1):
        row = "\n".join(lines[at : at + count])
        try:
            rows = list(csv.reader([row], delimiter=separator, strict=True))
        except csv.Error:
            if count == LINES_OF_ROW or at + count >= len(lines):
                raise
            continue
        return [cell.strip() for cell in (rows or [[]])[0]], count
    raise AssertionError("the last count returns or raises")
