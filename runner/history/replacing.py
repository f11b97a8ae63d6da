"""The text of a run as a snippet: a new one, or again that of the snippet that was run."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from pydantic import ValidationError

from accounts.models import User
from runner import access, snippets
from runner.history.figures import title
from runner.infrastructure import sentences
from runner.models import Run, Snippet
from runner.protocol.messages import SourceFile
from runner.protocol.names import printable
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import Refused
from runner.protocol.snippets import TITLE_CHARACTERS, NewSnippet, SnippetChange


class CannotReplace(Exception):
    """With a sentence for the user."""


def new_snippet(user: User, run: Run) -> Snippet:
    """Of `user`, who may see the run."""
    local = timezone.localtime(run.created_at)
    ran_at = date_format(local, pgettext("date format", "j M Y, H:i"))
    named = f"{printable(title(run))[: TITLE_CHARACTERS // 2]}, {ran_at}"
    try:
        new = NewSnippet(
            title=named[-TITLE_CHARACTERS:],
            language=run.language,
            main=run.main,
            files=_files(run),
        )
        return snippets.create(user, new)
    except ValidationError as error:
        raise CannotReplace(_("This code cannot be saved.")) from error
    except Refused as refused:
        raise CannotReplace(sentences.of_refusal(refused)) from refused


def restore(user: User, run: Run, kept: str, version: str = "") -> tuple[Snippet, Snippet | None]:
    """The snippet that has the run's text again, and where the text before is kept, if it differs.

    A snippet that was deleted stays so: there is a new one. `kept`, if not empty, is the number of
    a deleted snippet whose text is wanted instead: it undoes this. `version`, if not empty, is that
    of the snippet which the user saw.
    """
    source: Run | Snippet | None = just_replaced(user, kept) if kept else run
    own = run.snippet and access.open_snippets(user).filter(pk=run.snippet.pk).first()
    if source is None:
        raise CannotReplace(_("The text from before is no longer kept."))
    if own is None:
        return new_snippet(user, run), None
    try:
        if version and version != str(own.version):
            raise snippets.Conflict(own)
        change = SnippetChange(version=own.version, main=source.main, files=_files(source))
        kept_now = snippets.replace(user, own.pk, change)
        own.refresh_from_db(fields=["version"])
        return own, kept_now
    except ValidationError as error:
        raise CannotReplace(_("This code cannot be saved.")) from error
    except snippets.Conflict as conflict:
        changed = sentences.sentence(ReasonCode.SNIPPET_CHANGED, {})
        raise CannotReplace(changed) from conflict
    except Refused as refused:
        raise CannotReplace(sentences.of_refusal(refused)) from refused


def just_replaced(user: User, number: str) -> Snippet | None:
    """The text from before, unless the number is made up or it is long ago."""
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return access.open_snippets(user, deleted=True).filter(pk=int(number)).first()


def _files(source: Run | Snippet) -> tuple[SourceFile, ...]:
    return tuple(SourceFile.model_validate(file) for file in source.files)
