"""What the site offers to write programs in: languages and their examples."""

from runner.offered.options import language_options

__all__ = ["language_options"]
