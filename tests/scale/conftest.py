"""A site of two web workers and two executors on Redis and PostgreSQL."""

from dataclasses import dataclass

import pytest

from tests.product import Product, SignedIn, WebServer
from tests.services import ServerProcess


@dataclass(frozen=True)
class Site:
    workers: tuple[WebServer, WebServer]
    executors: tuple[ServerProcess, ServerProcess]
    ada: SignedIn

    def executor_of(self, run: str) -> ServerProcess:
        """The process that claimed `run`, by what it has logged."""
        (found,) = [e for e in self.executors if f"Run {run} " in e.output()]
        return found


def start(product: Product, **env: str) -> Site:
    product.create_users("ada")
    workers = (product.web_worker(wait=False, **env), product.web_worker(wait=False, **env))
    executors = (product.executor(**env), product.executor(**env))
    for executor in executors:
        executor.wait_for_output("is ready for")
    for worker in workers:
        worker.wait_until_ready()
    return Site(workers, executors, workers[0].sign_in("ada"))


@pytest.fixture
def site(product: Product) -> Site:
    return start(product)


@pytest.fixture
def lossy_site(product: Product) -> Site:
    return start(product, DJANGO_SETTINGS_MODULE="tests.scale.lossy_settings")
