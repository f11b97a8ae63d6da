"""The polled sockets of this web worker, and the way to those of other ones.

A proxy may send each request to another worker. One that does not hold the socket asks the worker
that does, over the channel layer, which may lose messages: so it asks for short polls again and
again, and every question may be repeated. Who is not answered twice is gone.

The browser's token names worker and socket, and is bound to the session that opened it. It is
signed: neither a browser nor an executor, which has no signing key, can make one.
"""

import asyncio
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from channels.layers import get_channel_layer
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from runner.infrastructure.server.polled.inbox import OutOfOrder
from runner.infrastructure.server.polled.socket import NeverSent, PolledSocket
from runner.protocol.messages import Message
from runner.protocol.polled import (
    Poll,
    PolledClose,
    PolledFrames,
    PolledMessages,
    PolledTaken,
)

logger = logging.getLogger(__name__)
SALT = "runner.polled_socket"
TAKE_SECONDS = 10.0  # for a consumer that is behind; then the browser asks again
SHORT_POLL_SECONDS, SHORT_TAKE_SECONDS = 2.0, 0.5  # the same over the channel layer
HEARD_SECONDS = 1.5  # beyond that, for an answer from another worker
TRIES = 4
OWN_CHANNELS = 1000  # whose sockets are known to be gone; of others it takes some seconds
ASK, ANSWER = "polled.ask", "polled.answer"
KINDS: dict[str, type[Poll | PolledMessages | PolledClose]] = {
    "poll": Poll, "send": PolledMessages, "close": PolledClose,
}  # fmt: skip


class Gone(Exception):
    """There is no such socket any more, or it is somebody else's; callers cannot tell which."""


class Misused(Exception):
    """The socket is there, and its browser does not keep to the rules."""


class Busy(Exception):
    """It may be asked again."""


@dataclass(frozen=True, slots=True)
class Name:
    """Of a socket: the channel of the worker that holds it, and its number there."""

    channel: str
    number: str


def token(name: Name, session: str) -> str:
    return signing.dumps([name.channel, name.number, _digest(session)], salt=SALT)


def name_in(text: str, session: str) -> Name:
    """Raises `Gone` for what is no token of this session."""
    try:
        channel, number, digest = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        raise Gone from None
    if not session or not constant_time_compare(digest, _digest(session)):
        raise Gone
    return Name(channel, number)


def _digest(session: str) -> str:
    return salted_hmac(SALT, session).hexdigest()[:32]


