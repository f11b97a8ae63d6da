"""A process that was configured wrongly refuses to start and names the variable."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from runpy import run_path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.services import ROOT, free_port

SERVE = ("manage.py", "serve", "--port", "{port}")
EXECUTOR = ("manage.py", "executor")
DAPHNE = ("-m", "daphne", "-b", "127.0.0.1", "-p", "{port}", "coderunner.asgi:application")

WRONG = [
    ("ALLOW_WEAK_LIMITS", "perhaps"),
    ("DEBUG", "maybe"),
    ("PORT", "http"),
    ("PORT", "70000"),
    ("DATABASE_URL", "mysql://localhost/x"),
    ("DATABASE_URL", "postgres://localhost:port/x"),
    ("DATABASE_URL", "postgres://"),
    ("REDIS_URL", "http://localhost"),
    ("REDIS_URL", "redis://localhost:port/0"),
    ("CORS_ALLOWED_ORIGINS", "https://example.org, example.com"),
    ("CORS_ALLOWED_ORIGINS", "https://example.org/"),
    ("CORS_ALLOWED_ORIGINS", "https://["),
    ("CSRF_TRUSTED_ORIGINS", "*"),
    ("SECRET_KEY_FILE", "/nowhere/secret"),
    ("LIMIT_CPU_SECONDS", "0"),
    ("LIMIT_CPU_SECONDS", "1.5"),
    ("LIMIT_MEMORY_BYTES", "256M"),
    ("LIMIT_RUNS_PER_USER", "unlimited"),
    ("DETACH_SECONDS", "-1"),
]


def refusal(command: tuple[str, ...], variables: Mapping[str, str], port: int = 0) -> str:
    """The last line of a process that must end by itself, with an error."""
    usual = {"PATH": os.environ["PATH"], "DATABASE_URL": "sqlite:///:memory:"}
    environment = usual | {"SECRET_KEY": "x"} | dict(variables)
    port = port or free_port()
    done = subprocess.run(
        [sys.executable, *(part.format(port=port) for part in command)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=15,
    )  # fmt: skip
    assert done.returncode != 0
    return done.stderr.rstrip().rpartition("\n")[2]


@pytest.mark.parametrize(("variable", "value"), WRONG)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv(variable, value)
    with pytest.raises(ImproperlyConfigured, match=variable):
        run_path(str(ROOT / "coderunner" / "settings.py"))


@pytest.mark.faults
@pytest.mark.parametrize("command", [EXECUTOR, DAPHNE], ids=["executor", "web worker"])
def test_one_of_many_processes_needs_redis(command: tuple[str, ...]) -> None:
    assert "REDIS_URL" in refusal(command, {})


@pytest.mark.parametrize(
    "command", [SERVE, EXECUTOR, DAPHNE], ids=["serve", "executor", "web worker"]
)
def test_a_process_that_is_configured_wrongly_ends(command: tuple[str, ...]) -> None:
    wrong = {"REDIS_URL": "redis://127.0.0.1:1/0", "LIMIT_CPU_SECONDS": "x"}
    assert "LIMIT_CPU_SECONDS" in refusal(command, wrong)


@pytest.mark.faults
@pytest.mark.parametrize("command", [SERVE, EXECUTOR], ids=["serve", "executor"])
def test_room_for_no_run_at_all_is_refused(command: tuple[str, ...]) -> None:
    wrong = (*command, "--capacity", "0")
    assert "--capacity" in refusal(wrong, {"REDIS_URL": "redis://127.0.0.1:1/0"})


def test_a_port_that_is_taken_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "Cannot listen on port" in refusal(SERVE, {}, port=taken.getsockname()[1])
