# size: one catalogue of sentences
"""The sentences that say why something was refused; `endings.py` says why a run ended.

A code and figures become a sentence in the language that is active. A figure is written by the
unit in its name: in "Your program printed more than %(output_bytes)s", 268435456 becomes "256 MB".
"""

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_noop as _

from runner.infrastructure.endings import ENDINGS, OTHERS_ENDINGS, OTHERS_SIGNALS, SIGNALS
from runner.limits import KIB, MIB
from runner.protocol.messages import Error, Exit, Message, Notice, NoticeCode
from runner.protocol.reasons import Figures, ReasonCode
from runner.protocol.refusals import Refused

TERMINAL: Mapping[ReasonCode, str] = {
    ReasonCode.INVALID_MESSAGE: _(
        "The server does not understand this page. Please reload it. (%(problem)s)"
    ),
    ReasonCode.BINARY_FRAME: _("A terminal does not accept binary messages."),
    ReasonCode.OUTPUT_NEVER_SENT: _("The acknowledged output was never sent."),
    ReasonCode.OUTPUT_NOT_PRINTED: _("The program has not printed that much."),
    ReasonCode.MESSAGE_TOO_LARGE: _("A message may have at most %(limit_bytes)s."),
    ReasonCode.TOO_MANY_MESSAGES: _("There were too many messages at once. Please slow down."),
    ReasonCode.TOO_MANY_STARTS: _(
        "You started many programs in a short time. Please press Run again in %(wait_seconds)s."
    ),
    ReasonCode.TOO_MANY_ATTACHES: _(
        "Your pages connected to programs too often. Please try again in %(wait_seconds)s."
    ),
    ReasonCode.INPUT_NOT_READ: _("The program has not read your earlier input yet."),
    ReasonCode.UNKNOWN_LANGUAGE: _("The language “%(language)s” is not available here."),
    ReasonCode.LANGUAGE_UNAVAILABLE: _(
        "Programs in %(language)s cannot run at the moment: no machine of this site has "
        "%(language)s. Please tell your teacher."
    ),
    ReasonCode.LANGUAGE_UNTRIED: _(
        "Programs in %(language)s cannot run yet: the machines are testing whether it works there. "
        "Please try again in a minute."
    ),
    ReasonCode.LANGUAGE_FAILS: _(
        "Programs in %(language)s cannot run at the moment: %(language)s is installed, but fails "
        "its test. “%(command)s” says why, on a machine that runs programs."
    ),
    ReasonCode.LANGUAGE_TO_INSTALL: _(
        "Programs in %(language)s cannot run at the moment: no machine of this site has "
        "%(language)s. On a machine that runs programs, “%(command)s” installs it."
    ),
    ReasonCode.CANNOT_KEEP_OPEN: _("The language %(language)s cannot stay open after a program."),
    ReasonCode.CANNOT_DEBUG: _("There is no debugger for %(language)s here."),
    ReasonCode.DEBUG_OR_TRACE: _("A program is either debugged or shown step by step, not both."),
    ReasonCode.NO_DEBUGGER: _(
        "The debugger for %(language)s is not installed on this site. Please tell your teacher. "
        "Run works without it."
    ),
    ReasonCode.NO_DEBUGGER_INSTALLED: _(
        "The debugger for %(language)s is not installed on this site. On a machine that runs "
        "programs, “%(command)s” installs it."
    ),
    ReasonCode.CANNOT_SHOW_WINDOWS: _("Programs in %(language)s cannot open windows here."),
    ReasonCode.NO_SCREEN: _(
        "Windows of programs in %(language)s cannot be shown on this site. Please tell your "
        "teacher. Run works without the window."
    ),
    ReasonCode.NO_SCREEN_INSTALLED: _(
        "Windows of programs in %(language)s cannot be shown on this site. On a machine that runs "
        "programs, “%(command)s” installs what is missing."
    ),
    ReasonCode.TOO_MANY_RUNS: _(
        "You already have %(active_runs)s programs running. Please stop one of them first."
    ),
    ReasonCode.QUEUE_FULL: _("Too many programs are waiting to run. Please try again in a minute."),
    ReasonCode.SITE_BUSY: _("The site is very busy. Please try again."),
    ReasonCode.ALREADY_RUNNING: _("A program is already running in this terminal."),
    ReasonCode.NO_RUN: _("No program is running in this terminal."),
    ReasonCode.NO_SUCH_RUN: _("This run does not exist."),
    ReasonCode.NO_CONTROL: _("You are watching. Another window controls this program."),
    ReasonCode.TOO_MANY_WATCHERS: _(
        "%(limit)s windows are watching this program already. Please try again later."
    ),
    ReasonCode.FORBIDDEN_MODULE: _(
        "This site does not allow the module “%(name)s”, which %(path)s uses in line %(line)s. "
        "Please solve the task without it."
    ),
    ReasonCode.FORBIDDEN_CALL: _(
        "This site does not allow %(name)s(), which %(path)s uses in line %(line)s. Please solve "
        "the task without it."
    ),
    ReasonCode.NO_SUCH_MEMBER: _("This class has no such member."),
    ReasonCode.ACCOUNT_CLOSED: _("This account may not run programs."),
    ReasonCode.NO_SUCH_CLASS: _("This class does not exist, or you are not in it."),
    ReasonCode.NO_SUCH_ROOM: _("This room does not exist, or you are not in it."),
    ReasonCode.VISITORS_OFF: _("Programs cannot be run here without an account."),
    ReasonCode.VISITORS_CANNOT: _("This needs an account."),
    ReasonCode.VISITORS_SOURCE: _(
        "This program is too large to be run without an account; the limit is %(limit_bytes)s."
    ),
    ReasonCode.VISIT_OVER: _("Too much time has passed. Please press Run again."),
    ReasonCode.PUZZLE_WRONG: _(
        "Your browser could not show that it is no robot. Please press Run again."
    ),
    ReasonCode.TOO_MANY_VISITORS: _(
        "Very many people are trying programs here. Please press Run again in a minute."
    ),
    ReasonCode.ROOM_ROLE: _("Your role in this room does not allow this."),
    ReasonCode.ROOM_GUEST: _(
        "Guests of a room cannot start programs. Ask somebody with an account."
    ),
    ReasonCode.ROOM_FULL: _(
        "This room holds as many changes as it can. Its owner can begin it anew from the saved "
        "text."
    ),
    ReasonCode.ROOM_EPOCH: _("The room was begun anew. Your last changes were not sent."),
    ReasonCode.ROOM_MEMBERS: _("A room has at most %(limit)s members. This one is full."),
    ReasonCode.TOO_MANY_LINKS: _("%(limit)s links are valid already. Please revoke one first."),
    ReasonCode.ROOM_UPDATE: _("This change could not be read."),
    ReasonCode.ROOM_TEXT: _("The files cannot be saved like this: they are too many or too large."),
    ReasonCode.ROOM_UNREADABLE: _(
        "The changes in this room cannot be read any more. Its owner can begin it anew from the "
        "saved text."
    ),
    ReasonCode.TOO_MANY_ROOMS: _("You have %(limit)s rooms already. Please end one of them first."),
    ReasonCode.NO_SUCH_INTERVIEW: _("This interview does not exist, or it is not yours."),
    ReasonCode.INTERVIEW_CLOSED: _("The interview has not begun, or its time is over."),
    ReasonCode.INTERVIEW_LANGUAGE: _("This interview does not allow the language %(language)s."),
    ReasonCode.INTERVIEW_RUNNING: _("A program of a candidate is running. Please stop it first."),
    ReasonCode.TOO_MANY_INTERVIEWS: _(
        "You have %(limit)s of them already. Please delete one of them first."
    ),
    ReasonCode.NO_SUCH_ASSIGNMENT: _("This assignment does not exist."),
    ReasonCode.CLASS_ROLE: _("Your role in this class does not allow this."),
    ReasonCode.CLASS_ARCHIVED: _("This class has ended. Choose another one, or none."),
    ReasonCode.ROOM_CLOSED: _("Closed for now: a class of this room's owner allows no sharing."),
    ReasonCode.CLASS_SHARING: _("A class of yours does not allow sharing by link now."),
    ReasonCode.CLASS_LANGUAGE: _("The class does not use this programming language."),
    ReasonCode.CLASS_MODULE: _(
        "Your class does not allow the module “%(name)s”, which %(path)s uses in line %(line)s. "
        "Please solve the task without it."
    ),
    ReasonCode.CLASS_PACKAGE: _(
        "“%(name)s”, which %(path)s uses in line %(line)s, is none of the packages that your class "
        "uses. Please solve the task without it."
    ),
    ReasonCode.CLASS_WINDOWS: _("In this class, programs may not open windows."),
    ReasonCode.EXAM_OF_CLASS: _(
        "You are taking an exam in the class %(class_name)s. Choose this class to run programs."
    ),
    ReasonCode.EXAM_TASK: _(
        "During this exam you may only run programs of its assignments. Open one of them from the "
        "page of the class."
    ),
    ReasonCode.EXAM_READING: _(
        "You are taking an exam in the class %(class_name)s. Until it ends, this is not available."
    ),
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
    ReasonCode.TITLE_CHARACTERS: _(
        "A title may not contain line breaks, invisible or control characters."
    ),
    ReasonCode.NO_FILES: _("A snippet needs at least one file."),
    ReasonCode.TOO_MANY_SOURCES: _("A snippet may have at most %(limit)s files."),
    ReasonCode.SOURCES_TOO_LARGE: _("All files together may have at most %(limit_bytes)s."),
}
PAGES: Mapping[ReasonCode, str] = {
    ReasonCode.NO_SUCH_SNIPPET: _("This snippet does not exist."),
    ReasonCode.SNIPPET_NOT_SHARED: _("This snippet does not exist, or it is no longer shared."),
    ReasonCode.SNIPPET_NOT_EMBEDDABLE: _("This snippet may not be shown on other pages."),
    ReasonCode.EMBEDDING_OFF: _("This site lets no other page show its snippets."),
    ReasonCode.SNIPPET_CHANGED: _("This snippet was saved elsewhere in the meantime."),
    ReasonCode.TOO_MANY_SNIPPETS: _(
        "You have %(limit)s snippets, which is the limit. Please delete some of them first."
    ),
    ReasonCode.SNIPPETS_TOO_LARGE: _(
        "Your snippets may have at most %(limit_bytes)s. Please delete some of them first."
    ),
    ReasonCode.NO_SUCH_DATA: _("There is no such file beside the code."),
    ReasonCode.NO_DATA_SENT: _("No file was sent."),
    ReasonCode.DATA_NAME: _(
        "A file cannot be called “%(name)s” here. Rename it, or put it into fewer folders."
    ),
    ReasonCode.DATA_NAME_OF_SOURCE: _(
        "The code already has a file or a folder with the name “%(name)s”."
    ),
    ReasonCode.DATA_FILE_TOO_LARGE: _(
        "The file “%(name)s” is too large: the limit is %(limit_bytes)s."
    ),
    ReasonCode.DATA_TOO_LARGE: _(
        "The files beside the code of a snippet may have %(limit_bytes)s together."
    ),
    ReasonCode.DATA_QUOTA: _(
        "The files beside the code of all your snippets may have %(limit_bytes)s together. Please "
        "delete some of them first."
    ),
    ReasonCode.DATA_AWAY: _("The content of this file cannot be read at the moment."),
    ReasonCode.DATA_NOT_STORED: _("Files cannot be stored at the moment: nothing was added."),
    ReasonCode.TOO_MANY_DATA_FILES: _("There may be %(limit)s files beside the code of a snippet."),
    ReasonCode.ZIP_BROKEN: _("This zip archive is damaged. Nothing was unpacked."),
    ReasonCode.ZIP_ENCRYPTED: _(
        "This zip archive is protected by a password. Unpack it first, and add its files."
    ),
    ReasonCode.ZIP_METHOD: _(
        "The file “%(name)s” is packed in this zip archive in a way that cannot be unpacked here."
    ),
    ReasonCode.ZIP_NAME: _(
        "This zip archive has a file that cannot be called “%(name)s” here. Nothing was unpacked."
    ),
    ReasonCode.ZIP_TOO_LARGE: _(
        "What is in this zip archive has more than %(limit_bytes)s. Nothing was unpacked."
    ),
    ReasonCode.RUN_NOT_ENDED: _("This run does not exist, or it has not finished yet."),
    ReasonCode.CONTENT_TYPE: _("The content type must be application/json."),
    ReasonCode.REQUEST_TOO_LARGE: _("This is too large to be saved."),
    ReasonCode.TOO_MANY_REQUESTS: _("There were too many requests. Please wait a minute."),
    ReasonCode.TOO_MANY_SEARCHES: _("You searched a lot in a short time. Please wait a minute."),
    ReasonCode.SERVER_BUSY: _("The site is busy. Please try again in a moment."),
    ReasonCode.PAGE_TOO_OLD: _("This page is too old. Please reload it. Your text is kept."),
    ReasonCode.PASSWORD_TO_CHANGE: _("Please choose a new password first."),
    ReasonCode.SECOND_FACTOR_MISSING: _("Please confirm your second factor first."),
    ReasonCode.NOT_STORED: _("This could not be saved. Please try again."),
}
WAY_HERE: Mapping[ReasonCode, str] = {
    ReasonCode.WRONG_HOST: _(
        "This site is not set up for the address that you opened. Please tell your teacher: only "
        "the person who runs the site can change that."
    ),
    ReasonCode.WRONG_SCHEME: _(
        "This site confuses HTTP and HTTPS. Please tell your teacher: only the person who runs the "
        "site can change that."
    ),
    ReasonCode.HOST_NOT_ALLOWED: _(
        "This site does not know the address that you opened. Please tell your teacher: only the "
        "person who runs the site can change that."
    ),
    ReasonCode.NO_ORIGIN: _(
        "Something between your browser and the site removed a part of the request. Try it without "
        "browser extensions, or tell your teacher."
    ),
    ReasonCode.UPGRADE_LOST: _(
        "Something between your browser and the site does not let WebSockets through. Please tell "
        "your teacher."
    ),
    ReasonCode.NO_COOKIES: _(
        "Your browser did not send the cookie of this site. Allow cookies for this site, reload "
        "the page and try again."
    ),
    ReasonCode.FORM_TOO_OLD: _(
        "This form was open for too long, or you signed in or out in another tab. Reload the page "
        "and try again."
    ),
    ReasonCode.TOO_MANY_TERMINALS: _(
        "You have this site open in %(limit)s tabs, which is the limit. Please close some of them."
    ),
    ReasonCode.TERMINAL_GONE: _("This connection has ended. The page makes a new one."),
    ReasonCode.REQUEST_NOT_UNDERSTOOD: _(
        "The server does not understand this page. Please reload it."
    ),
}
_NOT_RETURNED = _(
    "Not returned: %(count)s, among them “%(name)s”. A run returns up to %(limit)s new files "
    "with %(limit_bytes)s together, and no links."
)
_NOT_KEPT = _(
    "Not kept for the next run: %(count)s, among them “%(name)s”. The data beside a program may "
    "have %(limit_bytes)s, and all data of a person %(total_bytes)s."
)
NOTICES: Mapping[NoticeCode, str] = {
    NoticeCode.WAITING_FOR_INPUT: _("Your program waits for your answer."),
    NoticeCode.RUNNING: _("Your program continues."),
    NoticeCode.OUTPUT_HELD: _(
        "Ctrl+S has stopped the output. Press any other key in the terminal to go on."
    ),
    NoticeCode.OUTPUT_RESUMED: _("The output goes on."),
    NoticeCode.PROCESSOR_TIME: _(
        "Your program has used %(used_seconds)s of processor time; it may use %(cpu_seconds)s. "
        "A loop that waits for something needs a pause, such as time.sleep(0.1)."
    ),
    NoticeCode.WATCHED: _("Watching your program: %(names)s"),
    NoticeCode.UNWATCHED: _("Nobody is watching your program any more."),
    NoticeCode.FILES_LEFT_OUT: _NOT_RETURNED,
    NoticeCode.FILES_LOST: _("The files that your program has written could not be returned."),
    NoticeCode.FILES_NOT_KEPT: _NOT_KEPT,
}
OTHERS_NOTICES: Mapping[NoticeCode, str] = {
    NoticeCode.FILES_LEFT_OUT: _NOT_RETURNED,
    NoticeCode.FILES_LOST: _("The files that the program has written could not be returned."),
    NoticeCode.FILES_NOT_KEPT: _NOT_KEPT,
    NoticeCode.WAITING_FOR_INPUT: _("The program waits for an answer."),
    NoticeCode.RUNNING: _("The program continues."),
    NoticeCode.OUTPUT_HELD: _("The student has stopped the output with Ctrl+S."),
    NoticeCode.OUTPUT_RESUMED: _("The output goes on."),
    NoticeCode.PROCESSOR_TIME: _(
        "The program has used %(used_seconds)s of processor time; it may use %(cpu_seconds)s. "
        "A loop that waits for something needs a pause, such as time.sleep(0.1)."
    ),
    NoticeCode.WATCHED: _("Watching the program: %(names)s"),
    NoticeCode.UNWATCHED: _("Nobody is watching the program any more."),
}
SENTENCES: Mapping[ReasonCode, str] = {**ENDINGS, **TERMINAL, **FILES, **PAGES, **WAY_HERE}


