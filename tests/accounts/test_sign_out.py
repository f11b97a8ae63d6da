"""/accounts/logout/"""

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
