"""The programs of `programs/*.txt`, whose behaviour from the pool is compared.

=== its name
its source
--- file another.py
source
--- when 'is printed' type 'keys'
"""

import re
from ast import literal_eval
from dataclasses import dataclass, field
from pathlib import Path

TITLE = re.compile(r"^=== (.+)\n", re.MULTILINE)
PART = re.compile(r"^--- (.+)\n", re.MULTILINE)
TYPED = re.compile(r"""when ('.*'|".*") type ('.*')""")


@dataclass
class Case:
    source: str
    files: dict[str, str] = field(default_factory=dict)
    typed: list[tuple[bytes, bytes]] = field(default_factory=list)


def _parse(text: str) -> Case:
    source, *parts = PART.split(text)
    case = Case(source)
    for head, body in zip(parts[::2], parts[1::2], strict=True):
        if typed := TYPED.fullmatch(head):
            after, keys = (literal_eval(group).encode() for group in typed.groups())
            case.typed.append((after, keys))
        else:
            case.files[head.removeprefix("file ")] = body
    return case


def _load() -> dict[str, Case]:
    cases = {}
    for path in sorted(Path(__file__).with_name("programs").glob("*.txt")):
        _, *parts = TITLE.split(path.read_text())
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            assert name not in cases, name
            cases[name] = _parse(text)
    return cases


CORPUS = _load()
# What a text file for people would not keep.
CORPUS["a comment without end of line"].source = "# nothing"
CORPUS["line ends of Windows"].source = CORPUS["line ends of Windows"].source.replace("\n", "\r\n")
