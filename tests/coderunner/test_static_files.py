"""Scripts and styles: compressed once, and kept by browsers for ever."""

import json
import re
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from coderunner.worker_policy import WORKER_POLICY
from tests.cast import signed_in

MANIFEST = settings.STATICFILES_DIRS[0] / ".vite" / "manifest.json"
BUILT = json.loads(MANIFEST.read_text())
CHUNKS = BUILT.values()
ASSETS = MANIFEST.parent.parent / "assets"
# What a browser loads, packed by Brotli.
MOST_BEFORE_THE_FIRST_RUN = 175_000
MOST_OF_WORKERS = {"python_worker": 1_300_000, "ruff_wasm": 3_200_000}


def body(client: Client, path: str, encoding: str) -> tuple[Any, bytes]:
    response: Any = client.get(path, headers={"accept-encoding": encoding})
    assert response.status_code == 200
    return response, b"".join(response.streaming_content)


def test_every_built_file_is_immutable(client: Client) -> None:
    files = {chunk["file"] for chunk in CHUNKS}.union(*(chunk.get("css", ()) for chunk in CHUNKS))
    assert len(files) > 5
    for file in files - {"root/embed.js"}:  # which pages of others name, see vite.config.ts
        response, _ = body(client, f"/static/{file}", "br, gzip")
        assert response["Cache-Control"] == "max-age=315360000, public, immutable"


def test_the_workspaces_script_comes_as_brotli(client: Client) -> None:
    path = next(f"/static/{c['file']}" for c in CHUNKS if c.get("src") == "workspace/main.ts")
    response, small = body(client, path, "gzip, br")
    _, plain = body(client, path, "identity")
    assert response["Content-Encoding"] == "br"
    assert brotli.decompress(small) == plain
    assert len(small) * 3 < len(plain)


@pytest.mark.parametrize("path", ["favicon.svg", "admin/css/base.css"])
def test_what_has_no_hash_is_asked_for_again(client: Client, path: str) -> None:
    response, _ = body(client, f"/static/{path}", "br")
    assert response["Cache-Control"] == "max-age=3600, public"


def test_a_file_that_is_missing_is_no_page(
    owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Files are not counted as pages are, so asking for them must cost nothing."""
    browser = signed_in(owner)
    with django_assert_num_queries(0):
        answer = browser.get("/static/assets/missing.js")
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain")
    assert not answer.cookies


def test_no_page_allows_inline_scripts(client: Client, db: None) -> None:
    policy = client.get("/accounts/login/")["Content-Security-Policy"]
    scripts = next(part for part in policy.split(";") if "script-src" in part)
    assert scripts.split() == ["script-src", "'self'"]


def test_workers_alone_may_compile_webassembly(client: Client) -> None:
    """A worker has the policy of its own script's answer, not that of the page."""
    scripts = sorted(path.name for path in ASSETS.glob("*.js"))
    workers = [name for name in scripts if "worker" in name]
    assert workers
    for name in workers:
        for encoding in ("br", "gzip", "identity"):
            response, _ = body(client, f"/static/assets/{name}", encoding)
            assert response["Content-Security-Policy"] == WORKER_POLICY
    response, _ = body(client, f"/static/assets/{min(set(scripts) - set(workers))}", "br")
    assert not response.has_header("Content-Security-Policy")


def loaded_with(entry: str) -> set[str]:
    """All files that come with a script before any of its code runs."""
    wanted, found = [entry], set[str]()
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.add(name)
            wanted += BUILT[name].get("imports", [])
    files = {BUILT[name]["file"] for name in found}
    return files.union(*(BUILT[name].get("css", ()) for name in found))


def packed_size(file: str) -> int:
    return (settings.STATIC_ROOT / f"{file}.br").stat().st_size


def test_no_editor_comes_before_the_terminal() -> None:
    """Bundlers put what chunks share into one of them, which may be a large one."""
    files = loaded_with("workspace/main.ts")
    assert not [file for file in files if re.search("monaco|codemirror|worker|intelligence", file)]
    assert sum(map(packed_size, files)) <= MOST_BEFORE_THE_FIRST_RUN


@pytest.mark.parametrize("name", MOST_OF_WORKERS)
def test_workers_keep_their_budgets(name: str) -> None:
    (file,) = (
        path.name
        for path in ASSETS.iterdir()
        if path.name.startswith(name) and path.suffix != ".txt"
    )
    assert packed_size(f"assets/{file}") <= MOST_OF_WORKERS[name]
