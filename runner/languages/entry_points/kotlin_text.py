"""Comments and texts of Kotlin, which are nested in each other: what is left without them. Pure."""

import re

_CODE = re.compile(r"//|/\*|\"\"\"|\"|'(?:[^'\\\n]|\\.)[^'\n]{0,8}'|[{}]")
_COMMENT = re.compile(r"/\*|\*/")
_TEXT = re.compile(r"(?:[^\"\\$\n]++|\\.|\$(?!\{))*+(\$\{|\"|\n)", re.DOTALL)
_RAW_TEXT = re.compile(r"(\$\{|\"\"\"+)")
_WORD = re.compile(r"\"[\w$]*+\"(?!\")")
_LINE_END = re.compile(r"\n|\Z")

MOST_SIGNS = 100_000  # of a file; of a bomb the rest is not read


def without_text(text: str) -> str:
    """With a space in place of each; texts of one word stay, as annotations have them."""
    return "".join(_pieces(text))


def _pieces(text: str) -> "list[str]":
    pieces: list[str] = []
    # The texts that are open, and how many braces are open in the code within the innermost one.
    texts: list[re.Pattern[str]] = []
    braces: list[int] = []
    at = 0
    for _ in range(MOST_SIGNS):
        if (found := _CODE.search(text, at)) is None:
            break
        sign = found[0]
        if not texts:
            pieces.append(text[at : found.start()])
        at = found.end()
        if sign == "//":
            at = _end(_LINE_END.search(text, at), text)
        elif sign == "/*":
            at = _after_comment(text, at)
        elif sign in "{}":
            if not texts:
                pieces.append(sign)
                continue
            braces[-1] += 1 if sign == "{" else -1
            if braces[-1] == 0:
                braces.pop()
                at = _within(text, at, texts, braces)
        elif sign[0] == '"':
            if not texts and (word := _WORD.match(text, found.start())):
                pieces.append(word[0])
                at = word.end()
                continue
            texts.append(_RAW_TEXT if sign == '"""' else _TEXT)
            at = _within(text, at, texts, braces)
        if not texts:
            pieces.append(" ")
    if not texts:
        pieces.append(text[at:])
    return pieces


def _within(text: str, at: int, texts: "list[re.Pattern[str]]", braces: "list[int]") -> int:
    """From within the innermost open text to its end, or to the code that begins in it."""
    if found := texts[-1].search(text, at):
        at = found.end()
        if found[1] == "${":
            braces.append(1)
        else:
            texts.pop()
        return at
    return len(text)


def _after_comment(text: str, at: int) -> int:
    depth = 1
    while depth and (found := _COMMENT.search(text, at)):
        depth += 1 if found[0] == "/*" else -1
        at = found.end()
    return at if not depth else len(text)


def _end(found: "re.Match[str] | None", text: str) -> int:
    return found.end() if found else len(text)


def file_class(path: str) -> str:
    """The class that has what a file declares outside of classes: `hello-world.kt` is
    Hello_worldKt (NameUtils.getPackagePartClassNamePrefix in the compiler)."""
    stem = path.rpartition("/")[2].removesuffix(".kt")
    name = re.sub(r"[^\w]", "_", stem)
    if not name:
        return "_Kt"
    first = name[0]
    return f"{first.upper() if first.isalpha() or first == '_' else '_' + first}{name[1:]}Kt"
