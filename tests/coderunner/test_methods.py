"""Pages are looked at; nothing is changed by them."""

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/runs/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_refused(client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(path).status_code == 405
