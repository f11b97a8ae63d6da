"""Whose site this is: its name, its logo, and where imprint and privacy notice are."""

import os
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.core.exceptions import ImproperlyConfigured

NAME_CHARACTERS = 60  # what fits beside the logo on a phone is shown, the rest is cut
LOGO_BYTES = 512 * 1024
# How a file of each kind begins. What it is called does not count.
KINDS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
)
SVG_ROOT = "{http://www.w3.org/2000/svg}svg"


@dataclass(frozen=True, slots=True)
class Logo:
    """`version` differs when the picture does."""

    content: bytes
    content_type: str
    version: str


def site_name(variable: str) -> str:
    """Empty without one: pages then name the product."""
    text = os.environ.get(variable, "").strip()
    if len(text) > NAME_CHARACTERS or not text.isprintable():
        raise ImproperlyConfigured(
            f"{variable} must be one line of at most {NAME_CHARACTERS} characters."
        )
    return text


def link(variable: str) -> str:
    """An `http(s)://` address; empty without one."""
    text = os.environ.get(variable, "").strip()
    try:
        parts = urlsplit(text)
        _ = parts.port  # reading it checks it
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        valid = False
    if text and not (valid and text.isprintable() and " " not in text):
        raise ImproperlyConfigured(
            f"{variable} must be an address such as https://example.org/imprint, not {text!r}."
        )
    return text


def logo(variable: str) -> Logo | None:
    """The picture in that file: PNG, JPEG, GIF, WebP or SVG."""
    path = os.environ.get(variable, "").strip()
    if not path:
        return None
    try:
        with Path(path).open("rb") as file:
            content = file.read(LOGO_BYTES + 1)
    except OSError as error:
        raise ImproperlyConfigured(f"{variable} cannot be read: {error}") from error
    if len(content) > LOGO_BYTES:
        raise ImproperlyConfigured(f"{variable} may have at most {LOGO_BYTES} bytes.")
    found = next((kind for begin, kind in KINDS if begin.match(content)), None)
    if found is None and _is_svg(content):
        found = "image/svg+xml"
    if found is None:
        raise ImproperlyConfigured(f"{variable} must be a PNG, JPEG, GIF, WebP or SVG picture.")
    return Logo(content, found, sha256(content).hexdigest()[:12])


def _is_svg(content: bytes) -> bool:
    # The file is the operator's own. A document type could still expand without end.
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return False
    try:
        return ElementTree.fromstring(content).tag == SVG_ROOT  # noqa: S314
    except ElementTree.ParseError:
        return False
