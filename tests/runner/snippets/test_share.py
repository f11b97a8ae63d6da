"""A link to a snippet: off by default, read-only, taken back for good."""

import re
import time

import pytest
from django.test import Client

from accounts.models import User
from tests.a_snippet import Page, a_snippet, refused
from tests.cast import signed_in

ON, OFF = {"shared": True, "embed": False}, {"shared": False, "embed": False}


def slug_of(owner: User, snippet_id: int, embed: bool = False) -> str:
    _, body = Page(owner).ask(
        "PUT", f"/snippets/{snippet_id}/share/", {"shared": True, "embed": embed}
    )
    return str(body["share"]["slug"])


def test_sharing_gives_an_address_and_taking_it_back_ends_it_for_good(owner: User) -> None:
    path, page = f"/snippets/{a_snippet(owner).pk}/", Page(owner)
    status, shared = page.ask("PUT", f"{path}share/", ON)
    slug = shared["share"]["slug"]
    assert (status, shared["version"]) == (200, 1)  # a save elsewhere is no conflict with it
    assert shared["share"] == {
        "slug": slug,
        "url": f"http://testserver/s/{slug}/",
        "embed": False,
        "embed_url": f"http://testserver/s/{slug}/embed/",
        "version": 1,
        "shared_at": shared["share"]["shared_at"],
        "visitors": False,
        "try_url": f"http://testserver/try/{slug}/",
    }
    assert page.ask("PUT", f"{path}share/", ON | {"embed": True})[1]["share"]["slug"] == slug
    assert page.ask("PUT", f"{path}share/", OFF)[1]["share"] is None
    assert page.ask("PUT", f"{path}share/", ON)[1]["share"]["slug"] != slug
    assert Client().get(f"/s/{slug}/").status_code == 404


@pytest.mark.faults
def test_nobody_guesses_a_slug(owner: User) -> None:
    slugs = {slug_of(owner, a_snippet(owner).pk) for _ in range(5)}
    assert len(slugs) == 5
    for slug in slugs:
        assert re.fullmatch(r"[\w-]{16}", slug)  # 96 bits
        for guess in (slug[:-1], slug + "A", slug.swapcase(), "%", "_" * 16, slug[:8] + "%"):
            assert guess == slug or Client().get(f"/s/{guess}/").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{}, {"shared": "yes"}, {"shared": True, "slug": "mine"}, {"shared": 1}]
)
def test_the_owner_chooses_no_slug(owner: User, wrong: object) -> None:
    snippet = a_snippet(owner)
    answer = Page(owner).ask("PUT", f"/snippets/{snippet.pk}/share/", wrong)
    assert refused(answer) == (400, "bad_message")


def test_a_stranger_reads_it_and_learns_nothing_else(stranger: Client, owner: User) -> None:
    snippet = a_snippet(owner, title="Loops")
    a_snippet(owner, title="Secret plans")
    slug = slug_of(owner, snippet.pk)
    response = stranger.get(f"/s/{slug}/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Loops" in page
    assert "print(&quot;Hello&quot;)\n" in page
    assert f'href="/accounts/login/?next=/s/{slug}/"' in page
    for secret in ("owner", "example.org", f"/snippets/{snippet.pk}", "Secret plans", "<form"):
        assert secret not in page
    assert (response["X-Frame-Options"], response["X-Robots-Tag"]) == ("DENY", "noindex")
    assert "no-store" in response["Cache-Control"]
    assert stranger.get(f"/snippets/{snippet.pk}/").status_code == 302


def test_without_sharing_or_after_deleting_there_is_nothing(owner: User, stranger: Client) -> None:
    snippet = a_snippet(owner)
    assert stranger.get("/s/None/").status_code == 404
    slug, page = slug_of(owner, snippet.pk), Page(owner)
    page.ask("DELETE", f"/snippets/{snippet.pk}/")
    for path in (f"/s/{slug}/", f"/s/{slug}/embed/"):
        assert stranger.get(path).status_code == 404
    page.ask("POST", f"/snippets/{snippet.pk}/restore/")
    assert stranger.get(f"/s/{slug}/").status_code == 200


@pytest.mark.parametrize("path", ["main.py", "notes.txt", "<svg onload=alert(1)>.py"])
@pytest.mark.parametrize("view", ["", "embed/"])
def test_html_in_title_path_and_code_stays_text(
    owner: User, stranger: Client, path: str, view: str
) -> None:
    attack = "</pre></title><script>alert(1)</script>'\"<img src=x onerror=alert(1)>"
    files = [{"path": path, "content": attack + "\n# " + attack}]
    snippet = a_snippet(owner, title=attack, files=files, main=path)
    page = stranger.get(f"/s/{slug_of(owner, snippet.pk, embed=True)}/{view}").content.decode()
    assert "alert" in page
    for tag in ("<script>alert", "<img", "<svg onload"):
        assert tag not in page


@pytest.mark.parametrize("text", ["\n ", "a.", "(", '"'])
def test_no_text_keeps_the_server_busy(owner: User, stranger: Client, text: str) -> None:
    """Half a megabyte of what highlighters need minutes for."""
    files = [{"path": "main.py", "content": text * (500_000 // len(text))}]
    slug = slug_of(owner, a_snippet(owner, files=files).pk)
    began = time.process_time()
    assert stranger.get(f"/s/{slug}/").status_code == 200
    assert time.process_time() - began < 10


def test_the_owner_is_led_to_the_workspace(owner: User) -> None:
    snippet = a_snippet(owner)
    page = signed_in(owner).get(f"/s/{slug_of(owner, snippet.pk)}/").content.decode()
    assert f'href="/snippets/{snippet.pk}/"' in page
