"""GET and PUT /preferences/."""

from typing import Any

import pytest

from accounts.models import User
from tests.a_snippet import Page, refused
from tests.cast import signed_in

DEFAULTS = {
    "theme": "system",
    "font_size": 14,
    "tab_size": 4,
    "screen_reader": False,
    "terminal_font_size": 14,
    "terminal_theme": "dark",
    "copy_on_select": False,
    "bell": "flash",
    "code_help": "asked",
    "option_is_meta": False,
    "code_checks": "errors",
    "format_on_save": False,
    "advice": True,
    "advice_off": [],
    "explain_errors": True,
}


def test_what_is_set_is_remembered_and_the_rest_stays(owner: User, classmate: User) -> None:
    page = Page(owner)
    assert page.ask("GET", "/preferences/") == (200, DEFAULTS)
    chosen = DEFAULTS | {"theme": "light", "font_size": 32}
    assert page.ask("PUT", "/preferences/", {"theme": "light", "font_size": 32}) == (200, chosen)
    assert page.ask("PUT", "/preferences/", {"copy_on_select": True})[1]["theme"] == "light"
    chosen = chosen | {"copy_on_select": True}
    assert Page(owner).ask("GET", "/preferences/") == (200, chosen)
    assert Page(classmate).ask("GET", "/preferences/") == (200, DEFAULTS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"theme": "pink"},
        {"theme": '"><script>'},
        {"font_size": 9},
        {"font_size": 33},
        {"font_size": "14"},
        {"font_size": 14.5},
        {"tab_size": 3},
        {"terminal_theme": "light"},
        {"bell": "loud"},
        {"bell": True},
        {"code_help": "always"},
        {"code_help": True},
        {"screen_reader": 1},
        {"option_is_meta": "yes"},
        {"code_checks": "all"},
        {"format_on_save": 1},
        {"advice_off": "password"},
        {"advice_off": ["no_such_kind"]},
        {"advice_off": ["password"] * 33},
        {"explain_errors": "no"},
        {"terminal_font_size": True},
        {"is_staff": True},
        [],
    ],
)
def test_anything_else_is_refused(owner: User, wrong: Any) -> None:
    assert refused(Page(owner).ask("PUT", "/preferences/", wrong)) == (400, "bad_message")
    assert Page(owner).ask("GET", "/preferences/") == (200, DEFAULTS)


def test_without_a_csrf_token_or_signed_out_nothing_is_set(owner: User) -> None:
    change = {"theme": "dark"}
    assert refused(Page(None).ask("PUT", "/preferences/", change)) == (403, "signed_out")
    answer = Page(owner, with_token=False).ask("PUT", "/preferences/", change)
    assert refused(answer) == (403, "csrf")


def test_every_page_knows_the_theme(owner: User) -> None:
    Page(owner).ask("PUT", "/preferences/", {"theme": "contrast"})
    browser = signed_in(owner)
    for path in ("/", "/runs/", "/snippets/", "/accounts/email/"):
        assert 'data-theme="contrast"' in browser.get(path).content.decode()
    assert browser.get("/").context["config"]["preferences"]["theme"] == "contrast"


def test_what_another_version_has_stored_breaks_nothing(owner: User) -> None:
    for stored, theme in (
        ({"theme": "light", "sound": "on"}, "light"),
        ({"theme": "sepia"}, "system"),
    ):
        owner.preferences = stored
        owner.save()
        assert Page(owner).ask("GET", "/preferences/") == (200, DEFAULTS | {"theme": theme})
