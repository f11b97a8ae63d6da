"""What the database keeps of a run: written while it goes on, and at its end."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import DatabaseError, InterfaceError

from runner import runs
from runner.executor.program.last_words import LastWords
from runner.executor.terminal_pump import TerminalPump
from runner.infrastructure import sentences
from runner.infrastructure.database import in_database, in_database_with_retry
from runner.infrastructure.metrics import RUN_MEMORY
from runner.limits import Limits
from runner.models import Executor, Run
from runner.protocol import messages
from runner.protocol.reasons import Figures
from runner.run_state import Ending

logger = logging.getLogger(__name__)
Notices = Mapping[messages.NoticeCode, Figures]
NO_NOTICES: Notices = {}
LOG_SECONDS = 0.05  # a line of the log takes as long as reading the first output
FIRST_OUTPUT_SECONDS = 0.5  # is there within this; writing to the database can wait for it
RECORDING_SECONDS = 5.0  # an end waits so long for a recording that cannot be kept


class RunRows:
    """`on_lost()` is called when the run is not this executor's any more."""

    def __init__(
        self,
        run: Run,
        executor: Executor,
        pump: TerminalPump,
        last_words: LastWords,
        on_lost: Callable[[], None],
    ) -> None:
        self.started_at: datetime | None = None
        self.first_output_at: datetime | None = None
        self._start_is_logged = False
        self._run, self._executor = run, executor
        self._pump, self._last_words, self._on_lost = pump, last_words, on_lost

    async def record_progress(self, limits: Limits) -> None:
        """Sets the status to running, then saves the output every few seconds.

        If saving fails, the run continues; if the run was declared lost, it ends. The first output
        comes before the status, so a program that ends immediately is never `running`.
        """
        assert self.started_at is not None
        await asyncio.sleep(LOG_SECONDS)
        self._log_start()
        await asyncio.sleep(FIRST_OUTPUT_SECONDS - LOG_SECONDS)
        await in_database_with_retry(runs.start_run, self._run.pk, self.started_at)
        saved_end, ours = 0, True
        while ours:
            await asyncio.sleep(limits.recording_flush_seconds)
            end = self._pump.stream.end
            if end == saved_end:
                continue
            try:
                ours = await self._save_progress()
                saved_end = end
            except (DatabaseError, InterfaceError) as error:
                logger.warning(
                    "Saving the output of run %s failed; retrying: %s", self._run.pk, error
                )
        self._on_lost()

    def _log_start(self) -> None:
        if self.started_at is not None and not self._start_is_logged:
            self._start_is_logged = True
            logger.info("Run %s started.", self._run.pk, extra={"event": "start"})

    async def _save_progress(self) -> bool:
        figures = {"output_bytes": self._pump.stream.end, "input_bytes": self._pump.input_bytes}
        return await in_database(
            runs.save_progress,
            self._run.pk,
            self._executor,
            self._recording(),
            first_output_at=self.first_output_at,
            **figures,
        )

    def _recording(self) -> dict[str, object] | None:
        """What is kept of the output so far, as fields of a `Recording`."""
        if self._run.owner_id is None or not self._pump.recording.end:
            return None
        return asdict(self._pump.recording.snapshot(keep_from=self._pump.stream.unacked_from))

    async def save_ending(self, ending: Ending, notices: Notices = NO_NOTICES) -> messages.Exit:
        """What viewers are told: the ending, or what another process has declared before.

        `notices`: what was said of the files of the run, for who comes later."""
        self._log_start()
        said = {"file_notices": notices} if notices else {}
        error = self._last_words.error(ending.exit_code, ending.signal)
        ours = await in_database_with_retry(
            runs.finish_run_even_without_recording,
            time.monotonic() + RECORDING_SECONDS,
            self._run.pk,
            ending,
            self._executor,
            self._recording(),
            self._run.owner_id is None,
            started_at=self.started_at,
            first_output_at=self.first_output_at,
            error_name=error.name,
            error_path=error.path,
            error_line=error.line,
            **said,
        )
        if ours:
            RUN_MEMORY.observe(ending.memory_peak_bytes)
            logger.info("Run %s ended: %s.", self._run.pk, ending.outcome, extra={"event": "end"})
            return self._exit(ending)
        logger.warning("Run %s ended, but had already been declared lost.", self._run.pk)
        try:
            told = await in_database_with_retry(runs.exit_of, self._run.pk)
        except Run.DoesNotExist:  # deleted with the account of its owner
            return self._exit(ending)
        return told.model_copy(update={"output_bytes": ending.output_bytes})

    def _exit(self, ending: Ending) -> messages.Exit:
        fields = asdict(ending)
        del fields["input_bytes"]
        # Only web workers of the version before pass this sentence on. Remove it in 1.1.
        reason = sentences.of_ending(ending.reason_code, ending.figures, "")
        return messages.Exit(run=self._run.pk, reason=reason, **fields)
