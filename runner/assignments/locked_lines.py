"""Lines of starter code that stay as they are. Pure; editors keep them by the same rule."""

import re
from collections.abc import Iterable, Sequence

RANGE = re.compile(r"([0-9]{1,5})(?:\s*[-–]\s*([0-9]{1,5}))?")  # noqa: RUF001
MOST_RANGES = 50


class WrongLines(ValueError):
    """What there is no such line for, or is no number of one."""


def lines_of(text: str, last: int) -> list[tuple[int, int]]:
    """Of a text such as `1-3, 10`, in order and joined. Raises `WrongLines`."""
    found = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        match = RANGE.fullmatch(part)
        first, end = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= end <= last:
            raise WrongLines(part)
        found.append((first, end))
    if len(found) > MOST_RANGES:
        raise WrongLines(text)
    return _joined(sorted(found))


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, end in ranges:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((first, end))
    return joined


def blocks_of(code: str, locked: str) -> list[str]:
    """The locked lines of the code; none where it has fewer lines than that."""
    lines = code.split("\n")
    try:
        ranges = lines_of(locked, len(lines))
    except WrongLines:
        return []
    return ["\n".join(lines[first - 1 : end]) for first, end in ranges]


def keeps(text: str, blocks: Sequence[str]) -> bool:
    """Whether a text has each block, as whole lines, in this order."""
    lines, start = f"\n{text}\n", 0
    for block in blocks:
        at = lines.find(f"\n{block}\n", start)
        if at < 0:
            return False
        start = at + len(block) + 1
    return True
