"""Messages that processes of another version send."""

import pytest

from runner.infrastructure import messaging


def test_unknown_messages_do_not_fill_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """While two versions run side by side each start of a program may bring one."""
    monkeypatch.setattr(messaging, "_unknown", messaging._SeldomLogged("Dropped."))
    for _ in range(100):
        assert messaging.decoded({"type": "run.event", "kind": "Later", "run": "1"}) is None
    assert caplog.messages == ["Dropped."]
