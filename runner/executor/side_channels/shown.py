"""What a program shows: received on its side channel `show`, checked, stored, and told of.

Its frames, in pairs: `M`, JSON with the kind, the name and perhaps the `seq` of what it replaces,
and `D`, the content. The answer is `A` and the `seq`, or `R` with a code and a sentence for the
terminal; after that the connection is closed, before the content was read where that is possible.

One content at a time is held for a run, and a few for the executor.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from django.db import DatabaseError, InterfaceError
from pydantic import ValidationError

from runner import runs
from runner.executor.side_channels.frames import BadFrame
from runner.executor.side_channels.side_channel import Connection, SideChannel
from runner.executor.side_channels.turns import SMALL_BYTES, Turns
from runner.executor.terminal_pump import TerminalPump
from runner.infrastructure.database import in_database
from runner.infrastructure.token_bucket import TokenBucket
from runner.media import Bytes, Media, NotAccepted, clean_name, inspect
from runner.models import Executor, Run
from runner.protocol.shown import ABOUT, ACCEPTED, CONTENT, LARGEST_ABOUT, REFUSED, About, Refusal
from runner.sandbox import Sandbox

logger = logging.getLogger(__name__)
CONTENT_SECONDS = 5.0  # after it was announced
NAME = "show"  # of the side channel


class Refused(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class Shown:
    """Of one run. `on_stored()` is told the version up to which the database has artifacts."""

    def __init__(
        self,
        run: Run,
        executor: Executor,
        pump: TerminalPump,
        turns: Turns,
        on_stored: Callable[[int], None],
    ) -> None:
        self._run, self._executor, self._pump = run, executor, pump
        self._turns, self._on_stored = turns, on_stored
        self._limits = limits = runs.limits_of(run)
        self._sizes: dict[int, int] = {}  # bytes of each, by its `seq`
        self._paths: dict[str, int] = {}  # the `seq` of each file of the home
        self._stills: dict[int, int] = {}  # bytes of each, by its `seq`
        self.version = 0
        self._one = asyncio.Lock()  # two connections do not share what is left of a limit
        # All that a run may have is shown at once.
        burst = limits.artifacts_per_run + limits.artifacts_bytes_per_run // SMALL_BYTES
        self._rate = TokenBucket(limits.artifact_updates_per_second, burst)
        largest = {ABOUT: LARGEST_ABOUT, CONTENT: limits.artifact_bytes}
        self._channel = SideChannel(largest, self._serve, pump.count_aside)

    def begin(self, sandbox: Sandbox) -> None:
        self._channel.begin(sandbox.listener(NAME))

    async def end(self) -> None:
        """The program has ended; what it had sent is stored."""
        await self._channel.end()

    async def _serve(self, connection: Connection) -> None:
        while (frame := await connection.frame()) is not None:
            try:
                if frame.kind != ABOUT:
                    raise BadFrame("content comes after what it is")
                seq = await self._take(_about(frame.data), connection)
            except Refused as refused:
                connection.answer(REFUSED, refused.refusal.encoded())
                return
            if seq is None or not connection.answer(ACCEPTED, b"%d" % seq):
                return

    async def _take(self, about: About, connection: Connection) -> int | None:
        """The number that it has got; None if its content did not come. Raises Refused."""
        self._check_room(about)
        # A larger one counts as several: the database writes each version anew. Files of the home
        # do not wait behind that.
        await self._rate.wait(cost=1 + about.bytes // SMALL_BYTES)
        async with self._one:
            self._check_room(about)
            async with self.place(about.bytes):
                async with asyncio.timeout(CONTENT_SECONDS):
                    frame = await connection.frame()
                if frame is None:
                    return None
                if frame.kind != CONTENT or len(frame.data) != about.bytes:
                    raise BadFrame("content that was not announced")
                try:
                    media = inspect(about.kind, frame.data)
                except NotAccepted as error:
                    raise Refused(Refusal(error.problem)) from error
                return await self._store(about, media, frame.data)

    def place(self, size: int) -> AbstractAsyncContextManager[None]:
        """To be held while so many bytes of the run are received and stored."""
        return self._turns.place(size, self._run.owner_id or 0)  # visitors have turns as one user

    def _check_room(self, about: About) -> None:
        limits, replaced = self._limits, self._sizes.get(about.seq or 0, 0)
        if about.bytes > limits.artifact_bytes:
            raise Refused(Refusal("too_large", limits.artifact_bytes))
        if about.seq is not None and not 0 < about.seq <= self._count:
            raise BadFrame(f"there is no artifact {about.seq}")
        if about.seq is None and self._count >= limits.artifacts_per_run:
            raise Refused(Refusal("too_many", limits.artifacts_per_run))
        held = sum(self._sizes[seq] for seq in range(1, self._count + 1))
        if held - replaced + about.bytes > limits.artifacts_bytes_per_run:
            raise Refused(Refusal("too_much", limits.artifacts_bytes_per_run))

    async def _store(self, about: About, media: Media, data: bytearray) -> int:
        seq = about.seq or self._count + 1
        name = clean_name(about.name, f"{about.kind}-{seq}", media.extension)
        await self._write(seq, about.kind, name, media, data)
        return seq

    @property
    def _count(self) -> int:
        """Of what the program has shown. Files of its home have numbers after the last of these."""
        return len(self._sizes) - len(self._paths)

    async def store_file(self, path: str, data: bytes) -> bool:
        """A file of the program's home, in place of the one with that path. False where there is no
        room for it, or where it cannot be stored."""
        limits, before = self._limits, self._paths.get(path)
        async with self._one:
            seq = before or limits.artifacts_per_run + len(self._paths) + 1
            files = sum(self._sizes[each] for each in self._paths.values() if each != before)
            if seq > limits.artifacts_per_run + limits.returned_files:
                return False
            if files + len(data) > limits.returned_bytes:
                return False
            media, name = inspect("file", data), clean_name(path, f"file-{seq}", "")
            try:
                await self._write(seq, "file", name, media, data, path)
            except Refused:
                return False
            self._paths[path] = seq
        return True

    async def store_still(self, size: tuple[int, int], data: bytes) -> bool:
        """A picture of the run's screen, which only its replay shows: nobody is told of it. False
        where there is no room for it, or where it cannot be stored."""
        limits = self._limits
        async with self._one:
            held = sum(self._stills.values()) + len(data)
            if len(self._stills) >= limits.stills_per_run or held > limits.stills_bytes_per_run:
                return False
            seq = limits.artifacts_per_run + limits.returned_files + len(self._stills) + 1
            still = runs.Shown(
                seq=seq,
                version=runs.STILL_VERSION,
                kind=runs.STILL,
                name=f"window-{len(self._stills) + 1}.png",
                mime="image/png",
                width=size[0],
                height=size[1],
                at_ms=self._pump.elapsed_ms,
                data=data,
            )
            try:
                await self._save(still, sum(self._sizes.values()) + held)
            except Refused:
                return False
            self._stills[seq] = len(data)
        return True

    async def _write(
        self, seq: int, kind: str, name: str, media: Media, data: Bytes, path: str = ""
    ) -> None:
        """Raises Refused."""
        sizes = self._sizes | {seq: len(data)}
        shown = runs.Shown(
            seq=seq,
            version=self.version + 1,
            kind=kind,
            name=name,
            path=path,
            mime=media.mime,
            width=media.width,
            height=media.height,
            at_ms=self._pump.elapsed_ms,
            data=data,
        )
        await self._save(shown, sum(sizes.values()) + sum(self._stills.values()))
        self._sizes, self.version = sizes, shown.version
        self._on_stored(self.version)

    async def _save(self, shown: runs.Shown, run_bytes: int) -> None:
        """Raises Refused. `run_bytes`: of all that the run has then."""
        try:
            stored = self._run.pk, self._executor, shown, run_bytes
            ours = await in_database(runs.save_artifact, *stored)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("Storing an artifact of run %s failed: %s", self._run.pk, error)
            raise Refused(Refusal("not_stored")) from error
        if not ours:
            raise Refused(Refusal("not_stored"))


def _about(data: bytearray) -> About:
    """Raises BadFrame."""
    try:
        return About.model_validate_json(bytes(data))
    except (ValidationError, ValueError) as error:
        raise BadFrame("it does not say what it is") from error
