"""Why a run ended, in the reader's language.

A run's row and the `exit` message hold the English sentence of `run_state.describe`. Here its
numbers and signals are taken out, the sentence is translated, and they are put in again.
"""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

_VARIABLE = re.compile(r"\d+(?:\.\d+)?|\bSIG[A-Z0-9]+\b")

SENTENCES = frozenset(
    (
        _("Your program finished."),
        _("Your program could not be compiled."),
        _("You stopped your program."),
        _("An instructor stopped your program."),
        _("Your program used more than %s seconds of processor time. Does a loop never end?"),
        _("Your program ran for longer than %s seconds."),
        _("Nothing was typed or printed for %s seconds."),
        _("Your program used more than %s MB of memory."),
        _("Your program printed more than %s MB. Does a loop never end?"),
        _("Nobody was connected to your program for %s seconds."),
        _(
            "The machine that ran your program failed. This was not your fault: please run it "
            "again."
        ),
        _("Something failed on our side. This was not your fault: please run your program again."),
        _("The machine that ran your program was shut down. Please run it again."),
        _("No machine was free to run your program."),
        _("Your program ended with exit code %s."),
        _("Your program ended with exit code %s. Its disk of %s MB is full."),
        _("Your program ended with exit code %s. It may keep no more than %s files."),
        _("Your program ended with exit code %s. It may have no more than %s processes."),
        _("Your program was ended by the signal %s."),
        _("Your program was ended by the signal %s: it used memory that does not belong to it."),
        _(
            "Your program was ended by the signal %s: it stopped itself because something was "
            "badly wrong."
        ),
        _("Your program was ended by the signal %s: it made a calculation that has no result."),
        _("Your program was ended by the signal %s: you pressed Ctrl+C."),
        _("Your program was ended by the signal %s: its terminal was closed."),
        _("Your program was ended by the signal %s: it wrote a file that is too large."),
    )
)


def translated(reason: str) -> str:
    """As it is when it is none of ours, or of another version of us."""
    sentence = _VARIABLE.sub("%s", reason)
    if sentence not in SENTENCES:
        return reason
    return gettext(sentence) % tuple(_VARIABLE.findall(reason))
