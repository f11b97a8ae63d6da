"""The files of a hand-in as lines, each with what was said of it."""

from collections import defaultdict
from dataclasses import dataclass

from runner.models import HandIn, LineComment


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str
    comments: tuple[LineComment, ...]


@dataclass(frozen=True, slots=True)
class File:
    path: str
    lines: tuple[Line, ...]


def with_comments(hand_in: HandIn, *, shown: bool) -> list[File]:
    said: defaultdict[tuple[str, int], list[LineComment]] = defaultdict(list)
    if shown:
        rows = LineComment.objects.filter(hand_in=hand_in).select_related("author")
        for comment in rows.order_by("at", "pk"):
            said[comment.path, comment.line].append(comment)
    return [
        File(
            file["path"],
            tuple(
                Line(number, text, tuple(said.get((file["path"], number), ())))
                for number, text in enumerate(file["content"].split("\n"), 1)
            ),
        )
        for file in hand_in.files
    ]