class Holder:
    """Of one event loop."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._sockets: dict[str, PolledSocket] = {}
        self._channel = ""
        self._channels: deque[str] = deque(maxlen=OWN_CHANNELS)  # … and those of before
        self._listening: asyncio.Task[None] | None = None
        self._beginning = asyncio.Lock()
        self._questions: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._answering: set[asyncio.Task[None]] = set()

    async def open(self, scope: dict[str, Any]) -> tuple[Name | None, str]:
        """A new socket; or none, and why not: a reason code, or nothing."""
        await self._listen()
        number = secrets.token_urlsafe(12)
        socket = PolledSocket(lambda: self._forget(number))
        self._sockets[number] = socket
        refused = await socket.open(self._application, scope)
        return (Name(self._channel, number), "") if refused is None else (None, refused)

    def _forget(self, number: str) -> None:
        self._sockets.pop(number, None)
        self._rest()

    async def ask(self, name: Name, kind: str, body: Any, seconds: float) -> Message:
        """Of the socket, wherever it is. Raises `Gone`, `Misused` or `Busy`."""
        if name.number in self._sockets:
            return await self._answer(name.number, body, seconds, TAKE_SECONDS)
        if name.channel in self._channels:
            raise Gone
        return await self._ask_another(name, kind, body, seconds)

    async def _answer(self, number: str, body: Any, poll: float, take: float) -> Message:
        """`poll`, `take`: for how many seconds each may wait."""
        socket = self._sockets.get(number)
        if socket is None:
            raise Gone
        try:
            match body:
                case Poll():
                    return await socket.poll(body.received, poll)
                case PolledMessages():
                    await socket.inbox.take(body, take)
                    return PolledTaken(seq=socket.inbox.taken)
                case _:
                    await socket.close()
                    return PolledTaken(seq=socket.inbox.taken)
        except (NeverSent, OutOfOrder):
            raise Misused from None
        except TimeoutError:
            raise Busy from None

    # --- Other workers -----------------------------------------------------------------------
    async def _ask_another(self, name: Name, kind: str, body: Any, seconds: float) -> Message:
        until = time.monotonic() + seconds
        unheard = 0
        while True:
            left = max(0.0, until - time.monotonic())
            short = min(left, SHORT_POLL_SECONDS) if kind == "poll" else 0.0
            found = await self._question(name, kind, body, short)
            if found is None:
                unheard += 1
                if unheard == TRIES:
                    raise Gone
                continue
            unheard = 0
            more = isinstance(found, PolledFrames) and not found.frames and found.closed is None
            if not more or time.monotonic() >= until:
                return found

    async def _question(
        self, name: Name, kind: str, body: Any, seconds: float
    ) -> PolledFrames | PolledTaken | None:
        """One question, and its answer; None without one."""
        number = secrets.token_urlsafe(12)
        asked = asyncio.get_running_loop().create_future()
        self._questions[number] = asked
        try:
            await self._listen()
            await get_channel_layer().send(
                name.channel,
                {
                    "type": ASK, "id": number, "reply": self._channel, "socket": name.number,
                    "kind": kind, "body": body.model_dump_json(), "seconds": seconds,
                },
            )  # fmt: skip
            async with asyncio.timeout(HEARD_SECONDS + max(seconds, SHORT_TAKE_SECONDS)):
                answer = await asked
        except TimeoutError:
            return None
        except Exception as error:  # whatever the layer's client raises, the message is lost
            logger.warning("A polled socket of another web worker was not reached: %r", error)
            return None
        finally:
            del self._questions[number]
            self._rest()
        return _understood(kind, answer)

    async def _listen(self) -> None:
        async with self._beginning:
            if self._listening is None:
                self._channel = await get_channel_layer().new_channel()
                self._channels.append(self._channel)
                self._listening = asyncio.create_task(self._take_messages(self._channel))

    def _rest(self) -> None:
        """Nobody needs the channel while there is neither a socket nor a question."""
        if not self._sockets and not self._questions and self._listening is not None:
            self._listening.cancel()
            self._listening = None

    async def _take_messages(self, channel: str) -> None:
        while True:
            try:
                message = await get_channel_layer().receive(channel)
            except Exception as error:  # the layer is away: it comes back
                logger.warning("Polled sockets of other web workers are out of reach: %r", error)
                await asyncio.sleep(1)
                continue
            if message.get("type") == ANSWER:
                asked = self._questions.get(str(message.get("id")))
                if asked is not None and not asked.done():
                    asked.set_result(message)
            elif message.get("type") == ASK:
                answering = asyncio.create_task(self._reply(message))
                self._answering.add(answering)
                answering.add_done_callback(self._answering.discard)

    async def _reply(self, message: dict[str, Any]) -> None:
        reply = {"type": ANSWER, "id": message["id"]}
        try:
            body = KINDS[message["kind"]].model_validate_json(message["body"])
            seconds = min(float(message["seconds"]), SHORT_POLL_SECONDS)
            answer = await self._answer(message["socket"], body, seconds, SHORT_TAKE_SECONDS)
            reply["body"] = answer.model_dump_json()
        except (Gone, Misused, Busy) as refused:
            reply["refused"] = type(refused).__name__
        except Exception:
            logger.exception("A question about a polled socket could not be answered.")
            return
        try:
            await get_channel_layer().send(message["reply"], reply)
        except Exception as error:  # it is asked again
            logger.warning("An answer to another web worker was lost: %r", error)


REFUSALS: dict[str, Callable[[], Exception]] = {"Gone": Gone, "Misused": Misused, "Busy": Busy}


def _understood(kind: str, answer: dict[str, Any]) -> PolledFrames | PolledTaken:
    if refused := REFUSALS.get(str(answer.get("refused"))):
        raise refused()
    model = PolledFrames if kind == "poll" else PolledTaken
    return model.model_validate_json(answer["body"])
