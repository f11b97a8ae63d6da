# size: one endpoint, with all that may be sent to it
"""/snippets/<id>/data/: files of any kind beside the code."""

import io
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from runner import files, snippets
from runner.infrastructure import clock
from runner.infrastructure.http import request_counts
from runner.limits import MIB, Limits
from runner.models import DataFile, Snippet
from runner.snippets import data_store
from tests.a_run import finished_run
from tests.a_snippet import Page, a_snippet, refused
from tests.an_artifact import PNG, an_artifact
from tests.cast import signed_in
from tests.runner.files.test_archives import a_zip

LATIN = "Größe;1,80\n".encode("cp1252")


@pytest.fixture
def snippet(owner: User) -> Snippet:
    return a_snippet(owner)


def sent(user: User, snippet: Snippet, *named: tuple[str, bytes], **more: str) -> tuple[int, Any]:
    form = {
        "file": [SimpleUploadedFile(name.rpartition("/")[2] or "x", data) for name, data in named],
        "path": [name for name, _ in named],
        **more,
    }
    answer = signed_in(user).post(f"/snippets/{snippet.pk}/data/", form)
    return answer.status_code, answer.json()


def names(snippet: Snippet) -> dict[str, bytes]:
    return {file.path: files.content_of(file) for file in DataFile.objects.filter(snippet=snippet)}


def test_a_file_is_stored_as_it_is_and_listed_with_its_encoding(
    owner: User, snippet: Snippet
) -> None:
    # jupyterlite#1435: a file with U+0092 in it arrives with 0 bytes.
    odd = "a\x92b,\ud7ff".encode() + bytes(range(256))
    status, body = sent(owner, snippet, ("data/odd.bin", odd), ("table.csv", LATIN))
    assert status == 201
    assert [(file["name"], file["bytes"], file["encoding"]) for file in body["files"]] == [
        ("data/odd.bin", len(odd), ""), ("table.csv", len(LATIN), "cp1252"),
    ]  # fmt: skip
    assert (body["bytes"], body["limit_bytes"]) == (len(odd) + len(LATIN), 32 * MIB)
    assert names(snippet) == {"data/odd.bin": odd, "table.csv": LATIN}
    assert signed_in(owner).get(f"/snippets/{snippet.pk}/data/").json() == body | {"left_out": []}
    snippet.refresh_from_db()
    assert snippet.data_files == 2


def test_a_form_with_a_file_alone_names_it(owner: User, snippet: Snippet) -> None:
    """As scripts send it."""
    form = {"file": SimpleUploadedFile("table.csv", b"1")}
    assert signed_in(owner).post(f"/snippets/{snippet.pk}/data/", form).status_code == 201
    assert names(snippet) == {"table.csv": b"1"}


def test_content_is_served_for_saving_and_runs_nothing(owner: User, snippet: Snippet) -> None:
    sent(owner, snippet, ("ä page.html", b"<script>alert(1)</script>"))
    (file,) = signed_in(owner).get(f"/snippets/{snippet.pk}/data/").json()["files"]
    answer = signed_in(owner).get(file["url"])
    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%A4%20page")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_a_picture_can_be_shown(owner: User, snippet: Snippet) -> None:
    sent(owner, snippet, ("a.png", PNG))
    answer = signed_in(owner).get(f"/snippets/{snippet.pk}/data/a.png")
    assert answer["Content-Type"] == "image/png"


def test_a_preview_shows_a_table(owner: User, snippet: Snippet) -> None:
    sent(owner, snippet, ("a/table.csv", LATIN))
    answer = signed_in(owner).get(f"/snippets/{snippet.pk}/data/a/table.csv?preview=1").json()
    assert answer == {
        "kind": "table", "encoding": "cp1252", "text": "Größe;1,80\n",
        "rows": [["Größe", "1,80"]], "cut": False,
    }  # fmt: skip


def test_nobody_else_comes_near(
    owner: User, classmate: User, instructor: User, snippet: Snippet
) -> None:
    sent(owner, snippet, ("a.txt", b"secret"))
    place = f"/snippets/{snippet.pk}/data/"
    for other in (classmate, instructor):
        browser = signed_in(other)
        for answer in (
            browser.get(place),
            browser.get(place + "a.txt"),
            browser.get(place + "a.txt?preview=1"),
            browser.delete(place + "a.txt"),
            browser.patch(place + "a.txt", {"name": "b"}, "application/json"),
            browser.post(place, {"file": SimpleUploadedFile("b", b"1")}),
        ):
            assert answer.status_code == 404
    assert Client().get(place).status_code == 403
    assert names(snippet) == {"a.txt": b"secret"}


