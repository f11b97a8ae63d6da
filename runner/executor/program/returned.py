"""What a program has written in its home: collected at its end and when somebody asks, checked, and
stored as artifacts; and the data of its snippet, which is placed there before it begins.

A run whose snippet has no data and which writes no file has nothing to do with all this.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from functools import partial

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from pydantic_core import PydanticCustomError

from runner import files
from runner.executor.program.plans import CannotRun
from runner.executor.side_channels import Shown
from runner.infrastructure.database import in_database
from runner.models import Executor, Run
from runner.protocol.messages import NoticeCode
from runner.protocol.names import printable
from runner.protocol.paths import check_path
from runner.protocol.reasons import ReasonCode
from runner.sandbox import Collected, DataFile, HomeFile, Sandbox

logger = logging.getLogger(__name__)
TURN_SECONDS = 5.0  # for a turn, as the files of a run are held in memory until they are stored
PLACE_SECONDS = 20.0  # until a turn comes: a class ends its programs at the same time
STOP_SECONDS = 2.0  # that a program goes on after it was stopped, at most
SHOWN_NAME = 60  # characters
Notice = dict[str, int | str]  # its figures
Warn = Callable[[NoticeCode, Notice], None]


class DataAway(CannotRun):
    """Data of the run's snippet cannot be read now."""

    def __init__(self) -> None:
        super().__init__(ReasonCode.RUN_DATA_AWAY)


async def data_of(run: Run) -> Sequence[DataFile]:
    """Raises DataAway."""
    if not run.data_files:
        return ()
    placed = await in_database(files.placed_in, run)
    return [DataFile(each.path, partial(_content, each)) for each in placed]


async def _content(placed: files.Placed) -> bytes:
    try:
        return await in_database(placed.content) or b""
    except (DatabaseError, InterfaceError, files.Missing) as error:
        logger.warning("%s, which lies beside the code of a run, cannot be read.", placed.path)
        raise DataAway from error


class Returned:
    """Of one run. `warn` tells its viewers; `notices` are kept with the run for later ones."""

    def __init__(self, run: Run, executor: Executor, shown: Shown, warn: Warn) -> None:
        self._run, self._executor = run, executor
        self._shown, self._warn = shown, warn
        self.notices: dict[NoticeCode, Notice] = {}  # what was said of the last collection
        self._refused: dict[bytes, None] = {}  # files that came and could not be stored
        self._not_kept: dict[str, None] = {}  # files for which their owner has no room
        self._sandbox: Sandbox | None = None
        self._stops = False
        self._task: asyncio.Task[None] | None = None

    def begin(self, sandbox: Sandbox) -> None:
        """The program runs, and may be asked for its files."""
        self._sandbox = sandbox

    def ask(self) -> None:
        """Somebody wants the files now. Not twice at the same time."""
        if self._sandbox is not None and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._collect(self._sandbox))

    def ask_and_then(self, stop: Callable[[], None]) -> None:
        """The program is stopped as soon as it has been asked, and very soon in any case."""
        if self._stops:
            return  # it is said again and again until the run has ended
        if (sandbox := self._sandbox) is None:
            stop()
            return
        self._stops, self._sandbox = True, None  # nobody else asks
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._collect(sandbox, then=stop))
        else:
            self._task.add_done_callback(lambda _: stop())
        asyncio.get_running_loop().call_later(STOP_SECONDS, stop)

    async def at_end(self) -> None:
        """The program has ended and has written files. They are stored when this returns."""
        if (sandbox := self._sandbox) is not None:
            self._sandbox = None
            await self.end()
            await self._collect(sandbox)

    async def end(self) -> None:
        """What was collected is stored."""
        self._sandbox = None
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def _collect(self, sandbox: Sandbox, then: Callable[[], None] = lambda: None) -> None:
        for code in (NoticeCode.FILES_LOST, NoticeCode.FILES_LEFT_OUT):
            self.notices.pop(code, None)
        try:
            async with contextlib.AsyncExitStack() as stack:
                async with asyncio.timeout(STOP_SECONDS if self._stops else PLACE_SECONDS):
                    place = self._shown.place(settings.LIMITS.returned_bytes)
                    await stack.enter_async_context(place)
                async with asyncio.timeout(TURN_SECONDS):
                    try:
                        collected = await sandbox.files()
                    finally:
                        then()
                    if collected is not None:
                        await self._store(collected)
        except TimeoutError:
            logger.warning("Collecting the files of run %s took too long.", self._run.pk)
            self._say(NoticeCode.FILES_LOST, {})
        except Exception:
            logger.exception("Collecting the files of run %s failed.", self._run.pk)
            self._say(NoticeCode.FILES_LOST, {})
        finally:
            then()

    async def _store(self, collected: Collected) -> None:
        """What the sandbox has not sent it counts again each time, other files once."""
        changed: dict[str, bytes] = {}
        for file in collected.files:
            path = _path(file)
            if path is not None and await self._shown.store_file(path, file.data):
                changed[path] = file.data
                self._refused.pop(file.path, None)
            else:
                self._refused[file.path] = None
        if changed and self._run.data_files:
            await self._keep(changed)
        count = collected.left_out + len(self._refused)
        if count or collected.short:
            example = collected.example or next(iter(self._refused), b"")
            limits = settings.LIMITS
            figures: Notice = {
                "count": max(1, count),
                "name": _shown_name(example),
                "limit": limits.returned_files,
                "limit_bytes": limits.returned_bytes,
            }
            self._say(NoticeCode.FILES_LEFT_OUT, figures)

    async def _keep(self, changed: dict[str, bytes]) -> None:
        try:
            stored = self._run.pk, self._executor, changed
            without_room = await in_database(files.keep_changes, *stored)
        except (DatabaseError, InterfaceError):
            logger.exception("Keeping files of run %s failed.", self._run.pk)
            return
        for path in changed:
            self._not_kept.pop(path, None)
        self._not_kept |= dict.fromkeys(without_room)
        self.notices.pop(NoticeCode.FILES_NOT_KEPT, None)
        if self._not_kept:
            limits = settings.LIMITS
            figures: Notice = {
                "count": len(self._not_kept),
                "name": printable(next(iter(self._not_kept)))[:SHOWN_NAME],
                "limit_bytes": limits.data_bytes_per_snippet,
                "total_bytes": limits.data_bytes_per_user,
            }
            self._say(NoticeCode.FILES_NOT_KEPT, figures)

    def _say(self, code: NoticeCode, figures: Notice) -> None:
        self.notices[code] = figures
        self._warn(code, figures)


def _path(file: HomeFile) -> str | None:
    """None for a name that could not be given to a file of a program."""
    try:
        return check_path(file.path.decode())
    except (UnicodeDecodeError, PydanticCustomError):
        return None


def _shown_name(path: bytes) -> str:
    return printable(path.decode(errors="replace"))[:SHOWN_NAME]
