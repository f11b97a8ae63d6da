"""Channels' session for sockets that only read it.

Channels looks at each message that is sent, to save a session that has changed. A terminal never
changes its session.
"""

from typing import Any

from channels.sessions import InstanceSessionWrapper, SessionMiddleware


class ReadSession(SessionMiddleware):  # type: ignore[misc]
    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        wrapper = InstanceSessionWrapper(scope, send)
        await wrapper.resolve_session()
        await self.inner(wrapper.scope, receive, send)
