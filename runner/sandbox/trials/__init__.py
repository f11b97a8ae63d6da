"""Tries languages, each in a sandbox of its own."""

from runner.sandbox.trials.trial import (
    Shown,
    missing_texts,
    problem_of,
    try_out,
    version_in_sandbox,
)
from runner.sandbox.trials.tried_before import TriedBefore

__all__ = ["Shown", "TriedBefore", "missing_texts", "problem_of", "try_out", "version_in_sandbox"]
