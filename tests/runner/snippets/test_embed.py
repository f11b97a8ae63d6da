"""GET /s/<slug>/embed/: in frames of sites that are allowed to, and nothing else of ours."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from tests.a_snippet import Page, a_snippet, refused
from tests.cast import signed_in
from tests.runner.snippets.test_share import slug_of


def policy_of(response: object) -> dict[str, str]:
    parts = str(response["Content-Security-Policy"]).split(";")  # type: ignore[index]
    return dict(part.strip().split(" ", 1) for part in parts)


def test_it_is_framed_by_the_allowed_origins_only(
    owner: User, stranger: Client, settings: Settings
) -> None:
    slug = slug_of(owner, a_snippet(owner).pk, embed=True)
    settings.EMBED_ALLOWED_ORIGINS = ["https://lms.example.edu", "https://moodle.example.org"]
    response = stranger.get(f"/s/{slug}/embed/")
    assert response.status_code == 200
    assert "X-Frame-Options" not in response
    policy = policy_of(response)
    assert policy["frame-ancestors"] == "https://lms.example.edu https://moodle.example.org"
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert "unsafe" not in str(policy)
    settings.EMBED_ALLOWED_ORIGINS = []
    assert policy_of(stranger.get(f"/s/{slug}/embed/"))["frame-ancestors"] == "'none'"


def test_without_the_owners_leave_there_is_nothing(owner: User, stranger: Client) -> None:
    slug = slug_of(owner, a_snippet(owner).pk)
    assert stranger.get(f"/s/{slug}/embed/").status_code == 404
    assert stranger.get(f"/s/{slug}/").status_code == 200


def test_it_needs_no_cookies_and_does_not_ask_who_is_there(
    owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    slug = slug_of(owner, a_snippet(owner).pk, embed=True)
    browser = signed_in(owner)
    with django_assert_num_queries(1):  # the snippet; no session
        response = browser.get(f"/s/{slug}/embed/")
    assert not response.cookies
    page = response.content.decode()
    assert page.count("<script") == page.count('<script type="module"') == 1
    for absent in ("<form", "csrf", "owner", "style="):
        assert absent not in page


@pytest.mark.parametrize(
    "path", ["/", "/runs/", "/snippets/", "/s/{}/", "/accounts/login/", "/preferences/", "/s/x/"]
)
def test_nothing_else_of_the_site_is_framed(owner: User, settings: Settings, path: str) -> None:
    settings.EMBED_ALLOWED_ORIGINS = ["https://lms.example.edu"]
    slug = slug_of(owner, a_snippet(owner).pk, embed=True)
    response = signed_in(owner).get(path.format(slug))
    assert response["X-Frame-Options"] == "DENY"
    assert policy_of(response)["frame-ancestors"] == "'none'"


def test_a_site_that_allows_no_frames_refuses_to_say_it_does(
    owner: User, settings: Settings
) -> None:
    allowed = a_snippet(owner)
    slug_of(owner, allowed.pk, embed=True)
    settings.EMBED_ALLOWED_ORIGINS = []
    page, path = Page(owner), f"/snippets/{a_snippet(owner).pk}/"
    answer = page.ask("PUT", f"{path}share/", {"shared": True, "embed": True})
    assert refused(answer) == (403, "not_allowed")
    assert page.ask("GET", path)[1]["share"] is None
    # One that was allowed before the site took it back.
    assert page.ask("GET", f"/snippets/{allowed.pk}/")[1]["share"]["embed"] is False


@pytest.mark.parametrize("origins", [[], ["https://lms.example.edu"]])
def test_the_workspace_knows_whether_frames_are_allowed(
    owner: User, settings: Settings, origins: list[str]
) -> None:
    settings.EMBED_ALLOWED_ORIGINS = origins
    config = signed_in(owner).get("/").context["config"]
    assert config["embedding"] is bool(origins)
