"""The admin has the product's name, colours, theme and words."""

import pytest
from django.apps import apps
from django.test import Client
from django.utils.functional import Promise

from accounts.models import User
from tests.a_run import finished_run
from tests.cast import signed_in

GERMAN = {"accept-language": "de"}
OURS = [
    model for name in ("accounts", "runner") for model in apps.get_app_config(name).get_models()
]


@pytest.mark.parametrize("theme", ["system", "light", "dark", "contrast"])
def test_it_is_shown_in_the_theme_that_the_person_chose(instructor: User, theme: str) -> None:
    instructor.preferences = {"theme": theme}
    instructor.save()
    page = signed_in(instructor).get("/admin/").content.decode()
    assert f'data-theme="{theme}"' in page
    assert "admin_theme.js" in page
    for of_django in ("dark_mode.css", "js/theme.js", "theme-toggle"):
        assert of_django not in page


@pytest.mark.parametrize(
    ("headers", "words", "address"),
    [({}, "View site", "/"), (GERMAN, "Zur Seite", "/")],
)
def test_its_header_leads_back(
    instructor: User, headers: dict[str, str], words: str, address: str
) -> None:
    page = signed_in(instructor).get("/admin/", headers=headers).content.decode()
    assert f'<a href="{address}">{words}</a>' in page
    assert "Interactive Code Runner" in page


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_everything_has_a_name_that_is_translated(model: type) -> None:
    options = model._meta  # type: ignore[attr-defined]
    assert isinstance(options.verbose_name, Promise)
    assert isinstance(options.verbose_name_plural, Promise)
    assert isinstance(options.app_config.verbose_name, Promise)
    for field in options.local_fields:
        assert isinstance(field.verbose_name, Promise) or field.name == "id", field.name


def test_apps_models_and_fields_are_named_in_german(owner: User, instructor: User) -> None:
    run = finished_run(owner)
    browser = signed_in(instructor)
    index = browser.get("/admin/", headers=GERMAN).content.decode()
    for words in ("Personen", "Programme", "Läufe", "Snippets", "Executoren"):
        assert words in index
    page = browser.get(f"/admin/runner/run/{run.pk}/change/", headers=GERMAN).content.decode()
    for words in ("Programmiersprache:", "Hauptdatei:", "Erstellt:", "Exit-Code:"):
        assert words in page


def test_states_are_filtered_by_the_words_of_pages(owner: User, instructor: User) -> None:
    finished_run(owner, outcome="cpu_limit")
    browser = signed_in(instructor)
    page = browser.get("/admin/runner/run/", headers=GERMAN).content.decode()
    for words in ("Rechenzeit überschritten", "Beendet", "In der Warteschlange"):
        assert f">{words}</a>" in page.replace("\n", "").replace("  ", ""), words
    answer = browser.get("/admin/runner/run/", {"outcome__exact": "cpu_limit"})
    assert answer.context["cl"].result_count == 1


def test_students_and_strangers_do_not_get_in(owner: User, stranger: Client) -> None:
    assert signed_in(owner).get("/admin/", follow=True).status_code == 403
    assert stranger.get("/admin/")["Location"].startswith("/admin/login/")
