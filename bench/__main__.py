"""`make bench`: what a student feels, beside what the machine can do, measured in one run.

    make bench                          what is quick: less than three minutes
    make bench ARGS="sessions floods"   these sections
    make bench ARGS=all                 every section: a quarter of an hour

Absolute times depend on the machine; each line's ratio compares two things measured in turn.
"""

import sys
from collections.abc import Callable

from bench import (
    artifacts,
    crowd,
    debug,
    editor,
    ends,
    floods,
    growth,
    hostile,
    languages,
    lesson,
    one,
    optimisations,
    packages,
    page,
    polled,
    rooms,
    scaling,
    starts,
    visitors,
)
from bench.site import Site, running_site
from bench.statistics import Line, table

Section = Callable[[Site], list[Line] | str]
QUICK: dict[str, Section] = {
    "starts": starts.warm,
    "ends": ends.ends,
    "echo": one.echo,
    "flood": one.flood,
    "interrupt": one.interrupt,
    "neighbour": one.neighbour,
    "floods": floods.floods,
    "sessions": crowd.many_sessions,
}
LONG: dict[str, Section] = {
    "pools": starts.with_other_pools,
    "growth": growth.growth,
    "scaling": scaling.scaling,
    "packages": packages.packages,
    "class": lesson.together,
    "page": page.page,
    "editor": editor.editor,
    "polled": polled.polled,
    "debug": debug.debug,
    "artifacts": artifacts.artifacts,
    "open": crowd.open_terminals,
    "languages": languages.languages,
    "hostile": lambda _: hostile.hostile(),
    "rooms": rooms.rooms,
    "visitors": lambda _: visitors.visitors(),
    "optimisations": lambda _: optimisations.together(),
    "each_optimisation": lambda _: optimisations.each(),
}
ALL = QUICK | LONG


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(wanted: list[str]) -> None:
    names = list(ALL) if wanted == ["all"] else wanted or list(QUICK)
    if unknown := set(names) - set(ALL):
        sys.exit(f"No such section: {', '.join(unknown)}. There are: {', '.join(ALL)}, all.")
    with running_site() as site:
        for name in names:
            say(f"{name} …")
            found = ALL[name](site)
            print(found if isinstance(found, str) else table(found), end="\n\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
