"""Tries languages, each in a sandbox of its own."""

from runner.sandbox.trials.trial import Shown, problem_of, try_out, version_in_sandbox

__all__ = ["Shown", "problem_of", "try_out", "version_in_sandbox"]
