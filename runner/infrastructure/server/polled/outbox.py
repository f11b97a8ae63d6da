"""What a polled socket has for its browser."""

from base64 import b64encode
from collections import deque
from typing import Any

from runner.protocol.polled import PolledFrames

ANSWER_CHARACTERS = 512 * 1024  # of one answer, and one frame more


def encoded(message: dict[str, Any]) -> str:
    """The frame of an ASGI message `websocket.send`."""
    data = message.get("bytes")
    if data is not None:
        return "b" + b64encode(data).decode("ascii")
    return f"t{message['text']}"


class Outbox:
    """Numbered frames, which are kept until the browser says that they have arrived."""

    def __init__(self) -> None:
        self._frames: deque[str] = deque()
        self._confirmed = 0  # the number of the last frame that has arrived
        self._answered = 0  # … and of the last one that was in an answer
        self.characters = 0

    def put(self, frame: str) -> None:
        self._frames.append(frame)
        self.characters += len(frame)

    def confirm(self, received: int) -> bool:
        """False for frames that were in no answer. Those of an earlier request are no news."""
        if received > self._answered:
            return False
        while self._confirmed < received:
            self.characters -= len(self._frames.popleft())
            self._confirmed += 1
        return True

    @property
    def empty(self) -> bool:
        return not self._frames

    def answer(self, closed: int | None) -> PolledFrames:
        """`closed` is told with the last frame."""
        frames: list[str] = []
        characters = 0
        for frame in self._frames:
            if characters >= ANSWER_CHARACTERS:
                break
            frames.append(frame)
            characters += len(frame)
        self._answered = max(self._answered, self._confirmed + len(frames))
        whole = len(frames) == len(self._frames)
        return PolledFrames(
            first=self._confirmed + 1,
            frames=tuple(frames),
            closed=closed if whole else None,
        )
