"""The program of a run: what is started, its compiler, and what it said at its end."""

from runner.executor.program.compilation import Compilation
from runner.executor.program.last_words import LastWords
from runner.executor.program.plans import CannotRun, places_of, plan_of
from runner.executor.program.relays import NO_SIDES, Relays
from runner.executor.program.returned import Returned, data_of
from runner.executor.program.rows import RunRows
from runner.executor.program.turns import CompileTurns

__all__ = [
    "NO_SIDES",
    "CannotRun",
    "Compilation",
    "CompileTurns",
    "LastWords",
    "Relays",
    "Returned",
    "RunRows",
    "data_of",
    "places_of",
    "plan_of",
]
