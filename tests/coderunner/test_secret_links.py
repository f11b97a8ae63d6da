"""Links that are secrets are in no log and no report, whoever writes them."""

import io
import logging
import re
from typing import Any

import pytest
from django.test import Client, RequestFactory

from accounts.models import User
from coderunner import logs, reporting
from runner.infrastructure.http.secret_paths import redacted
from tests.services import ROOT

SECRET = "c0ffee-SECRET_key"
LINKS = [
    f"/accounts/password/reset/key/1-{SECRET}/",
    f"/accounts/confirm-email/{SECRET}/",
    f"/accounts/confirm-email/MQ:1x:{SECRET}/",
    f"/s/{SECRET}/",
    f"/s/{SECRET}/embed/",
    f"/s/{SECRET}/fork/",
    f"/s/{SECRET}",
    f"https://site.example/s/{SECRET}/?x=1",
    f"/accounts/oidc/school/login/callback/?code={SECRET}&state=x",
    f"/accounts/oidc/school/login/callback/?state=x&code={SECRET}",
    f"/artifacts/0/1/?token={SECRET}",
    f"/rooms/7/?guest={SECRET}",
    f"/ws/terminal/?protocol=2&ticket={SECRET}",
]


def written(log_format: str, message: str, *args: Any, **extra: Any) -> str:
    maker = {"text": logs.Text("{message}{about}", style="{"), "json": logs.Json("%(message)s")}
    record = logging.LogRecord("x", logging.ERROR, "", 1, message, args, None)
    record.__dict__.update(extra)
    record.ids = {}
    return str(maker[log_format].format(record))


@pytest.mark.parametrize("log_format", logs.FORMATS)
@pytest.mark.parametrize("link", LINKS)
def test_the_log_holds_none(log_format: str, link: str) -> None:
    assert SECRET not in written(log_format, "Not Found: %s", link)
    assert SECRET not in written(log_format, f'"GET {link} HTTP/1.1" 500')
    request = RequestFactory().get(link)
    assert SECRET not in written(log_format, "Forbidden", request=request, path=link)


@pytest.mark.parametrize("log_format", logs.FORMATS)
def test_nor_does_a_traceback(log_format: str) -> None:
    try:
        raise ValueError(LINKS[0])
    except ValueError as error:
        information = (type(error), error, error.__traceback__)
    assert SECRET not in written(log_format, "It failed.", exc_info=information)


@pytest.mark.parametrize("link", LINKS)
def test_nor_does_a_report(link: str) -> None:
    event = {
        "request": {"url": f"https://site.example{link}", "headers": {"Referer": link}},
        "exception": {"values": [{"value": link}]},
        "message": (link, {"deep": [link]}),
    }
    assert SECRET not in str(reporting.without_secret_links(event, {}))


def test_what_is_no_secret_stays() -> None:
    for text in ("/runs/1/", "/accounts/password/reset/", "/accounts/login/?next=/s/", "/static/s"):
        assert redacted(text) == text


@pytest.mark.parametrize("link", [f"/s/{SECRET}/", f"/s/{SECRET}/embed/", f"/s/{SECRET}/other"])
def test_what_django_says_of_a_missing_page_is_written_without_it(
    db: None, link: str, stranger: Client
) -> None:
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(logs.Text("{message}{about}", style="{"))
    logging.getLogger("django.request").addHandler(handler)
    try:
        assert stranger.get(link).status_code == 404
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert log.getvalue().startswith("Not Found: /s/…")
    assert SECRET not in log.getvalue()


@pytest.mark.parametrize("link", [*LINKS[:2], LINKS[3]])
def test_such_a_page_tells_its_address_to_nobody(db: None, stranger: Client, link: str) -> None:
    assert stranger.get(link)["Referrer-Policy"] == "strict-origin"


def test_other_pages_keep_the_policy_of_the_site(owner: User, stranger: Client) -> None:
    assert stranger.get("/accounts/login/")["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("link", [link for link in LINKS if link.startswith("/")])
def test_the_proxy_logs_none_either(link: str) -> None:
    """Its access log has a path that is cut off, and errors of such pages are not logged."""
    config = (ROOT / "deploy/nginx/nginx.conf").read_text()
    assert '"path":"$logged_path"' in config
    assert "$request_uri" not in config
    assert not re.search(r'"[^"]*":"\$(request|uri|http_referer|args)"', config)
    rules = re.findall(
        r'^\s+"~(\^\S+)" (\S+);', config.split("map $uri $logged_path")[1], re.MULTILINE
    )
    path = link.partition("?")[0]
    found = ((re.search(rule.replace("(?<", "(?P<"), path), shown) for rule, shown in rules)
    logged = next((shown.replace("$above", one["above"]) for one, shown in found if one), path)
    assert SECRET not in logged
    silent = re.findall(r"location ~ (\S+) \{\s+error_log /dev/null;", config)
    assert any(re.search(rule, link) for rule in silent)
    fallback = config.split("location = /unavailable.html {")[1].split("}")[0]
    assert "error_log /dev/null;" in fallback
