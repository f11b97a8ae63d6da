"""The text of an assignment is marked up, and is never HTML of its author's."""

import re

import pytest

from runner.assignments.markdown import render


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One", "<h2>One</h2>"),
        ("a\nb", "<p>a b</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("```python\nif a < b:\n    *x*\n```", "<pre><code>if a &lt; b:\n    *x*</code></pre>"),
        ("`a*b*c` **now**", "<p><code>a*b*c</code> <strong>now</strong></p>"),
        ("or *later*", "<p>or <em>later</em></p>"),
        ("snake_case_name 2*3*4", "<p>snake_case_name 2*3*4</p>"),
        (
            "[docs](https://a.org/a_b_c?x=1&y=2)",
            '<p><a href="https://a.org/a_b_c?x=1&amp;y=2" rel="noopener nofollow">docs</a></p>',
        ),
    ],
)  # fmt: skip
def test_marks(text: str, html: str) -> None:
    assert render(text) == html


ATTACKS = [
    "<script>alert(1)</script>",
    "# <img src=x onerror=alert(1)>",
    "`<b>`",
    "```\n</code></pre><script>\n```",
    "[x](javascript:alert(1))",
    '[x](https://a.b/"onmouseover=alert(1))',
    "[<script>](https://a.b/<script>)",
    "**<i>**",
    "- <svg/onload=alert(1)>",
    "[x](data:text/html,<script>)",
    "&lt;script&gt;<script>",
]


@pytest.mark.parametrize("text", [*ATTACKS, "\n".join(ATTACKS), "*".join(ATTACKS)])
def test_no_html_of_the_author_survives(text: str) -> None:
    html = str(render(text))
    tags = set(re.findall(r"</?([a-z0-9]+)", html))
    assert tags <= {"h2", "h3", "p", "ul", "li", "pre", "code", "strong", "em", "a"}
    for href in re.findall(r'href="([^"]*)"', html):
        assert href.startswith(("https://", "http://"))
    assert not re.search(r"<[^>]*\son\w+=", html)


@pytest.mark.timeout(5)
@pytest.mark.parametrize("piece", ["*", "_a", "[", "[a](", "`", "**a", "- ", "```", "#", "a*b_"])
def test_no_text_takes_long(piece: str) -> None:
    render(piece * (40_000 // len(piece)))
    render("\n".join([piece] * 5000))
