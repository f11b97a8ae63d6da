"""A page asks only on behalf of whom it was made for."""

import pytest

from accounts.models import User
from runner.models import Snippet
from tests.a_snippet import NEW, Page, refused


def test_a_page_of_another_user_saves_nothing(owner: User, classmate: User) -> None:
    page = Page(classmate)
    page.headers["X-Page-User"] = "owner"
    assert refused(page.ask("POST", "/snippets/", NEW)) == (403, "signed_out")
    assert refused(page.ask("PUT", "/preferences/", {"theme": "dark"})) == (403, "signed_out")
    assert Snippet.objects.count() == 0


@pytest.mark.parametrize("name", ["owner", "%6Fwner"])
def test_ones_own_page_does(owner: User, name: str) -> None:
    page = Page(owner)
    page.headers["X-Page-User"] = name
    assert page.ask("POST", "/snippets/", NEW)[0] == 201
