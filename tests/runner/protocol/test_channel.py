"""Messages between web workers and executors survive the channel layer."""

from dataclasses import fields
from typing import Any

import pytest

from runner.protocol import channel
from runner.protocol.channel import MESSAGES, ChannelMessage

VALUES: dict[Any, Any] = {str: "x", int: 7, float: 1.5, bool: True, bytes: b"\xff\0"}


def example(kind: type[ChannelMessage]) -> ChannelMessage:
    return kind(**{field.name: VALUES[field.type] for field in fields(kind)})


@pytest.mark.parametrize("kind", MESSAGES.values(), ids=MESSAGES.keys())
def test_a_message_is_read_as_it_was_written(kind: type[ChannelMessage]) -> None:
    message = example(kind)
    assert channel.decode(channel.encode(message)) == message


@pytest.mark.parametrize("kind", MESSAGES.values(), ids=MESSAGES.keys())
def test_every_message_goes_to_the_one_handler_there_is(kind: type[ChannelMessage]) -> None:
    assert channel.encode(example(kind))["type"] == "run.event"


def test_every_message_has_a_name_to_be_read_by() -> None:
    declared = {kind.__name__ for kind in ChannelMessage.__subclasses__()}
    assert set(MESSAGES) == declared


@pytest.mark.parametrize(
    "event", [{}, {"kind": "Progress"}, {"kind": "__init__", "run": "x"}, {"kind": []}], ids=str
)
def test_what_another_version_sent_is_refused(event: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError)):
        channel.decode(event)


def test_a_field_that_another_version_added_is_not_read() -> None:
    message = channel.ExecutorAlive("a run")
    assert channel.decode(channel.encode(message) | {"new": 1}) == message


def test_an_executor_of_the_version_before_is_understood() -> None:
    sent = {"type": "run.event", "kind": "Noted", "run": "a run"}
    assert channel.decode(sent) == channel.ExecutorAlive("a run")
