"""What an artifact may be, and what it is."""

from dataclasses import dataclass
from typing import Literal, get_args

from runner.media.pictures import Bytes, is_svg, picture

Kind = Literal["picture", "table", "html", "sound", "file"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST_PIXELS = 4096  # of a side: what a phone can draw
# Of these, whose first bytes were read, a browser may show what it got as it is.
INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "audio/wav"})

Problem = Literal["picture_too_large", "not_a_picture", "not_a_sound", "not_text"]


class NotAccepted(Exception):
    """It is not what it was handed over as."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Media:
    mime: str
    extension: str  # with its dot; empty for a file of any kind
    width: int | None = None
    height: int | None = None


ANYTHING = Media("application/octet-stream", "")


def inspect(kind: Kind, data: Bytes) -> Media:
    """Raises NotAccepted."""
    if kind == "picture":
        return _picture(data)
    if kind == "sound":
        if data[:4] != b"RIFF" or data[8:16] != b"WAVEfmt ":
            raise NotAccepted("not_a_sound")
        return Media("audio/wav", ".wav")
    if kind == "file":
        return _file(data)
    return _page(data)


def _file(data: Bytes) -> Media:
    """What a browser may show is known; the rest is for saving. Its name keeps its extension."""
    try:
        found = _picture(data)
    except NotAccepted:
        return ANYTHING
    return Media(found.mime, "", found.width, found.height) if found.mime in INLINE else ANYTHING


def _picture(data: Bytes) -> Media:
    if found := picture(data):
        if not (0 < found.width <= MOST_PIXELS and 0 < found.height <= MOST_PIXELS):
            raise NotAccepted("picture_too_large")
        return Media(found.mime, found.extension, found.width, found.height)
    if is_svg(data):
        _check_text(data)
        return Media("image/svg+xml", ".svg")
    raise NotAccepted("not_a_picture")


def _page(data: Bytes) -> Media:
    _check_text(data)
    return Media("text/html", ".html")


def _check_text(data: Bytes) -> None:
    """A browser that reads bytes in another encoding could find in them what is not there."""
    try:
        str(data, "utf-8")
    except UnicodeDecodeError as error:
        raise NotAccepted("not_text") from error
    if b"\0" in data:
        raise NotAccepted("not_text")
