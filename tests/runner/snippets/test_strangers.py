"""A snippet is its owner's: to everybody else there is none."""

import pytest

from accounts.models import User
from runner.models import Snippet
from tests.a_snippet import CODE, Page, a_snippet, refused
from tests.cast import signed_in

ACTIONS = [
    ("GET", "/snippets/{}/", None),
    ("PUT", "/snippets/{}/", {"version": 1, "title": "Mine"}),
    ("DELETE", "/snippets/{}/", None),
    ("POST", "/snippets/{}/restore/", None),
    ("POST", "/snippets/{}/duplicate/", None),
    ("PUT", "/snippets/{}/share/", {"shared": True, "embed": True}),
]


@pytest.mark.parametrize(("method", "path", "body"), ACTIONS)
def test_others_are_refused_as_if_it_did_not_exist(
    owner: User, classmate: User, instructor: User, method: str, path: str, body: object
) -> None:
    snippet = a_snippet(owner)
    for user in (classmate, instructor):
        theirs = Page(user).ask(method, path.format(snippet.pk), body)
        assert refused(theirs) == (404, "not_found")
        for number in (snippet.pk + 1, 2**63, 10**30):
            assert Page(user).ask(method, path.format(number), body) == theirs
    assert refused(Page(None).ask(method, path.format(snippet.pk), body)) == (403, "signed_out")
    now = Snippet.objects.get()
    assert (now.title, now.version, now.slug, now.deleted_at) == ("Greeting", 1, None, None)


@pytest.mark.parametrize(("method", "path", "body"), ACTIONS[1:])
def test_a_foreign_site_changes_nothing(owner: User, method: str, path: str, body: object) -> None:
    """It can make the browser send cookies, and a form, but has no token."""
    snippet = a_snippet(owner)
    page = Page(owner, with_token=False)
    assert refused(page.ask(method, path.format(snippet.pk), body)) == (403, "csrf")
    now = Snippet.objects.get()
    assert (now.title, now.version, now.slug, now.deleted_at) == ("Greeting", 1, None, None)


def test_the_page_of_somebody_elses_snippet_does_not_exist(owner: User, classmate: User) -> None:
    snippet = a_snippet(owner)
    response = signed_in(classmate).get(f"/snippets/{snippet.pk}/")
    assert response.status_code == 404
    assert CODE.encode() not in response.content


@pytest.mark.parametrize("path", ["/snippets/1/../../etc/passwd", "/snippets/-1/", "/snippets/x/"])
def test_a_path_is_a_number(owner: User, path: str) -> None:
    assert signed_in(owner).get(path).status_code == 404
