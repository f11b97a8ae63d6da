"""A link shows the version that was shared, until its owner shares another one."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.own_data import archive
from runner.models import SharedVersion, Snippet
from tests.a_snippet import NEW, Page, a_snippet, refused

ON: dict[str, Any] = {"shared": True, "embed": True}
LATER = [{"path": "main.py", "content": "tomorrows_solution()\n"}]


class Shared:
    """A snippet of the owner that is shared."""

    def __init__(self, owner: User, **fields: Any) -> None:
        self.id = a_snippet(owner, **fields).pk
        self.page = Page(owner)
        self.slug = str(self.share()["share"]["slug"])

    def share(self, **change: bool) -> Any:
        status, body = self.page.ask("PUT", f"/snippets/{self.id}/share/", ON | change)
        assert status == 200, body
        return body

    def save(self, version: int, **change: Any) -> Any:
        body = {"version": version} | (change or {"files": LATER})
        status, answer = self.page.ask("PUT", f"/snippets/{self.id}/", body)
        assert status == 200, answer
        return answer

    def shown(self, view: str = "") -> str:
        return Client().get(f"/s/{self.slug}/{view}").content.decode()


@pytest.fixture
def shared(owner: User) -> Shared:
    return Shared(owner)


CHANGES: dict[str, dict[str, Any]] = {
    "its code": {"files": LATER},
    "another file": {"files": [*NEW["files"], {"path": "tomorrows_solution.py", "content": ""}]},
    "its title": {"title": "tomorrows_solution"},
    "its main file": {
        "files": [{"path": "tomorrows_solution.py", "content": ""}],
        "main": "tomorrows_solution.py",
    },
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("view", ["", "embed/"])
def test_a_later_save_does_not_appear_until_it_is_shared(
    shared: Shared, view: str, change: dict[str, Any]
) -> None:
    before = shared.shown(view)
    shared.save(1, **change)
    assert "tomorrows_solution" not in shared.shown(view)
    assert "Hello" in before
    shared.share(update=True)
    assert "tomorrows_solution" in shared.shown(view)


def test_a_copy_is_of_the_shared_version(shared: Shared, classmate: User) -> None:
    shared.save(1, title="Solved", files=LATER)
    status, copy = Page(classmate).ask("POST", f"/s/{shared.slug}/fork/")
    assert (status, copy["title"], copy["files"]) == (201, NEW["title"], NEW["files"])
    assert copy["share"] is None
    form = Page(classmate).client
    form.handler.enforce_csrf_checks = False
    form.post(f"/s/{shared.slug}/fork/", {"run": ""})
    copies = Snippet.objects.filter(owner=classmate)
    assert {one.files[0]["content"] for one in copies} == {NEW["files"][0]["content"]}


def test_the_answer_says_which_version_readers_see_and_since_when(shared: Shared) -> None:
    first = shared.share()
    assert (first["share"]["version"], first["version"]) == (1, 1)
    saved = shared.save(1)
    assert (saved["share"]["version"], saved["version"]) == (1, 2)
    assert saved["share"]["shared_at"] == first["share"]["shared_at"]
    updated = shared.share(update=True)
    assert updated["share"]["version"] == 2
    assert updated["share"]["shared_at"] > first["share"]["shared_at"]
    assert updated["share"]["slug"] == shared.slug


def test_whether_it_may_be_embedded_changes_no_version(shared: Shared) -> None:
    shared.save(1)
    assert shared.share(embed=False)["share"]["version"] == 1
    assert shared.share(embed=True)["share"]["version"] == 1


def test_a_new_link_shows_the_version_of_then(shared: Shared) -> None:
    shared.save(1)
    shared.page.ask("PUT", f"/snippets/{shared.id}/share/", {"shared": False})
    assert not SharedVersion.objects.exists()
    shared.slug = shared.share()["share"]["slug"]
    assert "tomorrows_solution" in shared.shown()


def test_the_owner_is_told_that_readers_see_an_older_version(shared: Shared) -> None:
    own = shared.page.client
    assert "outdated" not in own.get(f"/s/{shared.slug}/").content.decode()
    shared.save(1)
    page = own.get(f"/s/{shared.slug}/").content.decode()
    assert "outdated" in page
    assert "tomorrows_solution" not in page
    assert "outdated" not in shared.shown()


def test_nobody_else_updates_it(shared: Shared, classmate: User, instructor: User) -> None:
    shared.save(1)
    for user in (classmate, instructor, None):
        answer = Page(user).ask("PUT", f"/snippets/{shared.id}/share/", ON | {"update": True})
        assert refused(answer)[0] in (403, 404)
    assert "tomorrows_solution" not in shared.shown()


@pytest.mark.parametrize("wrong", [{"update": "yes"}, {"update": 1}, {"version": 3}])
def test_an_update_takes_nothing_else(shared: Shared, wrong: dict[str, Any]) -> None:
    answer = shared.page.ask("PUT", f"/snippets/{shared.id}/share/", ON | wrong)
    assert refused(answer) == (400, "bad_message")


# --- Deletion and room ---------------------------------------------------------------------------
def test_a_deleted_snippet_is_shared_again_as_it_was_when_it_is_restored(shared: Shared) -> None:
    shared.save(1)
    shared.page.ask("DELETE", f"/snippets/{shared.id}/")
    assert Client().get(f"/s/{shared.slug}/").status_code == 404
    shared.page.ask("POST", f"/snippets/{shared.id}/restore/")
    assert "Hello" in shared.shown()
    assert "tomorrows_solution" not in shared.shown()


def test_it_goes_with_its_snippet(shared: Shared) -> None:
    Snippet.objects.filter(pk=shared.id).delete()
    assert not SharedVersion.objects.exists()


KIB = 1024


def room_for(settings: Settings, size: int) -> None:
    limits = settings.LIMITS
    settings.LIMITS = type(limits)(
        **{name: getattr(limits, name) for name in limits.__slots__}
        | {"snippet_bytes_per_user": size}
    )


def sized(kib: int) -> list[dict[str, str]]:
    return [{"path": "main.py", "content": "x" * kib * KIB}]


def test_shared_versions_count_as_what_the_owner_keeps(owner: User, settings: Settings) -> None:
    room_for(settings, 100 * KIB)
    snippet = a_snippet(owner, files=sized(40))
    page = Page(owner)
    assert page.ask("PUT", f"/snippets/{snippet.pk}/share/", ON)[0] == 200
    assert refused(page.ask("POST", "/snippets/", NEW | {"files": sized(40)}))[1] == "not_allowed"
    page.ask("PUT", f"/snippets/{snippet.pk}/share/", {"shared": False})
    assert page.ask("POST", "/snippets/", NEW | {"files": sized(40)})[0] == 201


def test_a_version_for_which_there_is_no_room_is_not_shared(
    owner: User, settings: Settings
) -> None:
    snippet = a_snippet(owner, files=sized(40))
    room_for(settings, 70 * KIB)
    page = Page(owner)
    answer = page.ask("PUT", f"/snippets/{snippet.pk}/share/", ON)
    assert refused(answer) == (403, "not_allowed")
    assert page.ask("GET", f"/snippets/{snippet.pk}/")[1]["share"] is None


def test_an_update_needs_room_only_for_what_it_adds(owner: User, settings: Settings) -> None:
    shared = Shared(owner, files=sized(40))
    room_for(settings, 110 * KIB)
    shared.save(1, files=sized(60))
    assert shared.share(update=False)["share"]["version"] == 1
    answer = shared.page.ask("PUT", f"/snippets/{shared.id}/share/", ON | {"update": True})
    assert refused(answer) == (403, "not_allowed")
    shared.save(2, files=sized(45))
    assert shared.share(update=True)["share"]["version"] == 3


def test_deleting_and_restoring_counts_both(owner: User, settings: Settings) -> None:
    shared = Shared(owner, files=sized(40))
    shared.page.ask("DELETE", f"/snippets/{shared.id}/")
    room_for(settings, 100 * KIB)
    a_snippet(owner, files=sized(40))
    answer = shared.page.ask("POST", f"/snippets/{shared.id}/restore/")
    assert refused(answer) == (403, "not_allowed")


# --- Other versions of us, and own data ----------------------------------------------------------
def test_what_an_older_web_worker_shares_shows_the_version_of_its_first_reader(
    owner: User,
) -> None:
    """During a rolling update it knows no shared versions."""
    snippet = a_snippet(owner)
    Snippet.objects.filter(pk=snippet.pk).update(slug="made-by-an-older-one", embeddable=True)
    assert "Hello" in Client().get("/s/made-by-an-older-one/").content.decode()
    Page(owner).ask("PUT", f"/snippets/{snippet.pk}/", {"version": 1, "files": LATER})
    for view in ("", "embed/"):
        page = Client().get(f"/s/made-by-an-older-one/{view}").content.decode()
        assert "tomorrows_solution" not in page


def test_own_data_have_what_is_shared(shared: Shared, owner: User) -> None:
    shared.save(1)
    with zipfile.ZipFile(BytesIO(b"".join(archive.pieces(owner)))) as files:
        (shown,) = (name for name in files.namelist() if name.endswith("(shared)/main.py"))
        assert b"Hello" in files.read(shown)
        (about,) = (
            json.loads(files.read(name))
            for name in files.namelist()
            if name.startswith("snippets/") and name.endswith(".json")
        )
    assert about["shared"]["version"] == 1
    assert about["version"] == 2
