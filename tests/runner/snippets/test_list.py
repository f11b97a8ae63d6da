"""GET /snippets/: finding one's own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from runner import snippets
from runner.models import Snippet
from runner.runs import cached_offers
from tests.a_snippet import NEW, Page, a_snippet, refused
from tests.cast import signed_in


def many(owner: User, count: int) -> None:
    now = timezone.now()
    Snippet.objects.bulk_create(
        Snippet(
            owner=owner,
            title=f"Exercise {number}",
            language="python",
            main="main.py",
            files=NEW["files"],
            search_text=f"exercise {number}\n" + "x = 1\n" * 200,
            updated_at=now - timedelta(minutes=number),
        )
        for number in range(count)
    )


def titles(page: Page, query: str) -> list[str]:
    status, found = page.ask("GET", f"/snippets/?{query}")
    assert status == 200
    return [snippet["title"] for snippet in found["snippets"]]


def test_newest_first_with_what_a_list_shows(owner: User, classmate: User) -> None:
    old, new = a_snippet(owner, title="Old"), a_snippet(owner, title="New")
    a_snippet(classmate, title="Theirs")
    snippets.delete(owner, a_snippet(owner, title="Deleted").pk)
    page = Page(owner)
    page.ask("PUT", f"/snippets/{new.pk}/share/", {"shared": True, "embed": False})
    status, found = page.ask("GET", "/snippets/")
    assert (status, found["next"], found["total"]) == (200, None, 2)
    assert found["complete"] is True
    assert found["snippets"][0] == {
        "id": new.pk,
        "title": "New",
        "language": "python",
        "updated_at": new.updated_at.isoformat(),
        "version": 1,
        "shared": True,
    }
    assert (found["snippets"][1]["title"], found["snippets"][1]["shared"]) == ("Old", False)
    page.ask("PUT", f"/snippets/{old.pk}/", {"version": 1, "title": "Newer"})
    assert titles(page, "") == ["Newer", "New"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("FIRST", ["First"]),
        ("größe", ["Größe"]),
        ("GRÖSSE", ["Größe"]),
        ("tools.py", ["Größe"]),
        ("def helper()", ["Größe"]),
        ("100%", ["First"]),
        ("%", ["First"]),
        ("_", []),
        ("\\", []),
        ("'; DROP TABLE", []),
        ("  first ", ["First"]),
        ("nothing", []),
        ("%00", []),
    ],
)
def test_it_searches_titles_file_names_and_code_literally(
    owner: User, words: str, found: list[str]
) -> None:
    main = {"path": "main.py", "content": "print('100%')"}
    a_snippet(owner, title="First", files=[main])
    tools = {"path": "tools.py", "content": "def helper(): pass"}
    a_snippet(owner, title="Größe", files=[{"path": "main.py", "content": ""}, tools])
    query = "q=%00" if words == "%00" else "q=" + words.replace("%", "%25")
    assert titles(Page(owner), query) == found


def test_fifty_are_on_a_page(owner: User) -> None:
    many(owner, 101)
    page = Page(owner)
    for number, (count, following) in enumerate([(50, 2), (50, 3), (1, None), (0, None)], 1):
        _, found = page.ask("GET", f"/snippets/?page={number}")
        assert (len(found["snippets"]), found["next"], found["total"]) == (count, following, 101)


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "", "²", "9999999"])
def test_a_page_is_a_number(owner: User, number: str) -> None:
    assert refused(Page(owner).ask("GET", f"/snippets/?page={number}")) == (400, "bad_message")


@pytest.mark.parametrize(
    ("query", "most"),
    # Session, user, count, snippets; a search looks at their sizes, then at some MiB at a time.
    [("", 4), ("?page=2", 4), ("?q=exercise", 9)],
)
@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_two_thousand_cost_few_queries_none_of_which_reads_code(
    owner: User,
    query: str,
    most: int,
    accept: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many(owner, 2000)
    browser = signed_in(owner)
    offers = cached_offers.get()  # read for all readers, every few seconds
    monkeypatch.setattr(cached_offers, "get", lambda: offers)
    with django_assert_max_num_queries(most) as asked:
        response = browser.get(f"/snippets/{query}", headers={"accept": accept})
    assert response.status_code == 200
    assert not any('"files"' in query["sql"] for query in asked.captured_queries)


def test_the_list_comes_from_an_index(owner: User) -> None:
    many(owner, 10)
    plan = snippets.find(owner).snippets[:50].explain()
    assert "snippet_list" in plan
    steps = [line.split(maxsplit=3) for line in plan.splitlines()]  # id, parent, unused, what
    own = [what for _, parent, _, what in steps if parent == "0"]  # not of the user's few exams
    assert not [what for what in own if "TEMP B-TREE" in what]  # it is in order already


def test_the_page_links_to_each_without_scripts(owner: User) -> None:
    snippet = a_snippet(owner, title="<script>alert(1)</script>")
    many(owner, 50)
    page = signed_in(owner).get("/snippets/").content.decode()
    assert "<script>alert(1)" not in page
    assert f'href="/snippets/{snippet.pk}/"' in page
    assert 'href="?page=2"' in page
    second = signed_in(owner).get("/snippets/?q=Exercise&page=9").content.decode()
    assert 'value="Exercise"' in second


def test_paging_keeps_the_words_searched_for(owner: User) -> None:
    many(owner, 60)
    page = signed_in(owner).get("/snippets/", {"q": "exercise & x"}).content.decode()
    assert "No snippet contains" in page
    page = signed_in(owner).get("/snippets/", {"q": "e x"}).content.decode()
    assert "page=2" not in page
    page = signed_in(owner).get("/snippets/", {"q": "= 1"}).content.decode()
    assert 'href="?q=%3D%201&amp;page=2"' in page


def test_a_stranger_is_sent_to_sign_in(stranger: Client, db: None) -> None:
    for path in ("/snippets/", "/snippets/1/"):
        response = stranger.get(path)
        assert (response.status_code, response["Location"]) == (
            302,
            f"/accounts/login/?next={path}",
        )


def test_an_empty_list_says_how_to_begin(owner: User) -> None:
    assert "You have no snippets yet" in signed_in(owner).get("/snippets/").content.decode()
