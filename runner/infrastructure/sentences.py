"""The one catalogue of the sentences that say why a run ended or why something was refused.

The protocol names a reason by a code and figures; here they become a sentence in the language that
is active (`django.utils.translation`). A figure is written by the unit in its name: in "Your
program printed more than %(output_bytes)s", 268435456 becomes "256 MB".
"""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_noop as _

from runner.limits import KIB, MIB
from runner.protocol.messages import Error, Exit, Message
from runner.protocol.reasons import Figures, ReasonCode
from runner.protocol.refusals import Refused

ENDINGS: Mapping[ReasonCode, str] = {
    ReasonCode.COMPLETED: _("Your program finished."),
    ReasonCode.COMPILE_ERROR: _("Your program could not be compiled."),
    ReasonCode.STOPPED: _("You stopped your program."),
    ReasonCode.STOPPED_BY_INSTRUCTOR: _("An instructor stopped your program."),
    ReasonCode.CPU_LIMIT: _(
        "Your program used more than %(cpu_seconds)s of processor time and was stopped. "
        "It may contain an endless loop."
    ),
    ReasonCode.WALL_LIMIT: _("Your program ran for longer than %(wall_seconds)s and was stopped."),
    ReasonCode.IDLE_LIMIT: _(
        "Nothing was typed or printed for %(idle_seconds)s, so your program was stopped."
    ),
    ReasonCode.MEMORY_LIMIT: _(
        "Your program used more than %(memory_bytes)s of memory and was stopped."
    ),
    ReasonCode.OUTPUT_LIMIT: _("Your program printed more than %(output_bytes)s and was stopped."),
    ReasonCode.DISCONNECTED: _(
        "Nobody was connected to your program for %(detach_seconds)s, so it was stopped."
    ),
    ReasonCode.EXECUTOR_LOST: _(
        "The machine that ran your program failed. This was not your fault. Please run it again."
    ),
    ReasonCode.INTERNAL_ERROR: _(
        "Something went wrong on our side. This was not your fault. Please run your program again."
    ),
    ReasonCode.EXECUTOR_SHUT_DOWN: _(
        "The machine that ran your program was shut down. Please run it again."
    ),
    ReasonCode.NO_EXECUTOR: _(
        "No machine is free to run your program. Please try again in a moment."
    ),
    ReasonCode.EXIT_CODE: _("Your program ended with exit code %(exit_code)s."),
    ReasonCode.DISK_FULL: _(
        "Your program ended with exit code %(exit_code)s. Its disk of %(disk_bytes)s is full."
    ),
    ReasonCode.TOO_MANY_FILES: _(
        "Your program ended with exit code %(exit_code)s. It may keep no more than "
        "%(disk_files)s files."
    ),
    ReasonCode.TOO_MANY_PROCESSES: _(
        "Your program ended with exit code %(exit_code)s. It may have no more than "
        "%(processes)s processes."
    ),
    ReasonCode.SIGNAL: _("Your program was ended by the signal %(signal)s."),
}
# More than the name of the signal, where it means one thing.
SIGNALS: Mapping[str, str] = {
    "SIGSEGV": _(
        "Your program was ended by the signal %(signal)s: it used memory that does not belong "
        "to it."
    ),
    "SIGABRT": _(
        "Your program was ended by the signal %(signal)s: it aborted because it found a serious "
        "error."
    ),
    "SIGFPE": _(
        "Your program was ended by the signal %(signal)s: it made a calculation that has no "
        "result, such as a division by zero."
    ),
    "SIGINT": _("Your program was ended by the signal %(signal)s: you pressed Ctrl+C."),
    "SIGHUP": _("Your program was ended by the signal %(signal)s: its terminal was closed."),
    "SIGXFSZ": _(
        "Your program was ended by the signal %(signal)s: it wrote a file that is too large."
    ),
}
TERMINAL: Mapping[ReasonCode, str] = {
    ReasonCode.INVALID_MESSAGE: _(
        "The server does not understand this page. Please reload it. (%(problem)s)"
    ),
    ReasonCode.BINARY_FRAME: _("A terminal does not accept binary messages."),
    ReasonCode.OUTPUT_NEVER_SENT: _("The acknowledged output was never sent."),
    ReasonCode.OUTPUT_NOT_PRINTED: _("The program has not printed that much."),
    ReasonCode.MESSAGE_TOO_LARGE: _("A message may have at most %(limit_bytes)s."),
    ReasonCode.TOO_MANY_MESSAGES: _("There were too many messages at once. Please slow down."),
    ReasonCode.INPUT_NOT_READ: _("The program has not read your earlier input yet."),
    ReasonCode.UNKNOWN_LANGUAGE: _("The language “%(language)s” is not available here."),
    ReasonCode.TOO_MANY_RUNS: _(
        "You already have %(active_runs)s programs running. Please stop one of them first."
    ),
    ReasonCode.QUEUE_FULL: _("Too many programs are waiting to run. Please try again in a minute."),
    ReasonCode.SITE_BUSY: _("The site is very busy. Please try again."),
    ReasonCode.ALREADY_RUNNING: _("A program is already running in this terminal."),
    ReasonCode.NO_RUN: _("No program is running in this terminal."),
    ReasonCode.NO_SUCH_RUN: _("This run does not exist."),
    ReasonCode.NO_CONTROL: _("You are watching. Another window controls this program."),
    ReasonCode.ACCOUNT_CLOSED: _("This account may not run programs."),
    ReasonCode.SIGNED_OUT: _("You have been signed out. Please sign in again."),
    ReasonCode.SERVER_FAILED: _("Something went wrong on our side. Please try again in a moment."),
}
# The page checks names and titles by these, too, before the server sees them: see `for_page`.
FILES: Mapping[ReasonCode, str] = {
    ReasonCode.PATH_EMPTY: _("A file needs a name."),
    ReasonCode.PATH_ABSOLUTE: _("A file name may not begin with “/”."),
    ReasonCode.PATH_CHARACTERS: _("A file name may not contain “\\” or control characters."),
    ReasonCode.PATH_PARTS: _("A file name may not contain “..”, “.” or an empty folder name."),
    ReasonCode.PATH_DEEP: _("Folders may be nested at most %(limit)s levels deep."),
    ReasonCode.PATH_LONG: _("This file name is too long."),
    ReasonCode.PATH_TWICE: _("There is already a file with this name."),
    ReasonCode.PATH_OF_FOLDER: _("A file and a folder cannot have the same name."),
    ReasonCode.NO_MAIN: _("The file to run is not one of the files."),
    ReasonCode.NUL_CHARACTER: _("A text file may not contain a NUL character."),
    ReasonCode.TITLE_EMPTY: _("A snippet needs a title."),
    ReasonCode.TITLE_LONG: _("A title may have at most %(limit)s characters."),
    ReasonCode.TITLE_CHARACTERS: _("A title may not contain line breaks or control characters."),
    ReasonCode.NO_FILES: _("A snippet needs at least one file."),
    ReasonCode.TOO_MANY_SOURCES: _("A snippet may have at most %(limit)s files."),
    ReasonCode.SOURCES_TOO_LARGE: _("All files together may have at most %(limit_bytes)s."),
}
PAGES: Mapping[ReasonCode, str] = {
    ReasonCode.NO_SUCH_SNIPPET: _("This snippet does not exist."),
    ReasonCode.SNIPPET_NOT_SHARED: _("This snippet does not exist, or it is no longer shared."),
    ReasonCode.SNIPPET_NOT_EMBEDDABLE: _("This snippet may not be shown on other pages."),
    ReasonCode.SNIPPET_CHANGED: _("This snippet was saved elsewhere in the meantime."),
    ReasonCode.TOO_MANY_SNIPPETS: _(
        "You have %(limit)s snippets, which is the limit. Please delete some of them first."
    ),
    ReasonCode.SNIPPETS_TOO_LARGE: _(
        "Your snippets may have at most %(limit_bytes)s. Please delete some of them first."
    ),
    ReasonCode.RUN_NOT_ENDED: _("This run does not exist, or it has not finished yet."),
    ReasonCode.CONTENT_TYPE: _("The content type must be application/json."),
    ReasonCode.REQUEST_TOO_LARGE: _("This is too large to be saved."),
    ReasonCode.TOO_MANY_REQUESTS: _("There were too many requests. Please wait a minute."),
    ReasonCode.PAGE_TOO_OLD: _("This page is too old. Please reload it. Your text is kept."),
    ReasonCode.NOT_STORED: _("This could not be saved. Please try again."),
}
SENTENCES: Mapping[ReasonCode, str] = {**ENDINGS, **TERMINAL, **FILES, **PAGES}


