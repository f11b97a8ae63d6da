"""Who presses a button after the session has ended is led back to it (h5p/moodle-mod_hvp#337)."""

import pytest
from django.test import Client

from accounts.models import User
from tests.a_class import a_class, member
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
NOTHING_DONE = "You were signed out, so nothing was done."


@pytest.fixture
def address(owner: User) -> str:
    """Of a class; `leave/` below it takes a form alone."""
    classroom = a_class()
    member(classroom, owner)
    return f"/classes/{classroom.pk}/"


def test_signing_in_leads_to_the_page_with_the_button(stranger: Client, address: str) -> None:
    page = f"{address}?page=1"
    sent = stranger.post(f"{address}leave/", headers={"referer": f"http://testserver{page}"})
    assert sent.status_code == 302
    sign_in = sent["Location"]
    assert NOTHING_DONE in stranger.get(sign_in).content.decode()
    back = stranger.post(sign_in, {"login": "owner", "password": PASSWORD})
    assert back["Location"] == page
    assert stranger.get(page).status_code == 200
    assert User.objects.get(username="owner").memberships.exists()


@pytest.mark.parametrize(
    "referer",
    [
        "", "https://elsewhere.example/classes/", "//elsewhere.example/", "javascript:alert(1)",
        "http://testserver", "http://testserver//elsewhere.example/", "http://[", "\\\\elsewhere",
    ],
)  # fmt: skip
def test_another_page_leads_to_the_workspace(stranger: Client, address: str, referer: str) -> None:
    sent = stranger.post(f"{address}leave/", headers={"referer": referer})
    assert sent["Location"] == "/accounts/login/?next=/"


def test_a_page_that_is_only_read_is_what_one_comes_back_to(stranger: Client, address: str) -> None:
    asked = stranger.get(address, headers={"referer": "http://testserver/runs/"})
    assert asked["Location"] == f"/accounts/login/?next={address}"
    assert NOTHING_DONE not in stranger.get(asked["Location"]).content.decode()
