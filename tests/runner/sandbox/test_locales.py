"""Programs may choose the locales that setup adds: of the site's languages, and the common ones."""

import json
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from runner.sandbox.system_files import LOCALES
from tests.runner.sandbox.inside import printed

SCRIPT = Path(__file__).parents[3] / "scripts/locales.sh"
NUMBER = 1234567.5
WRITTEN = {
    "de_DE": ["1.234.567,50 €", "Montag", "ä z z"],
    "en_US": ["$1,234,567.50", "Monday", "ä z z"],
    "sv_SE": ["1 234 567,50 kr", "måndag", "z z ä"],
}


def missing() -> list[str]:
    return subprocess.check_output([SCRIPT, "missing"], text=True).split()


def named() -> list[str]:
    text = SCRIPT.read_text()
    return text[text.index("LOCALES=(") + 9 : text.index(")", text.index("LOCALES=("))].split()


def test_the_sites_languages_and_twenty_more_are_among_them() -> None:
    languages = {name.partition("_")[0] for name in named()}
    assert {code for code, _ in settings.LANGUAGES} <= languages
    assert len(languages) >= 22


@pytest.mark.faults
async def test_each_can_be_chosen() -> None:
    """`make setup` makes them where it is root; elsewhere it says what to type."""
    names = [name for name in named() if name not in missing()]
    source = f"""if True:
        import calendar, json, locale
        for name in {names!r}:
            locale.setlocale(locale.LC_ALL, name + ".UTF-8")
            calendar.LocaleTextCalendar(locale=name + ".UTF-8").formatmonth(2026, 2)
        print(json.dumps(locale.getlocale()))"""
    assert json.loads(await printed(source))[1] == "UTF-8"


@pytest.mark.faults
async def test_each_has_a_name_without_an_encoding() -> None:
    """As in textbooks, and on other systems; in any case of letters."""
    assert named() == LOCALES
    names = [name for name in named() if name not in missing()]
    source = f"""if True:
        import json, locale
        unlike = []
        for name in {names!r}:
            locale.setlocale(locale.LC_ALL, name + ".UTF-8")
            wanted = locale.localeconv()
            for short in name, name.lower():
                locale.setlocale(locale.LC_ALL, short)
                if (locale.localeconv(), locale.nl_langinfo(locale.CODESET)) != (wanted, "UTF-8"):
                    unlike.append(short)
        print(json.dumps(unlike))"""
    assert json.loads(await printed(source)) == []


@pytest.mark.parametrize("name", WRITTEN)
async def test_numbers_days_and_order_are_as_in_the_country(name: str) -> None:
    if name in missing():
        pytest.skip("only root can make locales: scripts/locales.sh make")
    source = f"""if True:
        import json, locale, time
        locale.setlocale(locale.LC_ALL, "{name}.UTF-8")
        money = locale.currency({NUMBER}, grouping=True).replace("\\u202f", " ")
        day = time.strftime("%A", (2026, 2, 2, 0, 0, 0, 0, 33, 0))
        words = sorted(["z", "ä", "z"], key=locale.strxfrm)
        print(json.dumps([money, day, " ".join(words)]))"""
    assert json.loads(await printed(source)) == WRITTEN[name]