def sentence(code: ReasonCode, figures: Figures) -> str:
    """In the active language. `KeyError` when a figure is missing (`reasons.FIGURES`)."""
    text = SENTENCES[code]
    if code is ReasonCode.SIGNAL:
        text = SIGNALS.get(str(figures["signal"]), text)
    return gettext(text) % {name: _written(name, value) for name, value in figures.items()}


def of_refusal(refused: Refused) -> str:
    return sentence(refused.reason_code, refused.figures)


def of_ending(code: ReasonCode | None, figures: Figures, former: str) -> str:
    """`former`: the English sentence that versions of before 2026-11-29 kept in place of a code."""
    try:
        if code is not None:
            return sentence(code, figures)
    except KeyError:  # another version of us gives this code other figures
        pass
    return former or gettext("Your program ended.")


def worded(message: Message, language: str) -> Message:
    """`exit` and `error` with their sentence; any other message as it is."""
    if isinstance(message, Exit):
        with override(language):
            reason = of_ending(message.reason_code, message.figures, message.reason)
        return message.model_copy(update={"reason": reason})
    if isinstance(message, Error):
        with override(language):
            text = sentence(message.reason_code, message.figures)
        return message.model_copy(update={"message": text})
    return message


def _written(name: str, figure: int | str) -> str:
    if isinstance(figure, str):
        return figure
    if name.endswith("_seconds"):
        return _duration(figure)
    return _size(figure) if name.endswith("_bytes") else str(figure)


def _duration(seconds: int) -> str:
    if seconds >= 3600 and seconds % 3600 == 0:
        hours = seconds // 3600
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    if seconds > 60 and seconds % 60 == 0:
        minutes = seconds // 60
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}


def _size(count: int) -> str:
    if count < KIB:
        return ngettext("%(count)d byte", "%(count)d bytes", count) % {"count": count}
    value, unit = (count / KIB, "KB") if count < MIB else (count / MIB, "MB")
    short = str(round(value)) if value >= 100 else f"{value:.3g}"
    return f"{number_format(Decimal(short))} {unit}"
