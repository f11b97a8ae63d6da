"""A small Markdown: headings, paragraphs, lists, code, bold, italic, links of http and https.

Everything is escaped before anything is marked up, so a text cannot contain HTML of its own.
"""

import re
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

FENCE = re.compile(r"\s{0,3}(```|~~~)")
HEADING = re.compile(r"(#{1,4})\s+(.*)")
ITEM = re.compile(r"\s{0,3}([-*+]|\d{1,9}[.)])\s+(.*)")
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((https?://[^\s()<>\"']{1,1000})\)")
BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*")
ITALIC = re.compile(r"(?<![\w*])[*_](?=\S)([^*_\n]{1,500})(?<=\S)[*_](?![\w*])")


def render(text: str) -> SafeString:
    return mark_safe("\n".join(_blocks(text.splitlines())))  # noqa: S308  # each part is escaped


def _blocks(lines: list[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if fence := FENCE.match(line):
            end = _end_of_fence(lines, at + 1, fence[1])
            code = "\n".join(lines[at + 1 : end])
            yield f"<pre><code>{escape(code)}</code></pre>"
            at = end + 1
        elif heading := HEADING.fullmatch(line):
            level = len(heading[1]) + 1  # the page has the first one
            yield f"<h{level}>{_inline(heading[2])}</h{level}>"
            at += 1
        elif item := ITEM.fullmatch(line):
            kind = "ol" if item[1][0].isdigit() else "ul"
            items = []
            while at < len(lines) and (item := ITEM.fullmatch(lines[at])):
                items.append(f"<li>{_inline(item[2])}</li>")
                at += 1
            yield f"<{kind}>{''.join(items)}</{kind}>"
        elif not line.strip():
            at += 1
        else:
            end = at + 1
            while end < len(lines) and lines[end].strip() and not _begins_block(lines[end]):
                end += 1
            yield f"<p>{_inline(' '.join(lines[at:end]))}</p>"
            at = end


def _end_of_fence(lines: list[str], at: int, fence: str) -> int:
    while at < len(lines) and not lines[at].strip().startswith(fence):
        at += 1
    return at


def _begins_block(line: str) -> bool:
    return bool(FENCE.match(line) or HEADING.fullmatch(line) or ITEM.fullmatch(line))


def _inline(text: str) -> str:
    """Code first: nothing in it is marked up."""
    parts = CODE.split(text)
    done = [
        f"<code>{escape(part)}</code>" if number % 2 else _marked_up(part)
        for number, part in enumerate(parts)
    ]
    return "".join(done)


def _marked_up(text: str) -> str:
    """Links first: `_` in an address is no mark."""
    parts = LINK.split(text)
    done = [_emphasised(parts[0])]
    for label, address, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        link = f'<a href="{escape(address)}" rel="noopener nofollow">{_emphasised(label)}</a>'
        done += [link, _emphasised(after)]
    return "".join(done)


def _emphasised(text: str) -> str:
    text = BOLD.sub(r"<strong>\1</strong>", escape(text))
    return ITALIC.sub(r"<em>\1</em>", text)
