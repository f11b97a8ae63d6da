"""GET /languages/stubs/…: what editors know of the packages that programs may import."""

import json
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.test import Client

from accounts.models import User
from tests.a_snippet import Page, refused
from tests.cast import signed_in

BODY = json.dumps({"files": {"numpy/__init__.pyi": "pi: float\n"}}).encode()
VERSION = "0123456789ab"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    stubs = tmp_path / "stubs"
    stubs.mkdir()
    (stubs / "index.json").write_text(json.dumps({"packages": {"numpy": VERSION, "../x": "y"}}))
    (stubs / f"numpy.{VERSION}.br").write_bytes(brotli.compress(BODY))
    (tmp_path / f"secret.{VERSION}.br").write_bytes(b"secret")
    monkeypatch.setenv("PYTHON_STUBS_FOLDER", str(stubs))
    return stubs


def get(client: Client, path: str, encoding: str = "br, gzip") -> Any:
    return client.get(path, headers={"accept-encoding": encoding})


def test_the_index_names_packages_and_versions(owner: User) -> None:
    status, body = Page(owner).ask("GET", "/languages/stubs/")
    assert (status, body) == (200, {"packages": {"numpy": VERSION}})


def test_a_package_comes_packed_and_is_kept_for_ever(owner: User) -> None:
    response = get(signed_in(owner), f"/languages/stubs/numpy/{VERSION}/")
    assert response["Content-Encoding"] == "br"
    assert brotli.decompress(response.content) == BODY
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "Accept-Encoding" in response["Vary"]
    assert not response.has_header("Expires")


@pytest.mark.parametrize("encoding", ["gzip", "br;q=0, gzip", ""])
def test_who_takes_no_brotli_gets_it_unpacked(owner: User, encoding: str) -> None:
    response = get(signed_in(owner), f"/languages/stubs/numpy/{VERSION}/", encoding)
    assert response.content == BODY
    assert not response.has_header("Content-Encoding")


@pytest.mark.parametrize(
    "path",
    [
        f"numpy/{'f' * 12}", f"pandas/{VERSION}", f"..%2fsecret/{VERSION}", f"%2e%2e/{VERSION}",
        f"index.json%00/{VERSION}", "numpy/..", f"num%0apy/{VERSION}", f"{'x' * 5000}/{VERSION}",
        f"numpy/{VERSION}%0a", "numpy/index",
    ],
)  # fmt: skip
def test_nothing_else_can_be_read(owner: User, path: str) -> None:
    response = get(signed_in(owner), f"/languages/stubs/{path}/")
    assert response.status_code == 404
    assert b"secret" not in response.content


def test_who_is_not_signed_in_gets_none(db: None) -> None:
    for path in ("/languages/stubs/", f"/languages/stubs/numpy/{VERSION}/"):
        assert refused(Page(None).ask("GET", path)) == (403, "signed_out")


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"packages": [1]}'])
def test_without_stubs_there_are_none(owner: User, folder: Path, text: str | None) -> None:
    (folder / "index.json").unlink()
    if text is not None:
        (folder / "index.json").write_text(text)
    assert Page(owner).ask("GET", "/languages/stubs/") == (200, {"packages": {}})
