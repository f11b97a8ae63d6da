"""The front end's types are those of the server's messages."""

from django.core.management import call_command

from runner.protocol.messages import CLIENT_MESSAGES, SERVER_MESSAGES
from runner.protocol.typescript import typescript


def test_the_committed_file_is_what_would_be_written_now() -> None:
    call_command("protocol_ts", check=True)


def test_every_message_is_a_type() -> None:
    text = typescript()
    missing = [
        model.__name__
        for model in (*CLIENT_MESSAGES, *SERVER_MESSAGES)
        if f"export interface {model.__name__} {{" not in text
    ]
    assert missing == []


def test_a_field_is_named_as_on_the_wire() -> None:
    assert '  gap: {\n    type: ["string"],\n    from: ["number"],\n    to: ["number"],\n' in (
        typescript()
    )
