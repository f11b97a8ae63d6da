"""Snippets, and asking for them as the workspace does."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from runner import snippets
from runner.models import Snippet
from runner.protocol.snippets import NewSnippet
from tests.cast import signed_in

CODE = 'print("Hello")\n'
NEW: dict[str, Any] = {
    "title": "Greeting",
    "language": "python",
    "main": "main.py",
    "files": [{"path": "main.py", "content": CODE}],
}


def a_snippet(owner: User, **fields: Any) -> Snippet:
    return snippets.create(owner, NewSnippet.model_validate(NEW | fields))


class Page:
    """A page of a signed-in user, its requests with or without a CSRF token."""

    def __init__(self, user: User | None, *, with_token: bool = True) -> None:
        self.client = signed_in(user) if user else Client()
        self.client.handler.enforce_csrf_checks = True
        self.headers = {"accept": "application/json"}
        if with_token:
            token = "a" * 32
            self.client.cookies["csrftoken"] = token
            self.headers["X-CSRFToken"] = token

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """The status and the JSON of the answer."""
        response = self.send(method, path, "" if body is None else json.dumps(body))
        return response.status_code, json.loads(response.content or b"null")

    def send(
        self, method: str, path: str, body: str | bytes, content_type: str = "application/json"
    ) -> HttpResponse:
        return self.client.generic(  # type: ignore[return-value]
            method, path, body, content_type, headers=self.headers
        )


def refused(answer: tuple[int, Any]) -> tuple[int, str]:
    """Status and code of a refusal, which has a sentence for the reader."""
    status, body = answer
    assert set(body["error"]) == {"code", "message"}
    assert body["error"]["message"][0].isalpha()
    return status, body["error"]["code"]
