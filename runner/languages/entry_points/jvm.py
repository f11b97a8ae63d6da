"""The class with which a program of the JVM begins, found in its sources. Pure.

The JVM is told a class. Its compiler knows which classes have a `main`, but does not say so. This
reads no more of the language than it must, in time that is linear in the size of the sources,
whatever is in them; what it finds wrong, the JVM explains in its own words.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from runner.languages.entry_points.kotlin_text import file_class, without_text
from runner.protocol.reasons import Figures, ReasonCode

# Of a file. A program of the largest size has a tenth of them; of a bomb the rest is not read.
MOST_TOKENS = 100_000
MOST_MAINS = 1_000
MOST_SCOPES = 20  # in each other
HEADER = 500  # characters before `main`, in which its modifiers stand
PARAMETERS = 500  # characters

_JAVA_TEXT = re.compile(
    r"""
    //[^\n\r]*+
    | /\*(?:[^*]++|\*(?!/))*+(?:\*/)?
    | \"\"\"(?:[^"\\]++|\\.|"(?!""))*+(?:\"\"\")?
    | "(?:[^"\\\n\r]++|\\.)*+"?
    | '(?:[^'\\\n\r]++|\\.)*+'?
    """,
    re.VERBOSE | re.DOTALL,
)
_UNICODE_ESCAPE = re.compile(r"\\u++([0-9a-fA-F]{4})")
_COMMON = r"""
    (?P<punctuation>[{}();])
    | (?<![\w$.])package\s++(?P<package>[\w$]++(?:\s*+\.\s*+[\w$]++)*+)
