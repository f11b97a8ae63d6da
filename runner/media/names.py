"""Names of artifacts, as people see them and as files are called that they save."""

import re

from runner.protocol.names import printable

MOST_CHARACTERS = 100
# Windows and shells take these for something else; a name is never a path.
UNWANTED = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
SPACES = re.compile(r"\s+")
RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³]) *(?:\.|$)", re.I)


def clean_name(name: str, default: str, extension: str) -> str:
    """`name` without folders, hidden characters and what file systems refuse, and with the
    `extension` of what it is; `default` where nothing is left of it."""
    last = re.split(r"[/\\]", name)[-1]
    kept = printable(UNWANTED.sub("", SPACES.sub(" ", last)))
    kept = kept.encode("utf-8", errors="ignore").decode().strip(". ")
    has_extension = kept.lower().endswith(extension)
    if has_extension:  # which is to stay
        kept = kept[-MOST_CHARACTERS:].strip(". ")
    if not kept or RESERVED.match(kept):
        kept, has_extension = default, not extension
    if not has_extension:
        kept = kept[: MOST_CHARACTERS - len(extension)].rstrip(". ") + extension
    return kept
