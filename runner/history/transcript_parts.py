"""Cuts the text of a transcript into parts, so that a browser lays out only those in sight. Pure.

A program may print half a million lines, or one line of a megabyte: all at once, they would keep a
page busy for seconds.
"""

from collections.abc import Iterator

LINES = 100
MOST_CHARACTERS = 4096


def parts(text: str) -> Iterator[str]:
    """Each ends with a line where it can; together they are `text`."""
    start = 0
    while start < len(text):
        end = _end_of_part(text, start)
        yield text[start:end]
        start = end


def _end_of_part(text: str, start: int) -> int:
    bound = start + MOST_CHARACTERS
    end = start
    for _ in range(LINES):
        line = text.find("\n", end, bound) + 1
        if line == 0:
            break
        end = line
    else:
        return end
    # The last line is cut only if it fills a part of its own.
    return end if end > start and bound < len(text) else min(bound, len(text))
