"""Whoever asks a process by its address gets an answer; people must ask for the site."""

import pytest
from django.test import AsyncClient, Client

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "10.42.0.17:8000"


async def test_load_balancers_may_ask_by_address(async_client: AsyncClient) -> None:
    assert (await async_client.get("/healthz", headers={"Host": ADDRESS})).status_code == 200
    assert (await async_client.get("/readyz", headers={"Host": ADDRESS})).status_code == 503


def test_monitors_may(client: Client) -> None:
    assert client.get("/metrics", headers={"Host": ADDRESS}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/metrics/", "/healthz/.."])
def test_pages_answer_only_to_the_sites_names(client: Client, path: str) -> None:
    assert client.get(path, headers={"Host": ADDRESS}).status_code == 400
