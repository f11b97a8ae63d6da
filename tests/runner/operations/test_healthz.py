"""GET /healthz: the process lives."""

from django.test import Client


def test_it_answers_without_asking_the_database(client: Client) -> None:
    """Without the `db` fixture every query is an error."""
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
