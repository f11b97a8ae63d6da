"""Fixtures for every test. Servers start only for the tests that ask for them."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pytest_django import Settings
from xdist.scheduler.loadscope import LoadScopeScheduling

from tests import migrated
from tests.cast import classmate, instructor, owner, stranger, superuser
from tests.product import Product, measured
from tests.services import PostgresServer, RedisServer, running_postgres, running_redis
from tests.static_files import list_once

__all__ = ["classmate", "instructor", "owner", "stranger", "superuser"]


def pytest_configure() -> None:
    """Tests that are told to end still end their servers."""
    signal.signal(signal.SIGTERM, lambda *_: pytest.exit("terminated", 143))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    return BySite(config, log) if config.getvalue("dist") == "loadfile" else None


class BySite(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """One process has the tests of a file, and of `make test` those of one site: it starts once."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        few = "not browsers" in self.config.option.markexpr
        return "tests/e2e" if few and file.startswith("tests/e2e/") else file


@pytest.fixture(scope="session", autouse=True)
def _static_files_listed_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        list_once(monkeypatch)
        yield


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A request of Django's client leaves its language to what the thread does next."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with running_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_database(
    postgres_server: PostgresServer,
    tmp_path_factory: pytest.TempPathFactory,
    _one_migrated_database: None,
) -> str:
    """What every `product` begins with: migrating takes longer than copying."""
    database = postgres_server.new_database()
    with Product(tmp_path_factory.mktemp("migrated"), DATABASE_URL=database) as site:
        migrated.on_postgres(database, site.migrate)
    return database


@pytest.fixture
def product(
    tmp_path: Path,
    postgres_server: PostgresServer,
    migrated_database: str,
) -> Iterator[Product]:
    """A migrated site on Redis and PostgreSQL, without processes yet.

    The Redis is its own: on one that sites share, executors of another would answer.
    """
    database = postgres_server.new_database(like=migrated_database)
    folder = tmp_path / "redis"
    folder.mkdir()
    with (
        running_redis(folder) as redis,
        Product(tmp_path, DATABASE_URL=database, REDIS_URL=redis.url, **measured()) as site,
    ):
        yield site


@pytest.fixture
def small_product(tmp_path: Path) -> Iterator[Product]:
    """A migrated site on SQLite and the in-memory layer, for `serve`."""
    with Product(tmp_path) as site:
        site.migrate()
        yield site


@pytest.fixture(scope="session", autouse=True)
def _one_migrated_database(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Processes of pytest-xdist have folders of their own in one of the session."""
    folder = tmp_path_factory.getbasetemp()
    migrated.share(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    _one_migrated_database: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A database file per session: several threads share it, several sessions do not."""
    from django.db import connection

    name = tmp_path_factory.mktemp("database") / "test.sqlite3"
    connection.settings_dict["TEST"]["NAME"] = str(name)
    migrated.copied_to(name, {"DATABASE_URL": f"sqlite:///{name}"})


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """What was copied is used. It is removed with the session's folder."""
    return True


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    """Requests of the minute are counted by users' numbers, which tests share."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _no_offers_of_before() -> None:
    """Each process remembers for some seconds what its executors have."""
    from runner.runs import cached_offers

    cached_offers.forget()


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