def sentence(code: ReasonCode, figures: Figures, *, own: bool = True) -> str:
    """In the active language. `KeyError` when a figure is missing (`reasons.FIGURES`).

    `own`: the reader is the owner of the run that ended; else "your program" would be wrong.
    """
    text = SENTENCES[code] if own else OTHERS_ENDINGS.get(code, SENTENCES[code])
    if code is ReasonCode.SIGNAL:
        text = (SIGNALS if own else OTHERS_SIGNALS).get(str(figures["signal"]), text)
    return _with_figures(text, figures)


def _with_figures(text: str, figures: Figures) -> str:
    return gettext(text) % {name: _written(name, value) for name, value in figures.items()}


def of_refusal(refused: Refused) -> str:
    return sentence(refused.reason_code, refused.figures)


def of_ending(code: ReasonCode | None, figures: Figures, former: str, *, own: bool = True) -> str:
    """`former`: the English sentence that versions of before 2026-11-29 kept in place of a code. It
    speaks to the owner, so nobody else is told it."""
    try:
        if code is not None:
            return sentence(code, figures, own=own)
    except KeyError:  # another version of us gives this code other figures
        pass
    if not own:
        return gettext("The program ended.")
    return former or gettext("Your program ended.")


def worded(message: Message, language: str, *, own: bool = True) -> Message:
    """`exit`, `error` and `notice` with their sentence; others as they are. `own`: the run that a
    message is about is the reader's."""
    with override(language):
        if isinstance(message, Exit):
            reason = of_ending(message.reason_code, message.figures, message.reason, own=own)
            return message.model_copy(update={"reason": reason})
        if isinstance(message, Error):
            text = sentence(message.reason_code, message.figures, own=own)
        elif not isinstance(message, Notice):
            return message
        else:
            text = of_notice(message.code, message.figures, own=own)
    return message.model_copy(update={"message": text})


def of_notice(code: NoticeCode, figures: Figures, *, own: bool) -> str:
    """Empty where figures of the sentence are missing: another version of us has others."""
    with suppress(KeyError):
        return _with_figures((NOTICES if own else OTHERS_NOTICES)[code], figures)
    return ""


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
