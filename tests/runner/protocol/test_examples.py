"""One JSON example per message, parsed by the tests of both languages."""

import json
from pathlib import Path

import pytest

from runner.protocol import messages
from runner.protocol.messages import CLIENT_MESSAGES, SERVER_MESSAGES, Message

EXAMPLES = Path(__file__).parent / "examples"


def name_of(model: type[Message]) -> str:
    field = model.model_fields["type"]
    (name,) = field.annotation.__args__  # type: ignore[union-attr]  # a Literal of one string
    return str(name)


def test_every_message_has_one_example() -> None:
    names = {name_of(model) for model in (*CLIENT_MESSAGES, *SERVER_MESSAGES)}
    assert {path.stem for path in EXAMPLES.iterdir()} == names


@pytest.mark.parametrize("model", CLIENT_MESSAGES, ids=name_of)
def test_what_a_browser_sends_is_understood_and_read_whole(model: type[Message]) -> None:
    text = (EXAMPLES / f"{name_of(model)}.json").read_text()
    message = messages.decode(text)
    assert type(message) is model
    assert json.loads(messages.encode(message)) == json.loads(text)


@pytest.mark.parametrize("model", SERVER_MESSAGES, ids=name_of)
def test_what_the_server_sends_looks_like_its_example(model: type[Message]) -> None:
    example = json.loads((EXAMPLES / f"{name_of(model)}.json").read_text())
    assert json.loads(messages.encode(model.model_validate(example))) == example


@pytest.mark.parametrize("model", SERVER_MESSAGES, ids=name_of)
def test_an_example_shows_every_field_its_message_has(model: type[Message]) -> None:
    example = json.loads((EXAMPLES / f"{name_of(model)}.json").read_text())
    fields = {field.alias or name for name, field in model.model_fields.items()}
    assert set(example) == fields
