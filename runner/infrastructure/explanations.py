"""What is wrong with what somebody sent, in the reader's language.

The protocol's models raise errors with a name and figures (`PydanticCustomError`); those that
people meet, and not only programs that are wrong, have a sentence here.
"""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

SENTENCES = {
    "title_empty": _("A title is needed."),
    "title_too_long": _("A title may have at most %(limit)d characters; this one has %(found)d."),
    "title_characters": _("A title may not contain control characters."),
    "number_of_files": _("A snippet has 1 to %(limit)d files, not %(found)d."),
    "files_too_large": _("All files together may have %(limit)d KB; these have %(found)d KB."),
    "nul_character": _("A text file may not contain a NUL character."),
    "path_empty": _("A path may not be empty."),
    "path_absolute": _("A path may not be absolute."),
    "path_characters": _("A path may not contain backslashes or control characters."),
    "path_deep": _("A path may not be deeper than %(limit)d folders."),
    "path_parts": _("A path may not contain empty, . or .. parts."),
    "path_long": _("A file name may not be longer than %(limit)d bytes."),
    "path_twice": _("Two files have the same path."),
    "path_of_folder": _("A file has the path of a folder."),
    "no_main": _("The file to run is not one of the files."),
}


def explained(name: str, figures: Mapping[str, object] | None) -> str | None:
    """The sentence for the error of that name; None when only programs meet it."""
    sentence = SENTENCES.get(name)
    return sentence and gettext(sentence) % (figures or {})
