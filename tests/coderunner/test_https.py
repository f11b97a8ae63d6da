"""Behind a proxy with TLS: `HTTPS=true`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOOK = """
import django
django.setup()
from django.test import Client
for proto in ("https", "http"):
    answer = Client(headers={"host": "localhost", "x-forwarded-proto": proto}).get("/healthz")
    print(answer.status_code, answer.headers.get("Strict-Transport-Security"))
"""


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"HTTPS": "true"}, "200 max-age=15552000\n200 None\n"),
        ({"HTTPS": "true", "HSTS_DAYS": "1"}, "200 max-age=86400\n200 None\n"),
        ({"HTTPS": "true", "HSTS_DAYS": "0"}, "200 None\n200 None\n"),
        ({}, "200 None\n200 None\n"),
    ],
    ids=["by default", "for a day", "not", "without a proxy"],
)
def test_browsers_insist_on_tls(env: dict[str, str], told: str) -> None:
    known = {"DJANGO_SETTINGS_MODULE": "coderunner.settings", "DATABASE_URL": "sqlite://:memory:"}
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": "x" * 50, **known, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == told, done.stderr
