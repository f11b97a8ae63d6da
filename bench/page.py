"""The page in real Chromium: from a click or key to what is drawn, 5 MB of output, and loading.

    make bench ARGS=page                 this tree
    make bench ARGS=page BASE=9ea8ee6    beside another revision, in turn

Drawn means that the browser's main thread has finished the frame: styles, layout and painting are
done. Rasterising it and showing it on a screen are not included. Everything is measured in one run;
the first line says how busy the machine was with other things.
"""

import os
import random
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from statistics import median

from playwright.sync_api import Browser

from bench import alternately
from bench.alternately import Contender, Figure
from bench.browser import LONG_TASK_MS, Load, Press, Student, chromium
from bench.site import POOL, Site
from bench.starts import wait_for_pool
from bench.statistics import Line, percentile

WARM_UP, PRESSES, KEYS, FLOODS, LOADS = 4, 20, 60, 3, 3
ROUND_PRESSES, ROUND_KEYS = 5, 15
Times = dict[str, list[float]]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def milliseconds(value: float) -> str:
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms"


def count(value: float) -> str:
    return f"{value:.0f}"


# What each series is called, which percentiles of it are shown, in what unit, and what is aimed at.
SERIES: tuple[tuple[str, tuple[int, ...], Callable[[float], str], tuple[str, ...]], ...] = (
    ("click to first output drawn", (50, 95), milliseconds, ("<= 28 ms", "<= 40 ms")),
    ("key to echo drawn", (50, 95), milliseconds, ()),
    ("5 MB printed", (50,), milliseconds, ("<= 1200 ms",)),
    (f"tasks over {LONG_TASK_MS} ms in it", (50,), count, ("0",)),
    ("their sum", (50,), milliseconds, ()),
    ("the longest frame in it", (50,), milliseconds, ()),
    *(
        (f"{kind} load: {what}", (50,), milliseconds, aims)
        for kind in ("cold", "warm")
        for what, aims in (
            ("first paint", ()),
            ("Run enabled", ()),
            ("terminal connected", ()),
            ("editor there", ()),
            ("longest task", ("<= 50 ms",)),
        )
    ),
)


# --- Measuring ------------------------------------------------------------------------------------
def presses(student: Student, number: int, wait: Callable[[], None]) -> list[Press]:
    """`wait` for a sandbox before each."""
    found = []
    for _ in range(number):
        wait()
        found.append(student.press_run())
    return found


def floods(student: Student, number: int) -> Times:
    found = [student.flood() for _ in range(number)]
    return {
        "5 MB printed": [flood.took for flood in found],
        f"tasks over {LONG_TASK_MS} ms in it": [float(len(flood.long_tasks)) for flood in found],
        "their sum": [sum(flood.long_tasks) for flood in found],
        "the longest frame in it": [flood.worst_frame for flood in found],
    }


def loads(student: Student, number: int) -> Times:
    found = [student.loads() for _ in range(number)]
    return _of_loads("cold", [cold for cold, _ in found]) | _of_loads(
        "warm", [warm for _, warm in found]
    )


def _of_loads(kind: str, found: Sequence[Load]) -> Times:
    return {
        f"{kind} load: first paint": [load.first_paint for load in found],
        f"{kind} load: Run enabled": [load.run_enabled for load in found],
        f"{kind} load: terminal connected": [load.connected for load in found],
        f"{kind} load: editor there": [load.editor for load in found],
        f"{kind} load: longest task": [load.longest_task for load in found],
    }


def drawn(name: str, found: Sequence[Press]) -> Times:
    return {name: [press.done for press in found]}


def where(found: Sequence[Press]) -> str:
    """What the median of each step takes."""
    steps = (
        ("sent", lambda press: press.sent),
        ("first message", lambda press: press.message - press.sent),
        ("output", lambda press: press.output - press.message),
        ("drawing", lambda press: press.drawn - press.output),
        ("frame done", lambda press: press.done - press.drawn),
    )
    return ", ".join(f"{name} {median(map(step, found)):.1f}" for name, step in steps)


# --- One site -------------------------------------------------------------------------------------
def page(site: Site) -> list[Line]:
    site.arrange()
    busy = os.getloadavg()[0]
    with chromium() as browser:
        student = Student(browser, site.server.url, site.users[0])
        wait = partial(wait_for_pool, site.executor, POOL)
        presses(student, WARM_UP, wait)
        say(f"page: {PRESSES} presses of Run …")
        runs = presses(student, PRESSES, wait)
        keys = student.type(KEYS)
        say(f"page: 5 MB, {FLOODS} times; {LOADS} loads …")
        times = drawn("click to first output drawn", runs) | drawn("key to echo drawn", keys)
        times |= floods(student, FLOODS) | loads(student, LOADS)
        renderer = student.renderer()
        student.close()
    machine = Line("machine", f"load {busy:.1f}", f"{renderer} renderer", None)
    return [machine, *lines(times, {"click to first output drawn": where(runs)})]


def lines(times: Times, notes: dict[str, str]) -> list[Line]:
    found = []
    for name, percents, unit, aims in SERIES:
        for number, percent in enumerate(percents):
            what = f"{name} p{percent}" if len(percents) > 1 else name
            note = notes.get(name, "") if number == 0 else ""
            aim = aims[number] if number < len(aims) else ""
            found.append(Line(what, unit(percentile(times[name], percent)), "", None, aim, note))
    return found


# --- Several sites in turn ------------------------------------------------------------------------
def figures() -> list[Figure]:
    return [
        Figure(f"{name} p{percent}" if len(percents) > 1 else name, name, percent, unit)
        for name, percents, unit, _ in SERIES
        for percent in percents
    ]


def compare(contenders: Sequence[Contender], rounds: int) -> None:
    """Notes the times of each contender in each round, in an order that changes."""
    chance = random.Random(1)
    say(f"load {os.getloadavg()[0]:.1f}")
    with chromium() as browser, ExitStack() as stack:
        students = [(contender, _student(browser, contender, stack)) for contender in contenders]
        for number in range(rounds):
            say(f"round {number + 1} of {rounds}, load {os.getloadavg()[0]:.1f} …")
            for contender, student in chance.sample(students, len(students)):
                _measure(contender, student)
        for contender, student in students:
            say(f"{contender.name}: {student.renderer()} renderer")


def _student(browser: Browser, contender: Contender, stack: ExitStack) -> Student:
    student = Student(browser, contender.server.url, contender.user)
    stack.callback(student.close)
    presses(student, WARM_UP, _waiting(contender))
    return student


def _measure(contender: Contender, student: Student) -> None:
    runs = presses(student, ROUND_PRESSES, _waiting(contender))
    times = drawn("click to first output drawn", runs)
    times |= drawn("key to echo drawn", student.type(ROUND_KEYS))
    times |= floods(student, 1) | loads(student, 1)
    for name, values in times.items():
        contender.note(name, values)


def _waiting(contender: Contender) -> Callable[[], None]:
    return partial(wait_for_pool, contender.executor, contender.waiting)


def rows(ours: Contender, theirs: Contender, again: Contender) -> list[tuple[str, ...]]:
    return alternately.rows(ours, theirs, again, figures())
