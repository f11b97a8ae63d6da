"""Snippets in the admin: to find and to look at."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from runner import snippets
from runner.models import Snippet
from runner.protocol.snippets import ShareChange
from tests.a_snippet import a_snippet
from tests.cast import signed_in

LIST = "/admin/runner/snippet/"
ATTACK = "</pre><script>alert(1)</script>"


def page_of(snippet: Snippet) -> str:
    return reverse("admin:runner_snippet_change", args=[snippet.pk])


def test_an_instructor_sees_the_code_and_not_the_link(owner: User, instructor: User) -> None:
    files = [{"path": "main.py", "content": ATTACK}]
    snippet = a_snippet(owner, title="Loops", files=files)
    snippet = snippets.share(owner, snippet.pk, ShareChange(shared=True))
    page = signed_in(instructor).get(page_of(snippet)).content.decode()
    for text in ("Loops", "owner", "&lt;script&gt;alert(1)"):
        assert text in page
    assert snippet.slug
    for secret in ("<script>alert(1)", snippet.slug):
        assert secret not in page


def test_deleted_ones_are_found_too_by_title_and_owner(owner: User, instructor: User) -> None:
    snippet = a_snippet(owner, title="Hangman")
    snippets.delete(owner, snippet.pk)
    browser = signed_in(instructor)
    for words in ("hang", "owner@example"):
        assert page_of(snippet) in browser.get(LIST, {"q": words}).content.decode()
    assert page_of(snippet) not in browser.get(LIST, {"q": "nothing"}).content.decode()


def test_more_snippets_cost_no_more_queries_and_read_no_code(
    owner: User,
    classmate: User,
    instructor: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for user in (owner, classmate) * 10:
        a_snippet(user)
    browser = signed_in(instructor)
    with django_assert_max_num_queries(8) as asked:
        browser.get(LIST)
    assert not any("search_text" in query["sql"] for query in asked.captured_queries)


@pytest.mark.parametrize("action", ["add/", "{}/change/", "{}/delete/"])
def test_nobody_changes_one(owner: User, instructor: User, superuser: User, action: str) -> None:
    snippet = a_snippet(owner)
    for user in (instructor, superuser):
        path = LIST + action.format(snippet.pk)
        assert signed_in(user).post(path, {"title": "Mine", "post": "yes"}).status_code == 403
    assert Snippet.objects.get().version == 1


def test_students_do_not_get_in(owner: User) -> None:
    assert signed_in(owner).get(LIST, follow=True).status_code == 403
