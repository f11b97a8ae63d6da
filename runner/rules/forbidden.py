"""Whether a program in Python uses a module or a function that the site does not allow. Pure.

A source is read as Python itself reads it: from its bytes, by the encoding that it names. Most
files mention none of the names, and are not parsed. Parsing holds Python's lock, so it is done for
at most `MOST_PARSED_BYTES` of a request. Beyond them, and in files that cannot be parsed here
(which a newer Python may run), a name counts as used where the file mentions it: nothing can hide
there, and what is refused wrongly can be rewritten.

All this happens while terminals wait, so it is linear in the size of the sources. Two encodings are
not, and neither is the order of combining marks in Unicode: files in the former use whatever is
forbidden, and a word that is longer than any name is not looked at.
"""

import codecs
import io
import re
import tokenize
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from runner.rules.python_names import Use, used_names

MOST_PARSED_BYTES = 16 * 1024  # 40 ms for the slowest sources; a beginner's program has 2
_IMPORTS = frozenset({"import", "__import__", "import_module"})
_UTF_8 = frozenset({"utf-8", "utf-8-sig"})
_SLOW = frozenset({"punycode", "idna"})
MOST_OF_WORD = 200  # characters: each may become several of a name, and never several one
# No part of a name, in whatever form.
_BETWEEN = re.compile(r"([\s!-/:-@\[-^`{-~\x00-\x1f]+)")


@dataclass(frozen=True, slots=True)
class Forbidden:
    """`modules` and what is below them; `calls` by their dotted names, `eval` or `os.system`."""

    modules: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.modules or self.calls)


@dataclass(frozen=True, slots=True)
class Finding:
    """The first use of a name in a program."""

    name: str
    call: bool  # not a module
    path: str
    line: int  # from 1


def find_forbidden(files: Iterable[tuple[str, str]], forbidden: Forbidden) -> Finding | None:
    """`files`: paths and texts of what Python may run."""
    left = MOST_PARSED_BYTES
    for path, text in files:
        source = text.encode(errors="surrogatepass")
        readable = _text_of(source)
        if readable is None:
            name = min(forbidden.modules | forbidden.calls)
            return Finding(name, name in forbidden.calls, path, 1)
        mentioned = _mentioned(readable, forbidden)
        if not mentioned:
            continue
        uses = None
        if len(source) <= left:
            left -= len(source)
            uses = used_names(source)
        if uses is None:
            uses = _mentions(readable, mentioned)
        if found := _first(uses, forbidden):
            return Finding(found.name, found.call, path, found.line)
    return None


def _text_of(source: bytes) -> str | None:
    """Its characters as Python decodes them, and as they are sent; identifiers in the form in which
    Python compares them. None: that takes long."""
    lines = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    text = lines.decode(errors="ignore")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(lines).readline)
        if codecs.lookup(encoding).name in _SLOW:
            return None
        if encoding not in _UTF_8:
            text += "\n" + lines.decode(encoding)
    except (SyntaxError, UnicodeError, LookupError):
        pass  # Python cannot read it either, and says so
    return text if text.isascii() else "".join(map(_compared, _BETWEEN.split(text)))


def _compared(word: str) -> str:
    return word if len(word) > MOST_OF_WORD else unicodedata.normalize("NFKC", word)


def _mentioned(text: str, forbidden: Forbidden) -> Forbidden:
    """Those of which every part is somewhere in the text."""
    return Forbidden(
        frozenset(name for name in forbidden.modules if _has(text, name)),
        frozenset(name for name in forbidden.calls if _has(text, name)),
    )


def _has(text: str, name: str) -> bool:
    return all(part in text for part in name.split("."))


def _mentions(text: str, mentioned: Forbidden) -> Iterator[Use]:
    """Of a text that is not parsed: names whose parts are words of it, modules only if something is
    imported."""
    names = [(name, True) for name in mentioned.calls]
    if any(_line_of(text, word) for word in _IMPORTS):
        names += [(name, False) for name in mentioned.modules]
    for name, call in sorted(names):
        lines = [_line_of(text, part) for part in name.split(".")]
        if all(lines):
            yield Use(name, call, lines[-1])


def _line_of(text: str, word: str) -> int:
    """Of the first place of a word; 0: there is none."""
    found = re.search(rf"\b{re.escape(word)}\b", text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _first(uses: Iterable[Use], forbidden: Forbidden) -> Use | None:
    hits = (use for use in uses if use.name in (forbidden.calls if use.call else forbidden.modules))
    return min(hits, key=lambda use: use.line, default=None)
