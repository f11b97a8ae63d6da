"""Code as HTML with classes for its colours, made by Pygments: the page needs no script for it."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

# Only lexers named here meet what students write: some of Pygments' are slow on hostile text.
LEXERS = {
    ".py": "python", ".js": "javascript", ".ts": "typescript", ".c": "c", ".h": "c",
    ".cpp": "cpp", ".java": "java", ".go": "go", ".rs": "rust", ".json": "json",
}  # fmt: skip
MAX_CHARACTERS = (
    50_000  # beyond that it is shown without colours: a web worker's time is everybody's
)
_formatter: HtmlFormatter[str] = HtmlFormatter(nowrap=True, classprefix="tok-")


def highlighted(files: Iterable[Mapping[str, str]]) -> list[tuple[str, str | SafeString]]:
    """Paths and contents; the contents as safe HTML, or as text when they are not highlighted."""
    budget = MAX_CHARACTERS
    shown: list[tuple[str, str | SafeString]] = []
    for file in files:
        budget -= len(file["content"])
        lexer = LEXERS.get(PurePosixPath(file["path"]).suffix.lower())
        if lexer is None or budget < 0:
            shown.append((file["path"], file["content"]))
        else:
            shown.append((file["path"], _html(file["content"], lexer)))
    return shown


def _html(code: str, lexer: str) -> SafeString:
    """Pygments escapes everything that is not its own markup."""
    made = highlight(code, get_lexer_by_name(lexer, stripnl=False, ensurenl=False), _formatter)
    return mark_safe(made)  # noqa: S308
