"""The front end's types are those of the server's messages."""

from django.core.management import call_command

from runner.protocol.messages import CLIENT_MESSAGES, SERVER_MESSAGES
from runner.protocol.paths import MAX_FILES
from runner.protocol.snippets import TITLE_CHARACTERS
from runner.protocol.typescript import ANSWERS, REQUESTS, typescript


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


def test_what_pages_and_server_say_over_http_is_a_type_too() -> None:
    text = typescript()
    for model in (*REQUESTS, *ANSWERS):
        assert f"export interface {model.__name__} {{" in text


def test_a_limit_is_a_constant_with_the_servers_value() -> None:
    text = typescript()
    for name, value in (("MAX_FILES", MAX_FILES), ("TITLE_CHARACTERS", TITLE_CHARACTERS)):
        assert f"export const {name} = {value};\n" in text
    assert "export const TAB_SIZES = [2, 4, 8] as const;\n" in text


def test_what_a_request_need_not_name_is_optional() -> None:
    text = typescript()
    assert "readonly embed?: boolean;" in text
    assert "readonly embed: boolean;" in text, "an answer has it"


def test_a_field_that_an_older_server_does_not_send_may_be_missing() -> None:
    text = typescript()
    assert "readonly reason_code?: ReasonCode | null;" in text
    assert '    reason_code: ["string", "null", "undefined"],' in text


def test_a_field_is_named_as_on_the_wire() -> None:
    assert '  gap: {\n    type: ["string"],\n    from: ["number"],\n    to: ["number"],\n' in (
        typescript()
    )