def test_a_form_of_another_site_changes_nothing(owner: User, snippet: Snippet) -> None:
    page = Page(owner, with_token=False)
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n1\r\n--x--\r\n'
    kind = "multipart/form-data; boundary=x"
    answer = page.send("POST", f"/snippets/{snippet.pk}/data/", body, kind)
    assert answer.status_code == 403
    assert names(snippet) == {}


@pytest.mark.parametrize(
    "name",
    ["../a", "/a", "a/../b", "", "a\0b", "a\u202eb", "x" * 300, "a\\b", "a/b/c/d/e/f/g/h/i", "./a"],
)
def test_a_name_that_is_none_is_refused(owner: User, snippet: Snippet, name: str) -> None:
    assert refused(sent(owner, snippet, (name, b"1"))) == (400, "bad_message")
    assert names(snippet) == {}


def test_data_does_not_take_the_name_of_code(owner: User, snippet: Snippet) -> None:
    for name in ("main.py", "main.py/a.txt"):
        status, body = sent(owner, snippet, (name, b"1"))
        assert refused((status, body)) == (400, "bad_message")
    assert "main.py" in body["error"]["message"]


def test_a_file_and_a_folder_have_different_names(owner: User, snippet: Snippet) -> None:
    sent(owner, snippet, ("a", b"1"))
    assert refused(sent(owner, snippet, ("a/b", b"1"))) == (400, "bad_message")


def test_a_file_of_the_same_name_is_replaced_and_stays_kept(owner: User, snippet: Snippet) -> None:
    sent(owner, snippet, ("a.txt", b"1"), kept="yes")
    sent(owner, snippet, ("a.txt", b"22"))
    (file,) = DataFile.objects.filter(snippet=snippet)
    assert (bytes(file.content or b""), file.bytes, file.kept) == (b"22", 2, True)


def test_what_is_too_large_is_refused_with_its_name(
    owner: User, snippet: Snippet, settings: Settings
) -> None:
    settings.LIMITS = replace(
        Limits(), data_file_bytes=10, data_bytes_per_snippet=15, data_bytes_per_user=20
    )
    status, body = sent(owner, snippet, ("big.csv", bytes(11)))
    assert refused((status, body)) == (413, "too_large")
    assert "big.csv" in body["error"]["message"]
    assert sent(owner, snippet, ("a", bytes(10)))[0] == 201
    assert refused(sent(owner, snippet, ("b", bytes(6)))) == (413, "too_large")
    assert sent(owner, snippet, ("a", bytes(9)))[0] == 201  # replaces what counted before
    other = a_snippet(owner)
    assert refused(sent(owner, other, ("a", bytes(10)), ("b", b"12"))) == (403, "not_allowed")
    snippets.delete(owner, snippet.pk)
    assert sent(owner, other, ("a", bytes(10)), ("b", b"12"))[0] == 201
    with pytest.raises(snippets.NoRoom):
        snippets.restore(owner, snippet.pk)


def test_there_is_a_limit_to_their_number(
    owner: User, snippet: Snippet, settings: Settings
) -> None:
    settings.LIMITS = replace(Limits(), data_files_per_snippet=2)
    sent(owner, snippet, ("a", b""), ("b", b""))
    assert refused(sent(owner, snippet, ("c", b""))) == (400, "bad_message")
    assert sent(owner, snippet, ("b", b"1"))[0] == 201


def test_what_is_sent_within_a_minute_is_limited(
    owner: User, snippet: Snippet, settings: Settings
) -> None:
    settings.LIMITS = replace(Limits(), saved_bytes_per_minute=1000)
    assert refused(sent(owner, snippet, ("a", bytes(1001)))) == (429, "rate_limited")


def test_an_archive_is_unpacked_or_kept_as_it_is(owner: User, snippet: Snippet) -> None:
    data = a_zip({"d/a.csv": b"1", "__MACOSX/d/._a.csv": b"?"})
    status, body = sent(owner, snippet, ("a.zip", data), unpack="yes")
    assert (status, body["left_out"]) == (201, ["__MACOSX/d/._a.csv"])
    assert names(snippet) == {"d/a.csv": b"1"}
    sent(owner, snippet, ("a.zip", data))
    assert names(snippet) == {"d/a.csv": b"1", "a.zip": data}