"""
_JAVA = re.compile(
    _COMMON
    + rf"""
    | (?<![\w$.])(?P<interface>interface)\s++(?P<name>[\w$]++)
    | (?<![\w$.])(?:class|enum)\s++(?P<class>[\w$]++)
    | (?<![\w$.])record\s++(?P<record>[\w$]++)\s*+(?=[(<])
    | (?<![\w$.])void\s++main\s*+\((?P<parameters>[^(){{}};]{{0,{PARAMETERS}}}+)\)
    """,
    re.VERBOSE,
)
_KOTLIN = re.compile(
    _COMMON
    + rf"""
    | (?<![\w$.])(?P<companion>companion)\s++object\b
    | (?<![\w$.])(?:class|interface|object)\s++(?P<class>[\w$]++)
    | (?<![\w$.])fun\s++main\s*+\((?P<parameters>[^(){{}};]{{0,{PARAMETERS}}}+)\)
    | (?<![\w$.])(?P<other>fun|val|var|typealias)\b
    """,
    re.VERBOSE,
)
_KOTLIN_NAME = re.compile(r"@file\s*+:\s*+(?:\[\s*+)?JvmName\s*+\(\s*+\"([\w$]++)\"")


class NoEntry(Exception):
    """The sources do not tell where the program begins."""

    def __init__(self, code: ReasonCode, **figures: str) -> None:
        super().__init__(code)
        self.code: ReasonCode = code
        self.figures: Figures = figures


class Main(NamedTuple):
    """A `main`; the least is the best of a file."""

    improper: bool  # the JVM refuses it, and says why
    nested: bool  # in a class in a class
    other_name: bool  # than the file's
    place: int
    binary_name: str


class _Scope(NamedTuple):
    """What a brace has opened: a type, or something else."""

    name: str | None
    interface: bool = False
    companion: bool = False


def find_entry(rule: str, main: str, files: Mapping[str, str]) -> str:
    """Of a program whose main file is `main`; empty where paths are enough. Raises NoEntry.

    The main file decides, if it has a `main`; else the only other file that has one.
    """
    if rule not in READERS:
        return ""
    extension, read = READERS[rule]
    if entry := _best(read, main, files.get(main, "")):
        return entry
    found: dict[str, str] = {}
    for path, text in files.items():
        if path != main and path.endswith(extension) and (entry := _best(read, path, text)):
            found[path] = entry
    if not found:
        raise NoEntry(ReasonCode.NO_ENTRY, path=main)
    if len(found) > 1:
        first, second, *_ = found
        raise NoEntry(ReasonCode.SEVERAL_ENTRIES, first=first, second=second)
    return next(iter(found.values()))


def _best(read: Callable[[str, str], Iterator[Main]], path: str, text: str) -> str | None:
    mains = islice(read(path, text), MOST_MAINS)
    best = min(mains, default=None)
    return best.binary_name if best else None


class _Reader:
    """Follows the braces of one file."""

    def __init__(self, text: str) -> None:
        self.package = ""
        self._text = text
        self._scopes: list[_Scope] = []
        self._brackets = 0
        self._declared: tuple[_Scope, int] | None = None  # whose brace comes; brackets before it
        self._boundary = 0  # the end of what was before

    @property
    def scopes(self) -> list[_Scope]:
        return self._scopes

    def declare(self, scope: _Scope) -> None:
        self._declared = scope, self._brackets

    def forget(self) -> None:
        """A declaration without a body, as another one begins beside it."""
        if self._declared and self._declared[1] == self._brackets:
            self._declared = None

    def header(self, end: int) -> str:
        return self._text[max(self._boundary, end - HEADER) : end]

    def punctuation(self, sign: str, end: int) -> None:
        if sign in "()":
            self._brackets = max(0, self._brackets + (1 if sign == "(" else -1))
            return
        self._boundary = end
        if sign == "{":
            scope = _Scope(None)
            if self._declared and self._declared[1] == self._brackets:
                scope, self._declared = self._declared[0], None
            self._scopes.append(scope)
        elif sign == "}" and self._scopes:
            self._scopes.pop()

    def binary_name(self) -> str | None:
        """Of the class that all open braces belong to; None within something else."""
        if len(self._scopes) > MOST_SCOPES:
            return None
        names = [scope.name for scope in self._scopes if not scope.companion]
        if not names or not all(names):
            return None
        return self.qualified("$".join(name for name in names if name))

    def qualified(self, name: str) -> str:
        return f"{self.package}.{name}" if self.package else name


def _tokens(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    for number, found in enumerate(pattern.finditer(text)):
        if number == MOST_TOKENS:
            return
        yield found


def _common(reader: _Reader, token: re.Match[str]) -> bool:
    if sign := token["punctuation"]:
        reader.punctuation(sign, token.end())
    elif package := token["package"]:
        if not reader.package and not reader.scopes:
            reader.package = "".join(package.split())
    else:
        return False
    return True


def _java(path: str, text: str) -> Iterator[Main]:
    if "\\u" in text:
        text = _UNICODE_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    text = _JAVA_TEXT.sub(" ", text)
    reader, stem = _Reader(text), path.rpartition("/")[2].removesuffix(".java")
    for token in _tokens(_JAVA, text):
        if _common(reader, token):
            continue
        if name := token["class"] or token["record"] or token["name"]:
            reader.declare(_Scope(name, interface=bool(token["interface"])))
        elif entry := reader.binary_name():
            inner = reader.scopes[-1]
            words = set(re.findall(r"\w+", reader.header(token.start())))
            wanted = {"static"} if inner.interface else {"public", "static"}
            array = re.search(r"\bString\b.*(?:\[|\.\.\.)", token["parameters"], re.DOTALL)
            proper = bool(wanted <= words and array)
            nested = len(reader.scopes) > 1
            yield Main(not proper, nested, inner.name != stem, token.start(), entry)
        elif not reader.scopes:  # of the class that is the file: Java 25
            yield Main(True, False, False, token.start(), reader.qualified(stem))


def _kotlin(path: str, text: str) -> Iterator[Main]:
    text = without_text(text)
    reader = _Reader(text)
    named = _KOTLIN_NAME.search(text)
    for token in _tokens(_KOTLIN, text):
        if _common(reader, token):
            continue
        if token["companion"]:
            reader.declare(_Scope("Companion", companion=True))
        elif name := token["class"]:
            reader.declare(_Scope(name))
        elif token["other"]:
            reader.forget()
        else:
            reader.forget()
            header, parameters = reader.header(token.start()), token["parameters"]
            private = re.search(r"\bprivate\s*+(?:suspend\s*+)?\Z", header) is not None
            array = not parameters.strip() or re.search(r"\bArray\b|\bvararg\b", parameters)
            if not reader.scopes:
                name = named[1] if named else file_class(path)
                entry = reader.qualified(name)
                yield Main(private or not array, False, False, token.start(), entry)
            elif (entry := reader.binary_name() or "") and "@JvmStatic" in header:
                yield Main(private or not array, True, False, token.start(), entry)


READERS: dict[str, tuple[str, Callable[[str, str], Iterator[Main]]]] = {
    "java": (".java", _java),
    "kotlin": (".kt", _kotlin),
}
