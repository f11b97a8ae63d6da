"""What the optimisations of the hot path gain: sites with and without them, measured in turn.

    python -m bench.optimisations --rounds 40 huge_pages gc_freeze    these, one after the other

`docs/performance.md` describes them. Ratios are those of the site without to the site with all.
"""

import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bench import alternately
from bench.alternately import FIGURES, POOL, Contender, Ratio
from bench.statistics import columns
from runner.infrastructure.optimisations import ALL, Optimisation
from tests.services import PostgresServer, running_postgres

ROUNDS, ROUNDS_EACH = 10, 12
WITH, AGAIN, WITHOUT = "on", "on again", "off"


class Sites:
    """Started and stopped as they are needed."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        self._postgres: PostgresServer = stack.enter_context(running_postgres())
        self._number = 0

    def start(self, name: str, on: frozenset[str], stack: ExitStack | None = None) -> Contender:
        self._number += 1
        waiting = POOL if Optimisation.WARM_POOL in on else 0
        if Optimisation.WAITING_INTERPRETER not in on:
            waiting //= 2  # in each sandbox one waits that only starts others
        site = alternately.running(
            name,
            self._folder / str(self._number),
            self._postgres,
            waiting=waiting,
            OPTIMISATIONS=",".join(sorted(on)) or "off",
        )
        return (stack or self._stack).enter_context(site)


def together(rounds: int = ROUNDS) -> str:
    """A table: with all of them, and without any."""
    with ExitStack() as stack:
        sites = Sites(stack)
        on, again = sites.start(WITH, ALL), sites.start(AGAIN, ALL)
        off = sites.start(WITHOUT, frozenset())
        alternately.run([on, again, off], rounds)
        return columns(alternately.rows(off, on, again))


def each(names: Sequence[str] = (), rounds: int = ROUNDS_EACH) -> str:
    """A table: with all of them, and without one at a time."""
    rows = [("without", *(figure.name for figure in FIGURES))]
    with ExitStack() as stack:
        sites = Sites(stack)
        on = sites.start(WITH, ALL)
        for name in ("nothing", *(names or Optimisation)):
            with ExitStack() as turn:
                without = sites.start(name, ALL - {name}, turn)
                on.samples.clear()
                alternately.run([on, without], rounds)
                ratios = (str(Ratio.of(figure, without, on)) for figure in FIGURES)
                rows.append((name, *ratios))
                print(columns(rows[-1:]), file=sys.stderr, flush=True)
    return columns(rows)


def main() -> None:
    parser = ArgumentParser(prog="python -m bench.optimisations")
    parser.add_argument("names", nargs="*", choices=[*Optimisation, []], metavar="name")
    parser.add_argument("--rounds", type=int, default=ROUNDS_EACH)
    options = parser.parse_args()
    print(each(options.names, options.rounds))


if __name__ == "__main__":
    main()
