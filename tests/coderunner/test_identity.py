"""The site's name, logo and links: on every page, and refused at the start if they are wrong."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from coderunner import identity
from runner import snippets
from runner.protocol.snippets import ShareChange
from tests.a_snippet import a_snippet
from tests.cast import signed_in

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>alert(1)</script></svg>'
IMPRINT, PRIVACY = "https://school.example/imprint?a=1&b=2", "https://school.example/privacy"


@pytest.fixture
def school(settings: Settings) -> Iterator[Settings]:
    settings.SITE_NAME = "Ada <Lovelace> School"
    settings.SITE_LOGO = identity.Logo(SVG, "image/svg+xml", "abc")
    settings.IMPRINT_URL, settings.PRIVACY_URL = IMPRINT, PRIVACY
    settings.EMBED_ALLOWED_ORIGINS = ["https://course.example"]
    return settings


def pages(owner: User, superuser: User) -> Iterator[tuple[str, str]]:
    slug = snippets.share(owner, a_snippet(owner).pk, ShareChange(shared=True, embed=True)).slug
    for path in (
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        f"/s/{slug}/",
        f"/s/{slug}/embed/",
        "/nothing/",
    ):
        yield path, Client().get(path).content.decode()
    browser = signed_in(owner)
    for path in ("/", "/snippets/", "/runs/", "/accounts/email/", "/accounts/data/"):
        yield path, browser.get(path).content.decode()
    yield "/admin/", signed_in(superuser).get("/admin/").content.decode()
    yield "500", render_to_string("500.html")


def test_every_page_says_whose_site_it_is(school: Settings, owner: User, superuser: User) -> None:
    for path, page in pages(owner, superuser):
        assert "Ada &lt;Lovelace&gt; School" in page, path
        assert "Ada <Lovelace>" not in page, path
        assert 'href="https://school.example/imprint?a=1&amp;b=2"' in page, path
        assert f'href="{PRIVACY}"' in page, path
        if path != "500":  # which asks for nothing else
            assert 'src="/site-logo?v=abc"' in page, path


def test_mails_do(school: Settings) -> None:
    mail = render_to_string("account/email/base_message.txt", {"current_site": {"domain": "x"}})
    for words in ("Ada <Lovelace> School, x", IMPRINT, PRIVACY):
        assert words in mail


def test_without_settings_pages_name_the_product(
    settings: Settings, owner: User, superuser: User
) -> None:
    settings.EMBED_ALLOWED_ORIGINS = ["https://course.example"]
    for path, page in pages(owner, superuser):
        assert "Code Runner" in page, path
        assert "site-logo" not in page, path
        assert "Imprint" not in page, path


def test_a_logo_runs_nothing(school: Settings, stranger: Client) -> None:
    answer = stranger.get("/site-logo?v=abc")
    assert answer.content == SVG
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy


def test_without_one_there_is_none(stranger: Client, db: None) -> None:
    assert stranger.get("/site-logo").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("logo.txt", PNG, "image/png"),
        ("logo.png", SVG, "image/svg+xml"),
        ("logo.png", b"\xff\xd8\xff\xe0 JFIF", "image/jpeg"),
        ("logo.png", b"GIF89a", "image/gif"),
        ("logo.png", b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
    ],
)
def test_the_content_says_what_a_logo_is(
    name: str, content: bytes, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_bytes(content)
    monkeypatch.setenv("SITE_LOGO", str(tmp_path / name))
    found = identity.logo("SITE_LOGO")
    assert found is not None
    assert (found.content, found.content_type) == (content, kind)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b"<svg><script>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b"\x7fELF",
        PNG + bytes(identity.LOGO_BYTES),
    ],
)
def test_what_is_no_picture_stops_the_process(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    monkeypatch.setenv("SITE_LOGO", str(tmp_path / "logo.png"))
    with pytest.raises(ImproperlyConfigured, match="SITE_LOGO"):
        identity.logo("SITE_LOGO")


@pytest.mark.parametrize("path", ["/nowhere/logo.png", "/etc", "."])
def test_a_logo_that_is_not_there_stops_the_process(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_LOGO", path)
    with pytest.raises(ImproperlyConfigured, match="SITE_LOGO cannot be read"):
        identity.logo("SITE_LOGO")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "/imprint",
        "example.org",
        "https://",
        "https://a b/",
        "http://[x",
        "data:x",
    ],
)
def test_a_link_that_is_none_stops_the_process(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPRINT_URL", address)
    with pytest.raises(ImproperlyConfigured, match="IMPRINT_URL"):
        identity.link("IMPRINT_URL")


@pytest.mark.parametrize("name", ["x" * 61, "two\nlines", "a\u202eb"])
def test_a_name_that_does_not_fit_stops_the_process(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_NAME", name)
    with pytest.raises(ImproperlyConfigured, match="SITE_NAME"):
        identity.site_name("SITE_NAME")
