"""What operators set: secrets from files, the log's format, reports of errors."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from coderunner import environment as env
from coderunner import reporting


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "METRICS_TOKEN"])
def test_a_secret_may_stand_in_a_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("redis://web:word@redis/0\n")
    monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secret"))
    assert env.secret(name) == "redis://web:word@redis/0"


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL_FILE", "/nowhere/redis_url")
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL_FILE"):
        env.redis("REDIS_URL")


def test_databases_and_redis_are_read_from_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "db").write_text("postgres://web:word@db/site\n")
    (tmp_path / "redis").write_text("redis://web:word@redis/0\n")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "db"))
    monkeypatch.setenv("REDIS_URL_FILE", str(tmp_path / "redis"))
    assert env.database("DATABASE_URL", "sqlite://")["PASSWORD"] == "word"
    assert env.redis("REDIS_URL") == "redis://web:word@redis/0"


def test_an_unknown_log_format_stops_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT must be one of text, json"):
        env.choice("LOG_FORMAT", ("text", "json"))


def test_assets_may_come_from_vites_dev_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITE_DEV_SERVER", "http://127.0.0.1:5173")
    assert env.vite_dev_server("VITE_DEV_SERVER", debug=True) == {
        "dev_mode": True,
        "dev_server_protocol": "http",
        "dev_server_host": "127.0.0.1",
        "dev_server_port": 5173,
    }


def test_a_dev_server_needs_debug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITE_DEV_SERVER", "http://127.0.0.1:5173")
    with pytest.raises(ImproperlyConfigured, match="VITE_DEV_SERVER is for development only"):
        env.vite_dev_server("VITE_DEV_SERVER", debug=False)


def test_assets_are_built_ones_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VITE_DEV_SERVER", raising=False)
    assert env.vite_dev_server("VITE_DEV_SERVER", debug=True) == {}


def reports(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    begun: list[dict[str, Any]] = []
    monkeypatch.setattr("sentry_sdk.init", lambda **options: begun.append(options))
    return begun


def test_nothing_is_reported_without_a_dsn(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = reports(monkeypatch)
    reporting.begin("", "1")
    assert not begun


def test_reports_carry_no_program_and_no_person(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = reports(monkeypatch)
    reporting.begin("https://key@sentry.example.org/1", "1")
    (options,) = begun
    assert options["send_default_pii"] is False
    assert options["include_local_variables"] is False
    assert options["max_request_body_size"] == "never"


@pytest.mark.parametrize(
    ("value", "chosen"),
    [("", {"a", "b"}), ("on", {"a", "b"}), ("OFF", set()), ("b", {"b"}), ("b, a,", {"a", "b"})],
)
def test_optimisations_are_on_off_or_named(
    value: str, chosen: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPTIMISATIONS", value)
    assert env.subset("OPTIMISATIONS", frozenset("ab")) == chosen


def test_an_unknown_optimisation_stops_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPTIMISATIONS", "a,no")
    with pytest.raises(ImproperlyConfigured, match=r"OPTIMISATIONS must be on, off, .* names no"):
        env.subset("OPTIMISATIONS", frozenset("ab"))


def test_a_time_zone_is_one_that_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIME_ZONE", "Europe/Berlin")
    assert env.time_zone("TIME_ZONE", "UTC") == "Europe/Berlin"
    monkeypatch.setenv("TIME_ZONE", "")
    assert env.time_zone("TIME_ZONE", "UTC") == "UTC"
    for wrong in ("Berlin", "../etc/passwd", "europe/berlin", "<+02>-2"):
        monkeypatch.setenv("TIME_ZONE", wrong)
        with pytest.raises(ImproperlyConfigured, match="TIME_ZONE must be a time zone like"):
            env.time_zone("TIME_ZONE", "UTC")


@pytest.mark.parametrize("path", ["var/tried.json", "./x", "~/tried.json"])
def test_a_path_begins_at_the_root(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIED_LANGUAGES_FILE", path)
    with pytest.raises(ImproperlyConfigured, match="TRIED_LANGUAGES_FILE must be an absolute"):
        env.folder("TRIED_LANGUAGES_FILE", default="/tried.json")
    monkeypatch.setenv("TRIED_LANGUAGES_FILE", "")
    assert env.folder("TRIED_LANGUAGES_FILE", default="/tried.json") == "/tried.json"


def test_what_programs_shall_not_use_is_a_list_of_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORBIDDEN_CALLS", "eval, os.system ,")
    assert env.python_names("FORBIDDEN_CALLS") == {"eval", "os.system"}
    monkeypatch.delenv("FORBIDDEN_CALLS")
    assert env.python_names("FORBIDDEN_CALLS") == frozenset()


@pytest.mark.parametrize("wrong", ["eval()", "os.", "os system", "*", "1x"])
def test_anything_else_than_names_stops_the_process(
    wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORBIDDEN_CALLS", f"exec,{wrong}")
    with pytest.raises(ImproperlyConfigured, match="FORBIDDEN_CALLS must list names"):
        env.python_names("FORBIDDEN_CALLS")
