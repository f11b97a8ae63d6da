"""Accounts for a class, from a list.

A line is `name`, or `name,email`, or `name,email,first name,last name`, as spreadsheets save them
as CSV; a first line of these titles is left out. Each account gets a password of its own, which
is shown once and has to be replaced at the first sign-in.
"""

import codecs
import csv
import io
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.adapter import username_validators
from accounts.models import User
from runner.protocol.names import is_printable

# Of a column of names, in lists of schools.
TITLES = {
    "name", "names", "username", "user name", "user", "login", "account", "student", "students",
    "namen", "benutzername", "benutzer", "anmeldename", "konto", "schüler", "schülerin",
    "schüler:in", "schüler/in", "schülerinnen und schüler", "lernende", "studierende",
}  # fmt: skip
COLUMNS = 4
MOST_BYTES = 256 * 1024
# Nobody mistakes one of these for another when copying from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Entry:
    line: int
    username: str
    email: str = ""
    first_name: str = ""
    last_name: str = ""


@dataclass(frozen=True, slots=True)
class NewAccount:
    username: str
    password: str


class BadList(Exception):
    """`problems`: sentences, of which each names its line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(problems)
        self.problems = problems


class NotText(Exception):
    """A file is no list that a spreadsheet or an editor has written."""


def decoded(data: bytes) -> str:
    """The text of a file. Spreadsheets of Windows write UTF-16 with a mark, or Windows-1252, unless
    somebody asks them for UTF-8. Raises NotText."""
    utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf_16 else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(character < " " and character not in "\t\r\n" for character in text):
            return text
    raise NotText


def new_password() -> str:
    """Ten characters that nobody can guess: 49 bits."""
    half = [secrets.choice(LETTERS) for _ in range(10)]
    return "".join(half[:5]) + "-" + "".join(half[5:])


def read(text: str, most: int) -> list[Entry]:
    """The accounts that a list asks for. `BadList` says everything that is wrong with it."""
    try:
        entries = list(_entries(text))
    except csv.Error as error:
        raise BadList([str(error)]) from error
    problems = [one for entry in entries for one in _problems(entry)]
    names = Counter(entry.username.lower() for entry in entries)
    taken = _taken(names)
    for entry in entries:
        name = entry.username.lower()
        if names[name] > 1:
            problems.append(_at(entry, _("%(name)s stands in the list twice.") % {"name": name}))
        elif name in taken:
            text = _("There is an account %(name)s already.") % {"name": name}
            problems.append(_at(entry, text))
    if not entries:
        problems = [_("The list is empty.")]
    elif len(entries) > most:
        text = _("At most %(most)d accounts at a time, please: the list has %(count)d.")
        problems = [text % {"most": most, "count": len(entries)}]
    if problems:
        raise BadList(problems)
    return entries


@transaction.atomic
def make_accounts(entries: list[Entry]) -> list[NewAccount]:
    """All of them, or none. Takes a third of a second for each, as a sign-in does."""
    made = []
    for entry in entries:
        password = new_password()
        User.objects.create_user(
            entry.username,
            entry.email,
            password,
            first_name=entry.first_name,
            last_name=entry.last_name,
            must_change_password=True,
        )
        made.append(NewAccount(entry.username, password))
    return made


def _entries(text: str) -> Iterator[Entry]:
    text = text.lstrip("\ufeff")
    first = text.split("\n", 1)[0]
    separator = next((one for one in ("\t", ";") if one in first), ",")
    rows = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    for row in rows:
        cells = [cell.strip() for cell in row]
        if not any(cells) or (rows.line_num == 1 and cells[0].lower() in TITLES):
            continue
        if len(cells) > COLUMNS and any(cells[COLUMNS:]):
            raise BadList([_("Line %(line)d has too many columns.") % {"line": rows.line_num}])
        yield Entry(rows.line_num, *cells[:COLUMNS])


def _problems(entry: Entry) -> Iterator[str]:
    return (_at(entry, problem) for problem in problems_of(entry))


def problems_of(entry: Entry) -> Iterator[str]:
    """What is wrong with an entry, apart from what is known already."""
    try:
        for validate in username_validators:
            validate(entry.username)
        if entry.email:
            validate_email(entry.email)
        user = User(username=entry.username, email=entry.email)
        user.first_name, user.last_name = entry.first_name, entry.last_name
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        yield from error.messages
    if not is_printable(entry.first_name + entry.last_name):
        yield _("A name may not contain line breaks or invisible characters.")


def _taken(names: Counter[str]) -> set[str]:
    """Names of accounts that there are, whatever their case."""
    known = User.objects.values_list("username", flat=True)
    return {name.lower() for name in known.iterator()} & set(names)


def _at(entry: Entry, problem: str) -> str:
    return _("Line %(line)d: %(problem)s") % {"line": entry.line, "problem": problem}
