"""What a browser sends, within its size and rate."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from runner.limits import Limits
from runner.protocol import messages
from runner.protocol.frames import HEADER, SIDE_CHANNELS, InputFrame, decode_input
from runner.protocol.messages import PROTOCOL_VERSION
from runner.protocol.paths import MAX_SOURCE_BYTES, is_too_large
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage, RateLimited, TooLarge
from runner.terminal.gate.rate_limit import Rates

FIRST_PROTOCOL = 1
NO_OFFSETS: Mapping[str, int] = {}
MOST_DIGITS = 4  # of a version


def protocol_of(scope: Mapping[str, Any]) -> int:
    """The newest that both sides know: a browser that says nothing knows the first one."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("protocol", [""])[-1]
    known = asked.isascii() and asked.isdigit() and len(asked) < MOST_DIGITS
    return min(max(int(asked), FIRST_PROTOCOL), PROTOCOL_VERSION) if known else FIRST_PROTOCOL


def sides_of(protocol: int, offsets: Mapping[Any, int] = NO_OFFSETS) -> dict[int, int]:
    """Where a browser is in side channels; it has none in the first protocol."""
    if protocol == FIRST_PROTOCOL:
        return {}
    return {number: offsets.get(str(number), 0) for number in SIDE_CHANNELS}


def _decode_frame(data: bytes, rates: Rates, limits: Limits, protocol: int) -> InputFrame:
    """A binary frame. Raises a `Refused`."""
    if protocol == FIRST_PROTOCOL:
        raise BadMessage(ReasonCode.BINARY_FRAME)
    if len(data) > limits.text_frame_bytes + HEADER.size:
        raise TooLarge(ReasonCode.MESSAGE_TOO_LARGE, limit_bytes=limits.text_frame_bytes)
    if not rates.messages.take():
        raise RateLimited(ReasonCode.TOO_MANY_MESSAGES)
    try:
        return decode_input(data)
    except ValueError as error:
        raise BadMessage(ReasonCode.INVALID_MESSAGE, problem=str(error)) from error


def decode(
    text: str | None, data: bytes | None, rates: Rates, limits: Limits, protocol: int
) -> Any:
    """A client message, or an `InputFrame`. Raises a `Refused`."""
    if text is None:
        return _decode_frame(data or b"", rates, limits, protocol)
    size = len(text) if text.isascii() else len(text.encode(errors="surrogatepass"))
    if size > limits.start_frame_bytes:
        raise TooLarge(ReasonCode.MESSAGE_TOO_LARGE, limit_bytes=limits.start_frame_bytes)
    message = messages.decode(text)
    if isinstance(message, messages.StartInteractive):
        if is_too_large(file.content for file in message.files):
            raise TooLarge(ReasonCode.SOURCES_TOO_LARGE, limit_bytes=MAX_SOURCE_BYTES)
    elif size > limits.text_frame_bytes:
        raise TooLarge(ReasonCode.MESSAGE_TOO_LARGE, limit_bytes=limits.text_frame_bytes)
    if not isinstance(message, messages.Ack) and not rates.messages.take():
        raise RateLimited(ReasonCode.TOO_MANY_MESSAGES)
    return message
