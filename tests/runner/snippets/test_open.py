"""GET /snippets/<id>/: JSON for scripts, the workspace for people."""

from accounts.models import User
from tests.a_snippet import Page, a_snippet
from tests.cast import signed_in


def test_people_get_the_workspace_which_is_told_which_snippet(owner: User) -> None:
    snippet = a_snippet(owner)
    response = signed_in(owner).get(f"/snippets/{snippet.pk}/")
    assert response.templates[0].name == "runner/workspace.html"
    assert (response.context["config"]["snippet"], response.context["config"]["run"]) == (
        snippet.pk,
        False,
    )
    assert "Accept" in response["Vary"]


def test_scripts_get_the_snippet(owner: User) -> None:
    status, found = Page(owner).ask("GET", f"/snippets/{a_snippet(owner).pk}/")
    assert (status, found["title"]) == (200, "Greeting")


def test_the_workspace_itself_opens_none(owner: User) -> None:
    assert signed_in(owner).get("/").context["config"]["snippet"] is None