def test_few_archives_are_unpacked_at_once(
    owner: User, snippet: Snippet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a megabyte each becomes 32: twelve pages that do so would be most of a web worker."""
    monkeypatch.setattr(request_counts, "COSTLY_WAIT_SECONDS", 0.01)
    archive = ("a.zip", a_zip({"a.csv": b"1"}))
    with data_store._unpacking.one(), data_store._unpacking.one():
        assert refused(sent(owner, snippet, archive, unpack="yes")) == (503, "unavailable")
        assert sent(owner, snippet, archive)[0] == 201, "what is not unpacked is taken"
    assert sent(owner, snippet, archive, unpack="yes")[0] == 201


def test_archives_that_are_unpacked_in_vain_count_as_well(
    owner: User, snippet: Snippet, settings: Settings
) -> None:
    """Each of ten megabytes could be 32, and be refused for its last name."""
    settings.LIMITS = replace(Limits(), saved_bytes_per_minute=1000)
    bad = ("a.zip", a_zip({"a": bytes(600), "../b": b""}))
    assert refused(sent(owner, snippet, bad, unpack="yes")) == (400, "bad_message")
    assert refused(sent(owner, snippet, bad, unpack="yes")) == (429, "rate_limited")
    good = ("a.zip", a_zip({"a": b""}))
    with data_store._unpacking.one(), data_store._unpacking.one():  # no turn is taken for it
        assert refused(sent(owner, snippet, good, unpack="yes")) == (429, "rate_limited")


def test_an_archive_with_one_bad_file_changes_nothing(owner: User, snippet: Snippet) -> None:
    status, body = sent(owner, snippet, ("a.zip", a_zip({"a": b"1", "../b": b"2"})), unpack="yes")
    assert refused((status, body)) == (400, "bad_message")
    assert "../b" in body["error"]["message"]
    assert names(snippet) == {}
    bomb = a_zip({f"{number}": bytes(10 * MIB) for number in range(4)})
    assert refused(sent(owner, snippet, ("a.zip", bomb), unpack="yes")) == (413, "too_large")


def test_a_form_without_a_file_is_refused_with_a_sentence(owner: User, snippet: Snippet) -> None:
    """filebrowser#2040: the page says "[object Object]"."""
    place = f"/snippets/{snippet.pk}/data/"
    answer = signed_in(owner).post(place, {"name": "x"})
    assert refused((answer.status_code, answer.json())) == (400, "bad_message")
    page = Page(owner)
    for kind, body in (
        ("multipart/form-data; boundary=x", b"no form"), ("multipart/form-data", b""),
        ("text/plain", b"1"),
    ):  # fmt: skip
        sent_so = page.send("POST", place, body, kind)
        assert sent_so.status_code == 400


def test_renaming_keeps_the_content(owner: User, snippet: Snippet) -> None:
    sent(owner, snippet, ("a.txt", b"1"), ("b.txt", b"2"))
    page = Page(owner)
    place = f"/snippets/{snippet.pk}/data/a.txt"
    status, body = page.ask("PATCH", place, {"name": "c/ä.txt"})
    assert (status, body["name"]) == (200, "c/ä.txt")
    assert names(snippet) == {"c/ä.txt": b"1", "b.txt": b"2"}
    assert refused(page.ask("PATCH", body["url"], {"name": "b.txt"})) == (400, "bad_message")
    assert refused(page.ask("PATCH", body["url"], {"name": "main.py"})) == (400, "bad_message")
    assert refused(page.ask("PATCH", place, {"name": "d"})) == (404, "not_found")
    status, body = page.ask("PATCH", body["url"], {"kept": True})
    assert (body["name"], body["kept"]) == ("c/ä.txt", True)


def test_a_file_is_deleted_once(owner: User, snippet: Snippet) -> None:
    sent(owner, snippet, ("a.txt", b"1"))
    browser = signed_in(owner)
    assert browser.delete(f"/snippets/{snippet.pk}/data/a.txt").status_code == 204
    assert browser.delete(f"/snippets/{snippet.pk}/data/a.txt").status_code == 404
    snippet.refresh_from_db()
    assert snippet.data_files == 0


def test_what_a_run_has_returned_becomes_data(
    owner: User, classmate: User, snippet: Snippet
) -> None:
    run, other = finished_run(owner), finished_run(classmate)
    file = {"kind": "file", "name": "out.csv", "path": "d/out.csv", "mime": "text/csv"}
    for each in (run, other):
        an_artifact(each, b"1,2", **file)
    page, place = Page(owner), f"/snippets/{snippet.pk}/data/"
    status, body = page.ask("POST", place, {"run": str(run.pk), "seq": 1, "kept": True})
    assert (status, body["files"][0]["name"], body["files"][0]["kept"]) == (201, "d/out.csv", True)
    assert names(snippet) == {"d/out.csv": b"1,2"}
    assert refused(page.ask("POST", place, {"run": str(other.pk), "seq": 1})) == (404, "not_found")
    assert refused(page.ask("POST", place, {"run": str(run.pk), "seq": 2})) == (404, "not_found")


def test_a_copy_has_the_same_data_and_a_link_to_code_has_none(
    owner: User, classmate: User, snippet: Snippet
) -> None:
    sent(owner, snippet, ("a.txt", b"1"), kept="yes")
    copy = snippets.duplicate(owner, snippet)
    assert names(copy) == {"a.txt": b"1"}
    copy.refresh_from_db()
    assert copy.data_files == 1
    assert names(snippets.copy(classmate, snippet)) == {}


def test_data_goes_with_its_snippet(owner: User, snippet: Snippet, settings: Settings) -> None:
    sent(owner, snippet, ("a.txt", b"1"))
    snippets.delete(owner, snippet.pk)
    assert signed_in(owner).get(f"/snippets/{snippet.pk}/data/a.txt").status_code == 404
    settings.LIMITS = replace(Limits(), deleted_snippet_days=-1)
    snippets.forget_deleted()
    assert not DataFile.objects.exists()


def test_data_is_in_the_archive_of_own_data(owner: User, snippet: Snippet) -> None:
    sent(owner, snippet, ("d/a.bin", bytes(range(256))))
    found = {file.path: file.content for file in snippets.OWN_SNIPPETS.files(owner)}
    assert found[f"snippets/{snippet.pk} Greeting (data)/d/a.bin"] == bytes(range(256))


class TestObjectStorage:
    @pytest.fixture(autouse=True)
    def _storage(self, settings: Settings) -> None:
        memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
        settings.STORAGES = {**settings.STORAGES, "data": memory}

    def test_contents_are_there_and_not_in_the_database(
        self, owner: User, snippet: Snippet, django_capture_on_commit_callbacks: Any
    ) -> None:
        sent(owner, snippet, ("a.txt", b"one"))
        (file,) = DataFile.objects.all()
        assert file.content is None
        assert storages["data"].open(file.stored).read() == b"one"
        assert names(snippet) == {"a.txt": b"one"}
        with django_capture_on_commit_callbacks(execute=True):
            sent(owner, snippet, ("a.txt", b"two"))
        assert names(snippet) == {"a.txt": b"two"}
        assert not storages["data"].exists(file.stored)
        with django_capture_on_commit_callbacks(execute=True):
            signed_in(owner).delete(f"/snippets/{snippet.pk}/data/a.txt")
        assert storages["data"].listdir("data")[1] == []

    def test_what_no_row_names_is_removed_when_it_is_old(
        self, owner: User, snippet: Snippet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sent(owner, snippet, ("a.txt", b"one"))
        sent(owner, a_snippet(owner), ("b.txt", b"two"))
        snippet.delete()
        assert files.forget_unused() == 0  # its row could still be written
        now = clock.read()
        monkeypatch.setattr(clock, "read", lambda: now.replace(year=now.year + 1))
        assert files.forget_unused() == 1
        assert [file.path for file in DataFile.objects.all()] == ["b.txt"]
        assert files.content_of(DataFile.objects.get()) == b"two"

    def test_what_it_does_not_take_is_said(
        self, owner: User, snippet: Snippet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> str:
            raise ConnectionError("no such host")

        monkeypatch.setattr(storages["data"], "save", fail)
        answer = sent(owner, snippet, ("a.txt", b"one"))
        assert refused(answer) == (503, "unavailable")
        assert not DataFile.objects.exists()

    def test_what_is_lost_there_is_said(self, owner: User, snippet: Snippet) -> None:
        sent(owner, snippet, ("a.txt", b"one"))
        storages["data"].delete(DataFile.objects.get().stored)
        answer = signed_in(owner).get(f"/snippets/{snippet.pk}/data/a.txt")
        assert refused((answer.status_code, answer.json())) == (503, "unavailable")


def test_the_largest_file_fits(owner: User, snippet: Snippet) -> None:
    data = io.BytesIO(bytes(10 * MIB)).read()
    assert sent(owner, snippet, ("a.bin", data))[0] == 201
    assert DataFile.objects.get().bytes == 10 * MIB
