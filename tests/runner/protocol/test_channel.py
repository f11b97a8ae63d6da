"""Messages between web workers and executors survive the channel layer."""

import json
import marshal
from dataclasses import fields
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from runner.infrastructure.channel_layer import PubSubLayer
from runner.protocol import channel
from runner.protocol.channel import MESSAGES, ChannelMessage, RunEnded
from runner.protocol.messages import Exit, Outcome
from runner.protocol.reasons import ReasonCode

VALUES: dict[Any, Any] = {
    str: "x", int: 7, float: 1.5, bool: True, bytes: b"\xff\0",
    dict[str, int | str]: {"exit_code": 7, "signal": "x"}, dict[int, int]: {1: 7},
    dict[str, dict[str, int | str]]: {"files_left_out": {"count": 1, "name": "link"}},
    list[str]: ["x"],
}  # fmt: skip
LAYER = PubSubLayer(["redis://nobody"])  # how it writes; it connects to nothing
EXIT = Exit(
    run=UUID("6f9d1c1e-8c1f-4a52-9a4e-0d7f0f6b2b11"), outcome=Outcome.FAILED, exit_code=7,
    signal=None, reason="", reason_code=ReasonCode.DISK_FULL,
    figures={"exit_code": 7, "disk_bytes": 4096}, wall_ms=1, cpu_ms=1, memory_peak_bytes=1,
    output_bytes=5,
)  # fmt: skip


def example(kind: type[ChannelMessage]) -> ChannelMessage:
    return kind(**{field.name: VALUES[field.type] for field in fields(kind)})


@pytest.mark.parametrize("kind", MESSAGES.values(), ids=MESSAGES.keys())
def test_a_message_is_read_as_it_was_written(kind: type[ChannelMessage]) -> None:
    message = example(kind)
    assert channel.decode(channel.encode(message)) == message
    through_redis = LAYER.deserialize(LAYER.serialize(channel.encode(message)))
    assert channel.decode(through_redis) == message


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


def test_executors_and_workers_of_the_version_before_are_understood() -> None:
    alive = channel.ExecutorAlive("a run")
    sent = {"type": "run.event", "kind": "Noted", "run": "a run"}  # the only name that they know
    assert channel.encode(alive) == sent
    assert channel.decode(sent) == channel.decode(sent | {"kind": "ExecutorAlive"}) == alive


# --- The end of a run, between versions ------------------------------------------------------
class FormerExit(BaseModel):
    """As web workers of before 2026-11-29 read it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str
    run: UUID
    outcome: Outcome
    exit_code: int | None
    signal: str | None
    reason: str
    wall_ms: int
    cpu_ms: int
    memory_peak_bytes: int
    output_bytes: int


def test_the_end_of_a_run_arrives_with_its_code_and_figures() -> None:
    sent = channel.encode(channel.run_ended(EXIT, output_bytes=5, typed=3))
    sent = marshal.loads(marshal.dumps(sent))  # as through Redis
    received = channel.decode(sent)
    assert isinstance(received, RunEnded)
    assert (received.output_bytes, received.typed) == (5, 3)
    assert channel.exit_of(received) == EXIT


def test_a_web_worker_of_the_version_before_understands_the_end() -> None:
    sent = channel.run_ended(EXIT, output_bytes=5, typed=3)
    told = FormerExit.model_validate_json(sent.exit)
    assert (told.run, told.outcome, told.exit_code) == (EXIT.run, "failed", 7)
    with pytest.raises(ValidationError):  # it would not, if the code were in there
        FormerExit.model_validate_json(EXIT.model_dump_json())


def test_the_end_that_an_executor_of_the_version_before_tells_is_understood() -> None:
    former = json.loads(EXIT.model_dump_json(exclude={"reason_code", "figures"}))
    sent = {
        "type": "run.event", "kind": "RunEnded", "run": str(EXIT.run), "output_bytes": 5,
        "exit": json.dumps(former | {"reason": "It failed."}), "typed": 0,
    }  # fmt: skip
    ended = channel.decode(sent)
    assert isinstance(ended, RunEnded)
    told = channel.exit_of(ended)
    assert (told.reason, told.reason_code, told.figures) == ("It failed.", None, {})


def test_an_end_for_a_reason_that_only_a_newer_version_knows_is_not_lost() -> None:
    sent = channel.encode(channel.run_ended(EXIT, output_bytes=5, typed=3))
    ended = channel.decode(sent | {"reason_code": "struck_by_lightning"})
    assert isinstance(ended, RunEnded)
    assert (channel.exit_of(ended).outcome, channel.exit_of(ended).reason_code) == ("failed", None)
