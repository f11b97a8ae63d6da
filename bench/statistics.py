from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self


def percentile(values: Sequence[float], percent: float) -> float:
    """Nearest rank."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * percent / 100))]


@dataclass(frozen=True)
class Line:
    """One line of the table; `ratio` is ours to theirs, `limit` what kept ours from more."""

    what: str
    ours: str
    theirs: str
    ratio: float | None
    aim: str = ""
    limit: str = ""

    def beside(self, more: str) -> Self:
        """With one more thing that it is compared with."""
        return replace(self, theirs=f"{self.theirs}, {more}")

    def limited(self, limit: str) -> Self:
        return replace(self, limit=limit)


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def compared(
    what: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    percent: float,
    beside: str,
    aim: str = "",
) -> Line:
    """A percentile of two series of seconds."""
    mine, other = percentile(ours, percent), percentile(theirs, percent)
    return Line(
        f"{what} p{percent:g}",
        milliseconds(mine),
        f"{milliseconds(other)} {beside}",
        mine / other,
        aim,
    )


def table(lines: Sequence[Line]) -> str:
    rows = [("measured", "here", "beside", "ratio", "aim", "what the machine did")]
    rows += [
        (
            line.what,
            line.ours,
            line.theirs,
            "" if line.ratio is None else f"{line.ratio:.2f}x",
            line.aim,
            line.limit,
        )
        for line in lines
    ]
    return columns(rows)


def columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
