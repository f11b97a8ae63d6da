"""POST /runs/<uuid>/snippet/: the code of a run becomes a snippet."""

from accounts.models import User
from runner.models import Snippet
from tests.a_run import CODE, finished_run
from tests.cast import signed_in


def test_the_code_as_it_was(owner: User) -> None:
    files = [{"path": "lib.py", "content": ""}, {"path": "main.py", "content": CODE}]
    run = finished_run(owner, files=files)
    response = signed_in(owner).post(f"/runs/{run.pk}/snippet/")
    snippet = Snippet.objects.get()
    assert response["Location"] == f"/snippets/{snippet.pk}/"
    assert (snippet.owner, snippet.files, snippet.main) == (owner, files, "main.py")
    assert snippet.title.startswith("main.py, ")


def test_an_instructor_gets_a_copy_a_classmate_nothing(
    owner: User, classmate: User, instructor: User
) -> None:
    run = finished_run(owner)
    assert signed_in(classmate).post(f"/runs/{run.pk}/snippet/").status_code == 404
    signed_in(instructor).post(f"/runs/{run.pk}/snippet/")
    assert Snippet.objects.get().owner == instructor


def test_what_cannot_be_a_snippet_is_said(owner: User) -> None:
    browser = signed_in(owner)
    for run, words in (
        (finished_run(owner, language="cobol"), "The language “cobol” is not available"),
        (finished_run(owner, main="../x"), "This code cannot be saved."),
    ):
        response = browser.post(f"/runs/{run.pk}/snippet/", follow=True)
        assert words in response.content.decode()
    assert not Snippet.objects.exists()
