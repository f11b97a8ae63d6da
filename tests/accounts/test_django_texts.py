"""What Django's own pages say, in German: its catalogue lacks some texts, ours has them."""

from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po

from accounts.django_texts import TEXTS

OURS = Path(__file__).parents[2] / "locale/de/LC_MESSAGES/django.po"
FOLDER = Path(django.__file__).parent
APPS = ("conf", "contrib/admin", "contrib/auth", "contrib/sessions", "contrib/contenttypes")


def translated(path: Path) -> dict[str, bool]:
    with path.open("rb") as file:
        catalogue = read_po(file, locale="de")
    singles = (each for each in catalogue if isinstance(each.id, str) and each.id)
    return {str(each.id): bool(each.string) and not each.fuzzy for each in singles}


@pytest.mark.parametrize("app", APPS)
def test_each_text_that_django_lacks_is_translated_by_us(app: str) -> None:
    theirs = translated(FOLDER / app / "locale/de/LC_MESSAGES/django.po")
    assert theirs
    lacking = {text for text, there in theirs.items() if not there}
    assert lacking <= {text for text, there in translated(OURS).items() if there}
    assert lacking <= set(TEXTS)
