"""The content security policies of pages and of workers.

Pages name the site's own WebSockets: Safari up to 15 needs it. Workers may compile WebAssembly.
"""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from coderunner.worker_policy import WORKER, WORKER_POLICY, add_worker_policy
from tests.cast import signed_in
from tests.services import ROOT

NGINX = (ROOT / "deploy/nginx/nginx.conf").read_text()


def connect_src(policy: str) -> list[str]:
    (found,) = (part for part in policy.split("; ") if part.startswith("connect-src "))
    return found.split()[1:]


@pytest.fixture(autouse=True)
def _hosts(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["code.school.example", "testserver"]


@pytest.mark.parametrize("host", ["code.school.example", "code.school.example:8443"])
def test_pages_may_connect_to_their_own_host_alone(client: Client, db: None, host: str) -> None:
    answer = client.get("/accounts/login/", headers={"host": host})
    allowed = connect_src(answer["Content-Security-Policy"])
    assert allowed == ["'self'", f"wss://{host}", f"ws://{host}"]


def test_a_page_with_an_addition_of_its_own_has_both(owner: User) -> None:
    answer = signed_in(owner).get("/")
    assert connect_src(answer["Content-Security-Policy"])[0] == "'self'"


@pytest.mark.parametrize(
    "host", ["evil.example", "code.school.example; script-src *", "a b", "[", "x:99999999"]
)
def test_no_host_that_is_made_up_gets_into_the_policy(client: Client, db: None, host: str) -> None:
    answer = client.get("/accounts/login/", headers={"host": host})
    assert answer.status_code == 400
    policy = answer.get("Content-Security-Policy", "")
    assert "evil" not in policy
    assert "script-src *" not in policy
    assert "wss:" not in policy


def test_no_page_may_compile_webassembly(owner: User) -> None:
    answer = signed_in(owner).get("/")
    assert "wasm" not in answer["Content-Security-Policy"]
    assert "eval" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("prefix", ["", "/coderunner"])
def test_workers_have_a_policy_of_their_own(prefix: str) -> None:
    headers: dict[str, str] = {}
    add_worker_policy(headers, "", f"{prefix}/static/assets/pyright.worker-B6V9WtwO.js")
    assert headers == {"Content-Security-Policy": WORKER_POLICY}


@pytest.mark.parametrize(
    "name", ["main-B6V9WtwO.js", "worker/main.js", "worker-B6V9WtwO.css", "worker.js.map"]
)
def test_what_is_no_worker_has_none(name: str) -> None:
    headers: dict[str, str] = {}
    add_worker_policy(headers, "", f"/static/assets/{name}")
    assert headers == {}


def test_the_proxy_and_the_dev_server_send_the_same_policy() -> None:
    rules = re.search(r"map \$uri \$static_policy \{(.*?)\n    \}", NGINX, re.DOTALL)
    assert rules
    (pattern, policy) = re.findall(r'"~(\S+)" "(.*)";', rules[1])[0]
    assert policy == WORKER_POLICY
    for path in ("editor.worker-CCfkejvo.js", "main-OhpCcIOb.js", "x-worker/y.js"):
        for packed in ("", ".br"):
            named = re.search(pattern, f"/static/assets/{path}{packed}") is not None
            assert named == (WORKER.search(f"/static/assets/{path}") is not None)
    assert "add_header Content-Security-Policy $static_policy;" in NGINX
    vite = (ROOT / "vite.config.ts").read_text()
    joined = re.sub(r'" \+\s+"', "", vite)
    assert f'"{WORKER_POLICY}"' in joined
