"""Who speaks to a page says what is written on a control: its longer name contains that text."""

import re
from pathlib import Path

import pytest
from django.utils import translation

TEMPLATES = Path(__file__).parents[2] / "templates"
LABELLED = re.compile(
    r'<(?:a|button|summary)\b(?:(?!<).)*?aria-label="{% '
    r"(?:blocktranslate trimmed[^%]*%}(?P<long>[^{]*(?:{{[^}]*}}[^{]*)*){% endblocktranslate"
    r"|translate ['\"](?P<plain>[^'\"]+)['\"])"
    r' %}"[^>]*>(?:<[^>]*>)?{% translate "(?P<shown>[^"]+)" %}'
)


def labels() -> list[tuple[str, str, str]]:
    """The template, the text of the name, the text that is shown."""
    return [
        (str(path.relative_to(TEMPLATES)), found["long"] or found["plain"], found["shown"])
        for path in sorted(TEMPLATES.rglob("*.html"))
        for found in LABELLED.finditer(path.read_text())
    ]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_name_of_a_control_contains_what_is_written_on_it(language: str) -> None:
    found = labels()
    assert len(found) > 10
    wrong = []
    with translation.override(language):
        for template, name, shown in found:
            text = re.sub(r"{{ *(\w+) *}}", r"%(\1)s", name)
            written = re.escape(translation.gettext(shown).rstrip("…"))
            if not re.search(rf"(?<!\w){written}(?!\w)", translation.gettext(text), re.IGNORECASE):
                wrong.append(
                    f"{template}: {translation.gettext(shown)} / {translation.gettext(text)}"
                )
    assert wrong == []
