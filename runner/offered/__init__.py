"""What the site offers to write programs in: languages and their examples."""

from runner.offered.options import language_option, language_options, preselected_language

__all__ = ["language_option", "language_options", "preselected_language"]
