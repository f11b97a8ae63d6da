"""What a browser sends, within its size and rate."""

from typing import Any

from runner.limits import Limits
from runner.protocol import messages
from runner.protocol.paths import MAX_SOURCE_BYTES, is_too_large
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage, RateLimited, TooLarge
from runner.terminal.gate.rate_limit import Rates


def decode(text: str | None, rates: Rates, limits: Limits) -> Any:
    """A client message. `text` is None for a binary frame. Raises a `Refused`."""
    if text is None:
        raise BadMessage(ReasonCode.BINARY_FRAME)
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
