"""One site for all tests of this folder; after each of them it is mended, and must be well.

When all have ended its processes must hold no object of a run or a socket any more.
"""

import os
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.product import Product, measured
from tests.scale.site import Site
from tests.services import PostgresServer, RedisServer


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`FAULTS_TIMES=10`: each test so many times, all on one site."""
    times = int(os.environ.get("FAULTS_TIMES", "1"))
    if times > 1:
        metafunc.fixturenames.append("time")
        metafunc.parametrize("time", range(1, times + 1))


@pytest.fixture(scope="session")
def whole_site(
    tmp_path_factory: pytest.TempPathFactory,
    redis_server: RedisServer,
    postgres_server: PostgresServer,
    migrated_database: str,
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("scale")
    database = postgres_server.new_database(like=migrated_database)
    services = {"DATABASE_URL": database, "REDIS_URL": redis_server.url}
    with Product(folder, **services, **measured()) as product:
        site = Site(product, redis_server, postgres_server)
        yield site
        site.wait_until_nothing_is_left()


@pytest.fixture
async def site(whole_site: Site) -> AsyncIterator[Site]:
    yield whole_site
    try:
        await whole_site.assert_well()
    except BaseException as error:
        error.add_note(whole_site.product.output()[-20_000:])
        raise
