"""GET /runs/<uuid>/: what was run, and what became of it."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from runner.models import Recording
from tests.a_run import finished_run
from tests.cast import signed_in


def without_tokens(page: bytes) -> bytes:
    """CSRF tokens differ from answer to answer."""
    return re.sub(rb'value="\w+"', b"", page)


def page_for(user: User, run_id: object) -> str:
    response = signed_in(user).get(f"/runs/{run_id}/")
    assert response.status_code == 200
    return response.content.decode()


def test_its_owner_sees_code_figures_outcome_and_transcript(owner: User) -> None:
    run = finished_run(owner)
    page = page_for(owner, run.pk)
    for text in ("Finished", "Your program finished.", "1.2 s", "31 ms", "9.0 MB", "4 bytes"):
        assert text in page
    assert "name = input(&quot;Name? &quot;)\n" in page
    assert "Name? Ada\nHello Ada\n</pre>" in page
    assert f'href="/runs/{run.pk}.cast"' in page


def test_a_long_transcript_comes_in_parts_that_are_laid_out_when_they_are_seen(
    owner: User, instructor: User
) -> None:
    """A browser needs seconds for half a million lines, or for a line of a megabyte."""
    run = finished_run(owner)
    for output in (b"\n" * 100_000, b"x" * 500_000, "e\u0301\u0301".encode() * 50_000):
        Recording.objects.update_or_create(run=run, defaults={"head": output})
        (transcript,) = re.findall(r"<pre class=\"screen\".*?</pre>", page_for(owner, run.pk), re.S)
        admin = signed_in(instructor).get(f"/admin/runner/run/{run.pk}/change/")
        for page in (transcript, admin.content.decode()):
            parts = re.findall(r'<span class="part">(.*?)</span>', page, re.S)
            assert len(parts) > 10
            assert "".join(parts) == output.decode()
            assert max(len(part) for part in parts) <= 4096
            assert max(part.count("\n") for part in parts) <= 100


def test_an_instructor_sees_it_and_whose_it_is(owner: User, instructor: User) -> None:
    run = finished_run(owner, outcome="stopped", reason_code="stopped")
    page = page_for(instructor, run.pk)
    assert '?all&amp;student=owner">owner</a></dd>' in page
    assert "The program was stopped by its owner." in page
    assert "You stopped" not in page


@pytest.mark.parametrize("suffix", ["/", ".cast"])
def test_a_classmate_learns_nothing(owner: User, classmate: User, suffix: str) -> None:
    run = finished_run(owner)
    browser = signed_in(classmate)
    theirs = browser.get(f"/runs/{run.pk}{suffix}")
    nobodys = browser.get(f"/runs/{uuid4()}{suffix}")
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert without_tokens(theirs.content) == without_tokens(nobodys.content)


@pytest.mark.parametrize("suffix", ["/", ".cast"])
def test_a_stranger_is_sent_to_sign_in_whether_it_exists_or_not(
    owner: User, stranger: Client, suffix: str
) -> None:
    for run_id in (finished_run(owner).pk, uuid4()):
        response = stranger.get(f"/runs/{run_id}{suffix}")
        assert response.status_code == 302
        assert response["Location"] == f"/accounts/login/?next=/runs/{run_id}{suffix}"


def test_what_is_no_uuid_is_no_run(owner: User) -> None:
    assert signed_in(owner).get("/runs/1/").status_code == 404


def test_html_from_a_program_stays_text(owner: User) -> None:
    attack = '</pre></code><script>alert("owned")</script><img src=x onerror=alert(1)>'
    run = finished_run(
        owner,
        output=attack.encode(),
        files=[{"path": f"{attack}.py", "content": attack}],
        main=attack,
        args=[attack],
        reason=attack,
        language=attack[:60],
    )
    page = page_for(owner, run.pk)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert" in page


def test_a_run_that_goes_on_says_so(owner: User) -> None:
    run = finished_run(owner, status="running", outcome="", exit_code=None, reason="")
    page = page_for(owner, run.pk)
    assert "is still running" in page
    assert "Running" in page
    assert "Hello Ada" in page


def test_a_run_without_a_recording_says_that_nothing_was_printed(owner: User) -> None:
    run = finished_run(owner, output=b"")
    Recording.objects.all().delete()
    assert "No output." in page_for(owner, run.pk)


def test_what_was_cut_and_what_was_lost_is_said(owner: User) -> None:
    run = finished_run(owner, output=b"begin", output_bytes=4096)
    Recording.objects.update(tail=b"end", tail_offset=2048 + 5)
    page = page_for(owner, run.pk)
    assert "2.0 KB of output are missing here" in page
    assert "The last 2.0 KB of output were lost." in page


def test_it_says_what_was_not_returned_of_the_files(owner: User, instructor: User) -> None:
    """A row that an executor has filled with nonsense is a page without that sentence."""
    said = {
        "files_left_out": {"count": 3, "name": "<b>", "limit": 20, "limit_bytes": 8 << 20},
        "files_not_kept": {"count": 1, "name": "a", "limit_bytes": 1 << 20, "total_bytes": 2 << 20},
        "files_lost": "nonsense", "processor_time": {}, "unknown": {},
    }  # fmt: skip
    run = finished_run(owner, file_notices=said)
    for user in (owner, instructor):
        found = re.findall(r'data-testid="file-notice">(.*?)</p>', page_for(user, run.pk))
        assert found[0].startswith("Not returned: 3, among them “&lt;b&gt;”.")
        assert "all data of a person 2 MB" in found[1]
        assert len(found) == 2
    nonsense: object
    for nonsense in (
        [],
        "x",
        {"files_left_out": {"count": 1}},
        {"files_lost": []},
        {"files_left_out": {"count": [1], "name": {}}},
    ):
        run = finished_run(owner, file_notices=nonsense)
        assert "file-notice" not in page_for(owner, run.pk)
