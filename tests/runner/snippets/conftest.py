import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _site_allows_embedding(settings: Settings) -> None:
    settings.EMBED_ALLOWED_ORIGINS = ["https://lms.example.edu"]
