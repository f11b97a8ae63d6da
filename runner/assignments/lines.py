"""The files of a hand-in as lines, each with what was said of it.

Half a million empty lines are a small program: as many elements would keep a web worker for
minutes, and a browser for longer. What is beyond some thousand lines is shown as one text.
"""

from collections import defaultdict
from dataclasses import dataclass

from runner.models import HandIn, LineComment

MOST_LINES = 4000  # of all files of a hand-in


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str
    comments: tuple[LineComment, ...]


@dataclass(frozen=True, slots=True)
class File:
    """`rest`: what comes after the lines; `said`: the comments on it."""

    path: str
    lines: tuple[Line, ...]
    rest: str = ""
    said: tuple[LineComment, ...] = ()


def with_comments(hand_in: HandIn, *, shown: bool) -> list[File]:
    said: defaultdict[str, list[LineComment]] = defaultdict(list)
    if shown:
        rows = LineComment.objects.filter(hand_in=hand_in).select_related("author")
        for comment in rows.order_by("line", "at", "pk"):
            said[comment.path].append(comment)
    files, left = [], MOST_LINES
    for file in hand_in.files:
        files.append(_file(file["path"], file["content"], said[file["path"]], left))
        left -= len(files[-1].lines)
    return files


def _file(path: str, content: str, said: list[LineComment], most: int) -> File:
    texts = content.split("\n", most)
    rest = texts.pop() if len(texts) > most else ""
    by_line: defaultdict[int, list[LineComment]] = defaultdict(list)
    for comment in said:
        by_line[comment.line].append(comment)
    lines = tuple(
        Line(number, text, tuple(by_line.pop(number, ()))) for number, text in enumerate(texts, 1)
    )
    return File(path, lines, rest, tuple(each for some in by_line.values() for each in some))
