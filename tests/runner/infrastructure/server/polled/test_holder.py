"""What a web worker keeps of polled sockets that are gone is bounded."""

from typing import Any

import pytest

from runner.infrastructure.server.polled import holder
from runner.infrastructure.server.polled.holder import Gone, Holder, Name
from runner.protocol.polled import Poll


async def closes_at_once(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "websocket.close"})


async def test_sockets_that_come_and_go_leave_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each one that is alone has a channel of its own."""
    monkeypatch.setattr(holder, "OWN_CHANNELS", 5)
    sockets = Holder(closes_at_once)
    for _ in range(20):
        assert (await sockets.open({}))[0] is None
        for number in list(sockets._sockets):
            sockets._forget(number)
    assert not sockets._sockets
    assert not sockets._questions
    assert len(sockets._channels) == 5
    poll = Poll(socket="x", received=0)
    with pytest.raises(Gone):  # at once
        await sockets.ask(Name(sockets._channels[-1], "gone"), "poll", poll, 20)
