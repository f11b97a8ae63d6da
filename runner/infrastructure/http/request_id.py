"""Gives every request and socket an id for the log: the proxy's, if there is a valid one."""

import re
import uuid
from typing import Any

from runner.infrastructure.log_context import bind_log_ids

HEADER = b"x-request-id"
WELL_FORMED = re.compile(rb"[A-Za-z0-9-]{1,64}")


class RequestId:
    """ASGI middleware. HTTP responses carry the id as well."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        given = dict(scope["headers"]).get(HEADER, b"")
        name = given if WELL_FORMED.fullmatch(given) else uuid.uuid4().hex.encode()
        bind_log_ids(request=name.decode())

        async def named(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), (HEADER, name)]
            await send(message)

        await self._application(scope, receive, named if scope["type"] == "http" else send)
