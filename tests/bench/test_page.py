"""The tables of `make bench ARGS=page`, from times that are made up."""

from types import SimpleNamespace
from typing import Any

import pytest

from bench import page
from bench.alternately import Figure
from bench.browser import Flood, Load, Press


def press(done: float) -> Press:
    return Press(sent=2.0, message=10.0, output=11.0, drawn=done - 5.0, done=done)


def load(base: float) -> Load:
    return Load(base, base + 50, base + 100, base + 400, 45.0)


class MadeUp:
    """Takes as long as it is told."""

    def press_run(self) -> Press:
        return press(30.0)

    def flood(self) -> Flood:
        return Flood(1500.0, 60.0, [51.0, 80.0])

    def loads(self) -> tuple[Load, Load]:
        return load(150.0), load(100.0)


def times() -> page.Times:
    student: Any = MadeUp()
    runs = page.presses(student, 4, lambda: None)
    return (
        page.drawn("click to first output drawn", runs)
        | page.drawn("key to echo drawn", [press(20.0), press(40.0)])
        | page.floods(student, 2)
        | page.loads(student, 2)
    )


def test_times_count_from_the_event() -> None:
    seen = {"event": 100.0, "sent": 103.0, "message": 110.0, "output": 111.0}
    found = Press.of(seen | {"drawn": 120.0, "done": 125.0})
    assert found == Press(3.0, 10.0, 11.0, 20.0, 25.0)


def test_an_echo_needs_no_other_message() -> None:
    seen = {"event": 100.0, "sent": 101.0, "output": 104.0, "drawn": 110.0, "done": 112.0}
    assert Press.of(seen).message == Press.of(seen).output == 4.0


def test_every_series_that_is_measured_has_lines() -> None:
    shown = {line.what: line for line in page.lines(times(), {"key to echo drawn": "why"})}
    assert shown["click to first output drawn p95"].ours == "30.0 ms"
    assert shown["key to echo drawn p50"].limit == "why"
    assert shown["key to echo drawn p95"].limit == ""
    assert shown["5 MB printed"].ours == "1500 ms"
    assert shown["tasks over 50 ms in it"].ours == "2"
    assert shown["their sum"].ours == "131 ms"
    assert shown["cold load: editor there"].ours == "550 ms"
    assert shown["warm load: terminal connected"].ours == "200 ms"


def test_the_steps_of_a_press_add_up() -> None:
    assert page.where([press(30.0)]) == (
        "sent 2.0, first message 8.0, output 1.0, drawing 14.0, frame done 5.0"
    )


def test_figures_name_what_the_rounds_note() -> None:
    assert {figure.series for figure in page.figures()} == set(times())


@pytest.mark.parametrize(
    ("ours", "theirs", "ratio"), [(2.0, 4.0, 0.5), (0.0, 0.0, 1.0), (3.0, 0.0, float("inf"))]
)
def test_nothing_can_be_compared_with_nothing(ours: float, theirs: float, ratio: float) -> None:
    for percent in (50, 95):
        figure = Figure("tasks", "tasks", percent, str)
        assert figure.ratio([[ours], [ours]], [[theirs], [theirs]]) == ratio


def test_each_round_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    contender: Any = SimpleNamespace(noted={})
    contender.note = lambda name, values: contender.noted.setdefault(name, []).append(values)
    student: Any = MadeUp()
    student.type = lambda keys: [press(20.0)] * keys
    monkeypatch.setattr(page, "_waiting", lambda _: lambda: None)
    page._measure(contender, student)
    page._measure(contender, student)
    assert {name: len(rounds) for name, rounds in contender.noted.items()} == dict.fromkeys(
        times(), 2
    )
