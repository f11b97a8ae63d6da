from collections.abc import Sequence
from dataclasses import dataclass


def percentile(values: Sequence[float], percent: float) -> float:
    """Nearest rank."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * percent / 100))]


@dataclass(frozen=True)
class Line:
    """One line of the table; `ratio` is ours to theirs."""

    what: str
    ours: str
    theirs: str
    ratio: float | None
    aim: str = ""


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
    rows = [("measured", "here", "beside", "ratio", "aim")]
    rows += [
        (
            line.what,
            line.ours,
            line.theirs,
            "" if line.ratio is None else f"{line.ratio:.2f}x",
            line.aim,
        )
        for line in lines
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
