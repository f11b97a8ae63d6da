"""A site that is served below a path (`URL_PREFIX`), such as `/coderunner`.

Some proxies pass on the whole path, others strip the prefix. Both kinds are understood: a path that
does not begin with the prefix is taken to be stripped. Where no proxy strips it, the site therefore
also answers at the root. No prefix may begin like a path of the site itself
(`coderunner/environment.py`), so nothing is ambiguous.
"""

from typing import Any

from django.conf import settings


class UrlPrefix:
    """ASGI middleware: HTTP gets the whole path, which Django splits; WebSockets the rest alone."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        prefix = settings.URL_PREFIX
        if not prefix:
            await self._application(scope, receive, send)
            return
        rest = without_prefix(scope["path"], prefix)
        if rest == "" and scope["type"] == "http":
            await _redirect(send, f"{prefix}/", scope.get("query_string", b""))
            return
        path = rest if scope["type"] == "websocket" else f"{prefix}{rest}"
        raw = path.encode("utf-8")
        scope = scope | {"path": path, "raw_path": raw, "root_path": ""}
        await self._application(scope, receive, send)


def without_prefix(path: str, prefix: str) -> str:
    if path == prefix or path.startswith(f"{prefix}/"):
        return path[len(prefix) :]
    return path


async def _redirect(send: Any, target: str, query: bytes) -> None:
    location = target.encode() + (b"?" + query if query else b"")
    headers = [(b"location", location), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 301, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
