"""Line charts as SVG: a few panels over one axis, which grows by factors."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log10

WIDTH, HEIGHT, GAP = 360, 200, 70
LEFT, TOP = 60, 50
COLOURS = ("#2563eb", "#d97706", "#6b7280", "#059669")
STYLE = "text{font:12px system-ui,sans-serif;fill:#374151}.title{font-weight:600;fill:#111827}"


@dataclass(frozen=True)
class Panel:
    title: str
    unit: str
    series: dict[str, list[float]]  # a value for each place on the axis


def svg(axis: str, places: Sequence[int], panels: Sequence[Panel]) -> str:
    parts = [
        _panel(panel, axis, places, LEFT + number * (WIDTH + GAP + LEFT))
        for number, panel in enumerate(panels)
    ]
    width, height = len(panels) * (WIDTH + GAP + LEFT), TOP + HEIGHT + 90
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    ground = '<rect width="100%" height="100%" fill="#fff"/>'
    return "\n".join([head, f"<style>{STYLE}</style>", ground, *parts, "</svg>\n"])


def _panel(panel: Panel, axis: str, places: Sequence[int], left: int) -> str:
    top = _round_up(max(value for values in panel.series.values() for value in values))

    def x(place: float) -> float:
        return left + WIDTH * log(place / places[0]) / log(places[-1] / places[0])

    def y(value: float) -> float:
        return TOP + HEIGHT * (1 - max(0.0, value) / top)

    parts = [_text(left, TOP - 20, f"{panel.title} ({panel.unit})", css="title")]
    for step in range(5):
        value = top * step / 4
        parts.append(_line([(left, y(value)), (left + WIDTH, y(value))], "#e5e7eb", 1))
        parts.append(_text(left - 8, y(value) + 4, f"{value:g}", "end"))
    parts += [_text(x(place), TOP + HEIGHT + 20, str(place), "middle") for place in places]
    parts.append(_text(left + WIDTH / 2, TOP + HEIGHT + 40, axis, "middle"))
    for number, (name, values) in enumerate(panel.series.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = [(x(place), y(value)) for place, value in zip(places, values, strict=True)]
        parts.append(_line(points, colour, 2))
        parts += [
            f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>' for px, py in points
        ]
        key = left + number * 110
        parts.append(_line([(key, TOP + HEIGHT + 64), (key + 18, TOP + HEIGHT + 64)], colour, 2))
        parts.append(_text(key + 24, TOP + HEIGHT + 68, name))
    return "\n".join(parts)


def _round_up(value: float) -> float:
    """To the next 1, 2, 4 or 10 of its size."""
    if value <= 0:
        return 1.0
    size = 10.0 ** int(log10(value) // 1)
    return next(size * step for step in (1, 2, 4, 10) if value <= size * step)


def _text(x: float, y: float, text: str, anchor: str = "start", css: str = "") -> str:
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'


def _line(points: Sequence[tuple[float, float]], colour: str, width: int) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'
