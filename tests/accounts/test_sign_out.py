"""/accounts/logout/"""

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import signed_in


def test_looking_at_the_page_does_not_sign_out(owner: User) -> None:
    """Else a picture on any page could."""
    browser = signed_in(owner)
    assert browser.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in browser.session


def test_the_button_does(owner: User) -> None:
    browser = signed_in(owner)
    assert browser.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in browser.session


def test_a_form_of_another_site_is_refused(owner: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner, "django.contrib.auth.backends.ModelBackend")
    assert browser.post("/accounts/logout/").status_code == 403
    assert "_auth_user_id" in browser.session


SAID = "You have signed out."


def test_without_scripts_the_next_page_says_so_once(owner: User) -> None:
    browser = signed_in(owner)
    browser.post("/accounts/logout/")
    assert SAID in browser.get("/accounts/login/").text
    assert SAID not in browser.get("/accounts/login/").text


def test_a_page_that_says_it_leaves_nothing_for_other_windows(owner: User) -> None:
    browser = signed_in(owner)
    browser.post("/accounts/logout/", {"told_by_page": "yes"})
    assert SAID not in browser.get("/accounts/login/").text


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("here", SAID),
        ("elsewhere", "You have signed out in another window."),
        ("deleted", "Your account was deleted in another window."),
    ],
)
@pytest.mark.django_db
def test_each_window_says_why_it_shows_the_page(client: Client, why: str, said: str) -> None:
    for _ in range(2):  # also when the page is asked for twice, as by a window that is slow
        page = client.get("/accounts/login/", {"signed_out": why}).text
        assert page.count(f'role="status">{said}</p>') == 1


@pytest.mark.parametrize("why", ["", "there", "<script>alert(1)</script>", "HERE"])
@pytest.mark.django_db
def test_a_link_has_no_words_of_its_own(client: Client, why: str) -> None:
    page = client.get("/accounts/login/", {"signed_out": why}).text
    assert page.count('role="status"') == client.get("/accounts/login/").text.count('role="status"')
    assert "<script>alert(1)" not in page
